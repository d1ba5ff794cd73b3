"""The week of as_of is on the pages of grid and branch, each shift once, and nothing of another week."""

from __future__ import annotations

from pathlib import Path

from builder.model import Unit
from builder.subjects.roster import ROSTER
from builder.subjects.roster.block import RosterBlock
from tests.packages import BRANCH_TABLES, GRIDS, checked, csv, sources, write_package

# as_of is Saturday 2026-10-31: its week is 2026-10-26 … 2026-11-01
SHIFTS = [
    "B00000001,{0},2026-10-25T08:00:00,2026-10-26T00:00:00,网格长,甲站,12345",
    "B00000001,{0},2026-10-25T20:00:00,2026-10-26T06:00:00,网格员,甲站,12345",
    "B00000001,{0},2026-10-30T20:00:00,2026-10-31T08:00:00,网格员,甲站,12345",
    "B00000002,{0},2026-10-31T08:00:00,2026-10-31T18:00:00,支部委员,,",
    "B00000001,{1},2026-11-01T23:00:00,2026-11-02T07:00:00,网格长,乙站,12346",
    "B00000001,{0},2026-11-02T08:00:00,2026-11-02T18:00:00,网格长,甲站,12345",
]


def block(folder: Path, unit: Unit) -> RosterBlock | None:
    roster = csv("branch_id,grid_id,start,end,post,place,work_phone", [row.format(*GRIDS) for row in SHIFTS])
    tables = {name: text for name, text in BRANCH_TABLES.items() if name != "case_category"}
    source = sources(checked(write_package(folder, {**tables, "roster": roster}), errors=None))
    return ROSTER.block(source.facts(ROSTER), unit, source.edition)


def told(found: RosterBlock | None) -> list[tuple[str, str, str, str, str, str, bool]]:
    assert found is not None
    return [
        (row.start, row.end, row.post, row.place, row.work_phone, link.path, (row, link) in found.on_duty)
        for row, link in found.week
    ]


def test_a_grid_shows_who_is_on_duty_this_week_and_today(tmp_path: Path) -> None:
    found = block(tmp_path / "package", Unit("grid", GRIDS[0]))
    first = "branch/B00000001/"
    assert told(found) == [
        ("2026-10-25 20:00", "2026-10-26 06:00", "网格员", "甲站", "12345", first, False),
        ("2026-10-30 20:00", "2026-10-31 08:00", "网格员", "甲站", "12345", first, True),
        ("2026-10-31 08:00", "2026-10-31 18:00", "支部委员", "", "", "branch/B00000002/", True),
    ]
    assert found is not None
    assert (found.today, found.monday, found.sunday) == ("2026-10-31", "2026-10-26", "2026-11-01")


def test_a_branch_shows_its_own_shifts_with_their_grids(tmp_path: Path) -> None:
    assert [(row[0], row[5], row[6]) for row in told(block(tmp_path / "package", Unit("branch", "B00000001")))] == [
        ("2026-10-25 20:00", f"grid/{GRIDS[0]}/", False),
        ("2026-10-30 20:00", f"grid/{GRIDS[0]}/", True),
        ("2026-11-01 23:00", f"grid/{GRIDS[1]}/", False),
    ]


def test_a_branch_that_is_on_duty_nowhere_and_an_area_say_nothing(tmp_path: Path) -> None:
    assert block(tmp_path / "a", Unit("branch", "B00000003")) is None
    assert block(tmp_path / "b", Unit("area", "990001001001")) is None
