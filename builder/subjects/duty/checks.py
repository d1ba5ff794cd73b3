"""Rules of duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.places import by_responsible, while_open
from builder.rules import Check, as_text, copies, going_on, not_after, various

__all__ = ["CHECKS"]

EARLIEST = 366
"""Days before a duty is due: nothing recurs less often than once a year, so what is done earlier was another one."""


def long_before(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the duties that were done more than a year before they were due."""
    frame = tables["duty"]
    early = frame[frame["due_date"] - frame["done_date"] > pd.Timedelta(days=EARLIEST)]
    for row, due, done in early[["due_date", "done_date"]].itertuples(name=None):
        yield Issue(int(row), "done_date", {"value": as_text(done), "due_date": as_text(due)})


CHECKS: tuple[Check, ...] = (
    not_after("duty", "done_date", "done-after-as-of", mark("No duty is done after the day the data describes.")),
    Check(
        "done-long-before", Severity.WARNING, "duty", ("duty.due_date", "duty.done_date"),
        mark("A duty is done at most a year before it is due."),
        mark("done on {value}, but due only on {due_date}"),
        mark("Look at the years of both dates."), long_before,
        wrong="{due_date} 2026-11-20, {done_date} 2025-11-14", right="{due_date} 2026-11-20, {done_date} 2026-11-14",
    ),
    while_open("duty", "due_date"),
    by_responsible("duty", "due_date"),
    going_on("duty", "done_date", 14),
    various("duty", "done_date"),
    copies("duty", "duty_id", "branch_id", "title", "due_date"),
)
