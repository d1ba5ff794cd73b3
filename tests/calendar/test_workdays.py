"""Working days are those of the State Council's notices as far as they go, and Monday to Friday beyond them."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.calendar.workdays import add, announced_until

EPOCH = date(1970, 1, 1)
LAST_ANNOUNCED = max(chinese_calendar.constants.holidays).year


def due(start: date, limit: int, calendar: str) -> date:
    found = add(np.array([(start - EPOCH).days]), np.array([limit]), calendar)
    return EPOCH + timedelta(days=int(found[0]))


def is_working(day: date, calendar: str) -> bool:
    # the library knows 2004 on, and says so itself
    if calendar == "CN" and 2004 <= day.year <= LAST_ANNOUNCED:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def day_by_day(start: date, limit: int, calendar: str) -> date:
    day = start
    while limit:
        day += timedelta(days=1)
        limit -= is_working(day, calendar)
    return day


EXAMPLES = [
    # National Day and Mid-Autumn 2025: off 1–8 October, worked 28 September (Sunday) and 11 October (Saturday)
    ("2025-09-26", 1, "CN", "2025-09-28"),
    ("2025-09-27", 1, "CN", "2025-09-28"),
    ("2025-09-30", 1, "CN", "2025-10-09"),
    ("2025-10-01", 1, "CN", "2025-10-09"),
    ("2025-10-08", 2, "CN", "2025-10-10"),
    ("2025-09-30", 3, "CN", "2025-10-11"),
    ("2025-09-30", 4, "CN", "2025-10-13"),
    # the example of docs/metrics.md
    ("2026-09-30", 5, "CN", "2026-10-13"),
    # a limit of 0 is met on the day itself, whatever day that is
    ("2025-10-04", 0, "CN", "2025-10-04"),
    ("2025-10-04", 0, "", "2025-10-04"),
    # a Saturday and a Sunday without holidays near
    ("2025-07-05", 1, "CN", "2025-07-07"),
    ("2025-07-06", 5, "CN", "2025-07-11"),
    # without a calendar of holidays National Day is a Wednesday
    ("2025-09-30", 1, "", "2025-10-01"),
    ("2025-09-26", 1, "", "2025-09-29"),
    # years that nobody has announced: Monday to Friday
    ("2031-09-30", 1, "CN", "2031-10-01"),
    ("2031-10-03", 1, "CN", "2031-10-06"),
]


@pytest.mark.parametrize(("start", "limit", "calendar", "expected"), EXAMPLES)
def test_worked_examples(start: str, limit: int, calendar: str, expected: str) -> None:
    assert due(date.fromisoformat(start), limit, calendar) == date.fromisoformat(expected)


@given(
    starts=st.lists(st.dates(date(1999, 1, 1), date(2034, 12, 31)), min_size=1, max_size=6),
    limit=st.integers(0, 365),
    calendar=st.sampled_from(["CN", ""]),
)
def test_a_limit_ends_where_counting_day_by_day_ends(starts: list[date], limit: int, calendar: str) -> None:
    numbers = np.array([(start - EPOCH).days for start in starts])
    found = add(numbers, np.full(len(starts), limit), calendar)

    assert [EPOCH + timedelta(days=int(day)) for day in found] == [
        day_by_day(start, limit, calendar) for start in starts
    ]


def test_every_case_has_its_own_start_and_limit() -> None:
    starts = [date(2025, 9, 30), date(2025, 10, 4), date(2025, 7, 4)]
    found = add(np.array([(start - EPOCH).days for start in starts]), np.array([1, 0, 2]), "CN")

    assert [str(EPOCH + timedelta(days=int(day))) for day in found] == ["2025-10-09", "2025-10-04", "2025-07-08"]


def test_the_longest_limit_a_schema_allows_still_ends_right() -> None:
    # schemas/case_category.json: resolve_limit_days at most 3650
    start = date(2026, 3, 5)

    assert due(start, 3650, "CN") == day_by_day(start, 3650, "CN")


def test_no_case_has_no_deadline() -> None:
    nothing = np.array([], dtype=np.int64)

    assert add(nothing, nothing, "CN").tolist() == []


def test_the_build_can_say_how_far_the_announcements_go() -> None:
    assert announced_until("CN") == date(LAST_ANNOUNCED, 12, 31)
    assert announced_until("") is None
