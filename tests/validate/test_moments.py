"""A day with its time is read as the clock on the wall showed it, and written as it was read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.validate.one_table import validated

WRITTEN = ["2026-03-05T08:30:00", "2026-03-05 08:30:00"]
OF_A_ZONE = ["2026-03-05T08:30:00+08:00", "2026-03-05T08:30:00Z"]
"""What the clock on the wall showed is not what they say: the zone would have to be forgotten."""


@pytest.mark.parametrize("cell", WRITTEN)
def test_a_moment_is_read_as_it_is_written(cell: str, tmp_path: Path) -> None:
    table, report = validated(tmp_path, f"at\n{cell}\n", [{"name": "at", "type": "datetime"}])

    assert table is not None
    assert report.counts() == {}
    assert table.frame["at"].tolist() == [pd.Timestamp("2026-03-05 08:30")]


def test_a_moment_may_be_written_as_excel_does(tmp_path: Path) -> None:
    field = {"name": "at", "type": "datetime", "format": "%Y-%m-%d %H:%M"}
    table, report = validated(tmp_path, "at\n2026-03-05 08:30\n", [field])

    assert table is not None
    assert report.counts() == {}
    assert table.frame["at"].tolist() == [pd.Timestamp("2026-03-05 08:30")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-03-05", "time-missing"), ("2026-03-05T25:00:00", "no-such-time"), ("2026-02-30T08:30:00", "no-such-day"),
        ("08:30", "day-missing"), *((cell, "time-zone") for cell in OF_A_ZONE),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_a_finding(cell: str, code: str, tmp_path: Path) -> None:
    table, report = validated(tmp_path, f"at\n{cell}\n", [{"name": "at", "type": "datetime"}])

    assert table is not None
    assert [item.code for item in report.findings] == [code]
