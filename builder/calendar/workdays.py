"""Working days. `chinese_calendar` is used here and nowhere else.

It knows the years that the State Council has announced; outside them a working day is Monday to Friday,
and `announced_until` lets the build say so.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar
import numpy as np
import numpy.typing as npt

__all__ = ["add", "announced_until"]

Days = npt.NDArray[np.int64]
EPOCH = date(1970, 1, 1)
LONGEST_HOLIDAY = 31
"""Days. More than there ever were between two working days."""


def announced_until(calendar: str) -> date | None:
    """Return the last day whose holidays are announced; None for a calendar without holidays."""
    return date(max(chinese_calendar.constants.holidays).year, 12, 31) if calendar == "CN" else None


@cache
def working(calendar: str, first: int, last: int) -> npt.NDArray[np.bool_]:
    """Return for each day `first` … `last` (days since 1970-01-01) whether it is a working day."""
    days = np.arange(first, last + 1)
    result: npt.NDArray[np.bool_] = (days + 3) % 7 < 5  # 1970-01-01 was a Thursday
    if calendar == "CN":
        special = chinese_calendar.constants
        for day in (*special.holidays, *special.workdays, *special.in_lieu_days):
            number = (day - EPOCH).days
            if first <= number <= last:
                result[number - first] = chinese_calendar.is_workday(day)
    return result


def add(start: Days, limit: Days, calendar: str) -> Days:
    """Return the `limit`-th working day after `start`, both as days since 1970-01-01; the start is day 0.

    A limit of 0 is met on the start itself, whatever day that is.
    """
    if not len(start):
        return start
    # over any longer time at least every second day is a working day
    first, last = int(start.min()), int(start.max()) + 2 * int(limit.max()) + LONGEST_HOLIDAY
    is_working = working(calendar, first, last)
    positions = np.flatnonzero(is_working)
    passed = np.searchsorted(positions, start - first, side="right")
    found = positions[passed + np.maximum(limit, 1) - 1] + first
    return np.where(limit > 0, found, start)
