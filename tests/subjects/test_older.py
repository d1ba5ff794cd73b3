"""Leaving a matter open for longer than the period does not make it disappear."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from builder.model import Period
from builder.subjects.case.count import rows as case_rows
from builder.subjects.case.tally import COUNTED
from builder.subjects.duty.count import rows as duty_rows
from tests.packages import demo_checked

PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))


def test_a_case_open_from_before_the_period_is_open_and_in_no_rate(tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = demo_checked(tmp_path_factory.getbasetemp()).tables
    frame = case_rows(tables, PERIOD)
    older = frame[frame["received_date"] < pd.Timestamp(PERIOD.start)]
    assert len(older) > 0
    assert older["resolved_date"].isna().all()
    assert older["open"].eq(1).all()
    assert older[[name for name in COUNTED if name not in ("open", "overdue")]].sum().sum() == 0


def test_a_duty_never_done_stays_overdue_after_its_period(tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = demo_checked(tmp_path_factory.getbasetemp()).tables
    frame = duty_rows(tables, PERIOD)
    older = frame[frame["due_date"] < pd.Timestamp(PERIOD.start)]
    assert len(older) > 0
    assert set(older["status"]) == {"overdue"}
