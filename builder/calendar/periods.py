"""Periods: the months a figure covers, and the quarters (halves, months, years) that assessments name."""

from __future__ import annotations

import calendar
import re
from datetime import date

from builder.model import Period

__all__ = ["assessed", "closed", "months", "reporting"]

ASSESSED = re.compile(r"(?P<year>[1-9][0-9]{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")


def assessed(name: str) -> Period | None:
    """Return the days of `2026`, `2026-H1`, `2026-Q3` or `2026-09`; None for any other text."""
    found = ASSESSED.fullmatch(name)
    if not found:
        return None
    year, length, last = int(found["year"]), 12, 12
    for key, months_each in (("quarter", 3), ("half", 6), ("month", 1)):
        if found[key]:
            length, last = months_each, int(found[key]) * months_each
    return Period(date(year, last - length + 1, 1), date(year, last, calendar.monthrange(year, last)[1]))


def reporting(as_of: date, count: int) -> Period:
    """Return the period of all figures: `count` calendar months, the last one that of `as_of`, up to `as_of`."""
    first = as_of.year * 12 + as_of.month - count
    return Period(date(first // 12, first % 12 + 1, 1), as_of)


def months(period: Period) -> tuple[str, ...]:
    """Return the months of a period in order, as `2026-03`."""
    first = period.start.year * 12 + period.start.month - 1
    last = period.end.year * 12 + period.end.month - 1
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1))


def closed(first: date, last: date) -> tuple[str, ...]:
    """Return the quarters and years that begin in the month of `first` or later and end by `last`, in order.

    A year stands after its last quarter.
    """
    kinds = ("-Q1", "-Q2", "-Q3", "-Q4", "")
    names = [f"{year}{kind}" for year in range(first.year, last.year + 1) for kind in kinds]
    spans = [(name, assessed(name)) for name in names]
    return tuple(name for name, span in spans if span and span.start >= first.replace(day=1) and span.end <= last)
