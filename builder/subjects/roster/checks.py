"""Rules of the roster: a shift ends after it begins, no two overlap in a grid, and no day between them is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, as_text

__all__ = ["CHECKS"]

READS = tuple(f"roster.{name}" for name in ("grid_id", "start", "end"))


def shifts(tables: Tables) -> pd.DataFrame:
    """Return the shifts that end after they begin, by grid and start: grid_id, start, end, before.

    `before`: the latest end of the shifts above, NaT for a grid's first.
    """
    found = tables["roster"].dropna(subset=["grid_id", "start", "end"])
    found = found[found["end"] > found["start"]].sort_values(["grid_id", "start", "end"], kind="stable")
    latest = found.groupby("grid_id", sort=False)["end"].cummax()
    return found.assign(before=latest.groupby(found["grid_id"], sort=False).shift())


def told(found: pd.DataFrame) -> Iterator[Issue]:
    """Yield an issue for each shift of `found`, with when it begins and when the one before it ends."""
    for row, start, before in found[["start", "before"]].itertuples(name=None):
        yield Issue(
            int(row), "start",
            {"value": as_text(start), "before": Quote("roster", "end", str(as_text(before)))},
        )  # fmt: skip


def backwards(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the shifts that end before they begin, or as they do."""
    frame = tables["roster"]
    found = frame[frame["end"] <= frame["start"]]
    for row, start, end in found[["start", "end"]].itertuples(name=None):
        yield Issue(int(row), "end", {"value": as_text(end), "start": as_text(start)})


def overlapping(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the shifts that begin before one above them has ended."""
    found = shifts(tables)
    yield from told(found[found["start"] < found["before"]])


def gaps(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the shifts before which there is a whole day without any. A shift until midnight is of the day before."""
    found = shifts(tables)
    last = (found["before"] - pd.Timedelta(seconds=1)).dt.normalize()
    yield from told(found[found["start"].dt.normalize() > last + pd.Timedelta(days=1)])


CHECKS: tuple[Check, ...] = (
    Check(
        "shift-order", Severity.ERROR, "roster", READS, mark("A shift ends after it begins."),
        mark("the shift ends at {value}, but begins at {start}"), mark("Correct whichever of the two is wrong."),
        backwards,
        wrong="{start} 2026-03-05 18:00, {end} 2026-03-05 08:00",
        right="{start} 2026-03-05 08:00, {end} 2026-03-05 18:00",
    ),
    Check(
        "shift-overlap", Severity.WARNING, "roster", READS, mark("No two shifts of a grid overlap."),
        mark("the shift begins at {value}, before the one above it ends at {before}"),
        mark("Let the shift begin when the other ends, or delete one of the two."), overlapping,
        wrong="08:00–18:00, 17:00–20:00", right="08:00–18:00, 18:00–20:00",
    ),
    Check(
        "shift-gap", Severity.WARNING, "roster", READS,
        mark("Between the first and the last shift of a grid no day is without one."),
        mark("the shift begins at {value}, and the one before it ends at {before}: there is a day without any"),
        mark("Add who is on duty on the days between, or tell residents that nobody is."), gaps,
        wrong="2026-03-05, 2026-03-07", right="2026-03-05, 2026-03-06, 2026-03-07",
    ),
)  # fmt: skip
