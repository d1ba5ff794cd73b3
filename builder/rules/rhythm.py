"""What a column of days says as a whole: whether it goes on up to as_of, and whether it is one day throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules.check import Check, as_text

__all__ = ["going_on", "various"]

LEAST_DAYS, LEAST_SPAN = 20, 90
"""Different days, and days from the first to the last: with fewer nobody can say what is usual."""

TIMES = 2
"""A silence this many times as long as the longest before it is no accident."""

DENSE_DAYS, LONG_DAYS = 4, 21
"""Days from one day to the next, on average, where rows come in all the time; a silence that is long there."""

LEAST_ROWS = 20
"""Rows that may well have one day: those of a short list."""


def going_on(resource: str, column: str, least_days: int) -> Check:
    """Return the check that rows of `resource` come in as they used to up to as_of.

    `least_days`: a shorter silence is never told; a longer one is when it is TIMES the longest before it. Where rows
    come in all the time it need only be longer than any before it, and than LONG_DAYS: a month is missing there.
    """

    def find(tables: Tables, as_of: date) -> Iterator[Issue]:
        today = pd.Timestamp(as_of)
        every = tables[resource][column].dt.floor("D").dropna()
        days = every[every <= today].drop_duplicates().sort_values()
        if len(days) < LEAST_DAYS or (days.iloc[-1] - days.iloc[0]).days < LEAST_SPAN or (every > today).any():
            return
        gaps = days.diff().dt.days
        silence, usual = (today - days.iloc[-1]).days, int(gaps.max())
        longest = TIMES * usual
        if gaps.mean() <= DENSE_DAYS:
            longest = min(longest, max(LONG_DAYS, usual))
        if silence > max(least_days, longest):
            values = {"value": as_text(days.iloc[-1]), "days": silence, "as_of": as_of, "usual": usual}
            yield Issue(int(days.index[-1]), column, values)

    return Check(
        "data-old", Severity.WARNING, resource, (f"{resource}.{column}",),
        mark("Up to the day that the data describes there is as much of everything as before."),
        mark("the newest day is {value}, {days} days before {as_of}; before that no gap is longer than {usual} days"),
        mark("Hand in the newer rows, or put as_of in datapackage.json back to the day that the data describes."),
        find, rests=(), blames=(),
        wrong=f"as_of 2026-12-31, {{{column}}} 2026-10-31", right=f"as_of 2026-10-31, {{{column}}} 2026-10-31",
        effect=mark("The site says that nothing happened since then."),
    )  # fmt: skip


def various(resource: str, column: str, *others: str) -> Check:
    """Return the check that not all rows of `resource` have the same day, in a column that it has or in `others`."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        for name in (column, *others):
            days = tables[resource][name].dropna() if name in tables[resource] else None
            if days is not None and len(days) >= LEAST_ROWS and days.nunique() == 1:
                yield Issue(int(days.index[0]), name, {"value": as_text(days.iloc[0]), "count": len(days)})

    return Check(
        "days-all-same", Severity.WARNING, resource, (f"{resource}.{column}",),
        mark("What many rows tell of did not all happen on one day."),
        mark("all {count} rows have the day {value}"),
        mark("Look whether the day of the export was pasted into the whole column; if so, export it again."),
        find, extras=tuple(f"{resource}.{name}" for name in others), rests=(), blames=(column, *others),
        wrong=f"{{{column}}} 2026-10-31, 2026-10-31, 2026-10-31",
        right=f"{{{column}}} 2026-10-02, 2026-10-19, 2026-10-31",
        effect=mark("Every figure that is made from these days is wrong."),
    )  # fmt: skip
