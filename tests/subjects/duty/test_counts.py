"""Each duty is in one cell of the table in docs/metrics.md, and its branch and grid count it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builder.calendar.periods import reporting
from builder.model import Ratio, Unit
from builder.subjects.duty import DUTY
from builder.subjects.duty.count import DutyCounted
from tests.packages import AS_OF, ONE_COMMUNITY, checked, counted, csv, write_package

GRID = "990001001001001"
COLUMNS = "duty_id,branch_id,grid_id,category,title,frequency,due_date,done_date"
TABLES = {
    "area": ONE_COMMUNITY,
    "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "branch": csv("branch_id,name,kind,parent_id", ["B00000001,第一党支部,党支部,"]),
}


def counts_of(folder: Path, duties: list[str], as_of: date = AS_OF) -> DutyCounted:
    found = checked(write_package(folder, {**TABLES, "duty": csv(COLUMNS, duties)}), as_of)
    return DUTY.count(found.tables, counted(found).scope)


def duty(due: str, done: str = "", number: int = 1, grid: str = GRID) -> str:
    return f"D{number:06d},B00000001,{grid},走访联系,走访居民,每月,{due},{done}"


# as_of is 2026-10-31; the period began on 2025-11-01
STATUSES = [
    ("done before it was due", "2026-10-20", "2026-10-10", "on_time", 0, "on_time"),
    ("done on the day it was due", "2026-10-20", "2026-10-20", "on_time", 0, "on_time"),
    ("done the day after", "2026-10-20", "2026-10-21", "late", 1, "late"),
    ("not done and due yesterday", "2026-10-30", "", "overdue", 1, "overdue"),
    ("not done and due today", "2026-10-31", "", "upcoming", 0, "upcoming"),
    ("done and due today", "2026-10-31", "2026-10-31", "on_time", 0, "on_time"),
    ("not done and due tomorrow", "2026-11-01", "", "upcoming", 0, "upcoming"),
    ("done ahead of a day that lies after as_of", "2026-12-31", "2026-10-10", "done", 0, "upcoming"),
    ("due on the first day of the period", "2025-11-01", "", "overdue", 364, "overdue"),
]


@pytest.mark.parametrize(
    ("_rule", "due", "done", "status", "days", "cell"), STATUSES, ids=[item[0] for item in STATUSES]
)
def test_a_duty_is_in_one_cell(
    _rule: str, due: str, done: str, status: str, days: int, cell: str, tmp_path: Path
) -> None:
    counts = counts_of(tmp_path / "package", [duty(due, done)])
    (row,) = counts.rows.to_dict("records")
    cells = {name: int(name == cell) for name in ("on_time", "late", "overdue", "upcoming")}

    assert (row["status"], row["days"]) == (status, days)
    assert {name: row[name] for name in cells} == cells
    assert counts.tallies["grid"].to_dict("records") == [{"unit": GRID, "category": "走访联系", **cells}]
    assert counts.tallies["branch"].to_dict("records") == [{"unit": "B00000001", "category": "走访联系", **cells}]
    assert counts.tallies["area"]["unit"].tolist() == ["990001", "990001001", "990001001001"]


def test_a_duty_due_before_the_period_is_in_no_figure(tmp_path: Path) -> None:
    assert reporting(AS_OF, 12).start == date(2025, 11, 1)
    assert counts_of(tmp_path / "package", [duty("2025-10-31", "2025-12-01")]).rows.empty


def test_a_duty_of_the_branch_as_a_whole_counts_for_the_branch_only(tmp_path: Path) -> None:
    counts = counts_of(tmp_path / "package", [duty("2026-10-20", "2026-10-20"), duty("2026-10-20", number=2, grid="")])

    assert counts.tallies["branch"][["on_time", "overdue"]].to_numpy().tolist() == [[1, 1]]
    assert {level: counts.tallies[level]["overdue"].sum() for level in ("grid", "area")} == {"grid": 0, "area": 0}


def test_what_needs_attention_comes_first(tmp_path: Path) -> None:
    rows = [
        duty("2026-10-01", "2026-10-01", 1), duty("2026-12-01", "2026-10-01", 2), duty("2026-12-01", "", 3),
        duty("2026-10-01", "2026-10-05", 4), duty("2026-09-01", "", 5), duty("2026-10-01", "", 6),
        duty("2026-10-01", "", 7),
    ]  # fmt: skip
    order = counts_of(tmp_path / "package", rows).rows["duty_id"].str[-1].tolist()

    assert order == ["6", "7", "5", "4", "3", "2", "1"]


def test_fulfilment_is_done_by_due_and_what_is_upcoming_is_in_neither(tmp_path: Path) -> None:
    rows = [
        duty("2026-10-01", "2026-10-01", 1), duty("2026-10-01", "2026-10-05", 2), duty("2026-10-01", "", 3),
        duty("2026-12-01", "", 4), duty("2026-12-01", "2026-10-01", 5),
    ]  # fmt: skip
    found = checked(write_package(tmp_path / "package", {**TABLES, "duty": csv(COLUMNS, rows)}))
    scope = counted(found).scope
    facts = DUTY.measure(DUTY.protect(DUTY.count(found.tables, scope), found.policy), scope)
    tally = facts.of(Unit("grid", GRID)).tally

    assert (tally.fulfilment, tally.punctuality, tally.upcoming) == (Ratio(2, 3), Ratio(1, 3), 2)
