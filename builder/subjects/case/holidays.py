"""Deadlines in working days need announced holidays; beyond them only weekends are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.calendar.workdays import announced_until
from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check

__all__ = ["CHECKS"]


def unannounced(tables: Tables, as_of: date) -> Iterator[Issue]:
    """Yield one issue when working-day limits are in use and as_of lies beyond the announced calendar."""
    until = announced_until(tables.package.settings.calendar)
    working = tables["case_category"]["day_kind"].isin(tables.values("case_category", "day_kind", "working"))
    if until and as_of > until and working.any():
        yield Issue(int(working.to_numpy().argmax()), "day_kind", {"until": until})


CHECKS = (
    Check(
        "calendar-not-announced", Severity.WARNING, "case_category", ("case_category.day_kind",),
        mark("Working days follow the announced public holidays."),
        mark("holidays are known until {until}; after that every Monday to Friday counts as a working day"),
        mark("Update the package chinesecalendar once the next year’s holidays are announced."), unannounced,
        wrong="2031", right="2026",
    ),
)  # fmt: skip
