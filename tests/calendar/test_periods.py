"""Periods begin on the first of a month, and assessments name quarters, halves, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.calendar.periods import assessed, months, reporting
from builder.model import Period

ASSESSED = [
    ("2026", "2026-01-01", "2026-12-31"),
    ("2026-H1", "2026-01-01", "2026-06-30"),
    ("2026-H2", "2026-07-01", "2026-12-31"),
    ("2026-Q1", "2026-01-01", "2026-03-31"),
    ("2026-Q2", "2026-04-01", "2026-06-30"),
    ("2026-Q3", "2026-07-01", "2026-09-30"),
    ("2026-Q4", "2026-10-01", "2026-12-31"),
    ("2026-01", "2026-01-01", "2026-01-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2026-12", "2026-12-01", "2026-12-31"),
]


@pytest.mark.parametrize(("name", "start", "end"), ASSESSED)
def test_an_assessed_period_has_its_calendar_days(name: str, start: str, end: str) -> None:
    assert assessed(name) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "name", ["", "2026-Q5", "2026-Q0", "2026-H3", "2026-13", "2026-00", "2026-1", "26-Q1", "2026Q1", "2026-Q1 "]
)
def test_any_other_text_is_no_period(name: str) -> None:
    assert assessed(name) is None


@pytest.mark.parametrize(
    ("as_of", "count", "start"),
    [
        ("2026-10-31", 12, "2025-11-01"),
        ("2026-11-23", 12, "2025-12-01"),
        ("2026-01-01", 1, "2026-01-01"),
        ("2026-01-31", 2, "2025-12-01"),
        ("2026-12-01", 12, "2026-01-01"),
        ("2026-02-28", 24, "2024-03-01"),
    ],
)
def test_the_reporting_period_is_whole_months_up_to_the_day(as_of: str, count: int, start: str) -> None:
    day = date.fromisoformat(as_of)

    assert reporting(day, count) == Period(date.fromisoformat(start), day)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_a_period_has_as_many_months_as_asked_for(as_of: date, count: int) -> None:
    period = reporting(as_of, count)
    days = [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]

    assert months(period) == tuple(sorted({f"{day:%Y-%m}" for day in days}))
    assert len(months(period)) == count
    assert period.start.day == 1
