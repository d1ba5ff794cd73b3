"""What had to be disclosed, by when, and what became of it: each kind of item, each cell of docs/metrics.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.model import Ratio, Unit
from builder.subjects.disclosure import DISCLOSURE
from builder.subjects.disclosure.measure import DisclosureFacts
from tests.packages import BRANCH_TABLES, GRIDS, checked, counted, csv, published, write_json, write_package

ITEM = "item_id,first_level,second_level,audience,level,time_type,frequency,limit_days,day_kind,valid_from_date"
ROW = (
    "disclosure_id,item_id,branch_id,grid_id,title,text,formed_date,proposed_date,reviewed_date,approved_date,"
    "published_date,period_start_date,period_end_date"
)
BRANCH = "B00000002"
"""It answers for the first grid."""


def facts(folder: Path, item: str, rows: list[str], audience: str = "全社会") -> DisclosureFacts:
    tables = {
        **{name: BRANCH_TABLES[name] for name in ("area", "grid", "branch", "branch_grid")},
        "catalogue": csv(ITEM, [f"G01,大类,事项,{audience},党支部,{item}"]),
        "disclosure": csv(ROW, rows),
    }
    write_package(folder, tables)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    register = next(item for item in descriptor["resources"] if item["name"] == "disclosure")
    register["minimum_rows"] = 0  # as long as nothing is published yet
    write_json(folder / "datapackage.json", descriptor)
    found = checked(folder, errors=None)
    part = published(found).parts["disclosure"]
    return DISCLOSURE.measure(part, counted(found).scope)  # type: ignore[arg-type]


def row(formed: str, out: str = "", end: str = "", number: int = 1) -> str:
    return f"P{number:06d},G01,{BRANCH},,标题,正文,{formed},{out},{out},{out},{out},,{end}"


# as_of is 2026-10-31; the period began on 2025-11-01
CASES = [
    ("prompt, on the last day", "即时,,20,工作日,2025-01-01", [row("2026-09-01", "2026-09-29")], (1, 0, 0, 0), ""),
    ("prompt, a day late", "即时,,20,工作日,2025-01-01", [row("2026-09-01", "2026-09-30")], (0, 1, 0, 0), ""),
    ("prompt, missing", "即时,,20,工作日,2025-01-01", [row("2026-09-01")], (0, 0, 1, 0), ""),
    ("prompt, due today", "即时,,30,自然日,2025-01-01", [row("2026-10-01")], (0, 0, 0, 1), "2026-10-31"),
    ("a stage, missing since long ago", "逐段,,5,自然日,2020-01-01", [row("2021-01-01")], (0, 0, 1, 0), ""),
    ("a stage, long ago and done", "逐段,,5,自然日,2020-01-01", [row("2021-01-01", "2021-02-01")], (0, 0, 0, 0), ""),
    ("formed before the item was in force", "即时,,5,自然日,2026-01-01", [row("2025-12-31")], (0, 0, 0, 0), ""),
    ("standing, missing", "长期,,10,自然日,2024-01-01", [], (0, 0, 1, 0), ""),
    ("standing, long since there", "长期,,10,自然日,2024-01-01", [row("", "2024-01-05")], (0, 0, 0, 0), ""),
    ("standing, new and late", "长期,,10,自然日,2026-01-01", [row("", "2026-01-12")], (0, 1, 0, 0), ""),
    (
        "half-yearly: one on time by any day in it, one missing, one running", "定期,每半年,10,自然日,2025-01-01",
        [row("", "2026-01-10", "2025-12-30"), row("", "2026-03-01", "2025-12-31", 2)], (1, 0, 1, 1), "2027-01-10",
    ),
    (
        "monthly: only what ended after the item came into force", "定期,每月,5,自然日,2026-09-15",
        [row("", "2026-10-06", "2026-09-30")], (0, 1, 0, 1), "2026-11-05",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("_case", "item", "rows", "cells", "following"), CASES, ids=[case[0] for case in CASES])
def test_what_is_due_is_in_one_cell(
    _case: str, item: str, rows: list[str], cells: tuple[int, ...], following: str, tmp_path: Path
) -> None:
    found = facts(tmp_path / "package", item, rows)
    units = [Unit("branch", BRANCH), Unit("grid", GRIDS[0])]

    for tally in (found.of(unit).tally for unit in units):
        assert (tally.on_time, tally.late, tally.overdue, tally.upcoming) == cells
        assert tally.timeliness == Ratio(cells[0], sum(cells[:3]))
    assert [each.next_due_date for each in found.of(units[0]).items] == ([following] if any(cells) else [])
    assert sum(item.branch == BRANCH for item in found.late) == cells[2]


def test_an_item_that_is_not_for_everybody_is_in_no_figure_and_on_no_page(tmp_path: Path) -> None:
    found = facts(tmp_path / "package", "即时,,20,工作日,2025-01-01", [row("2026-09-01", "2026-09-29")], "全体党员")

    assert (found.whole.items, found.late, found.index, found.rows.count(BRANCH)) == ((), (), (), 0)
    assert list(found.catalogue) == ["G01"]


def test_what_is_not_published_yet_is_in_no_table_but_by_its_code(tmp_path: Path) -> None:
    tables = {
        **{name: BRANCH_TABLES[name] for name in ("area", "grid", "branch", "branch_grid")},
        "catalogue": csv(ITEM, ["G01,大类,事项,全社会,党支部,即时,,20,工作日,2025-01-01"]),
        "disclosure": csv(ROW, [row("2026-09-01"), row("2026-09-01", "2026-09-02", number=2)]),
    }
    found = checked(write_package(tmp_path / "package", tables), errors=None)
    frame = published(found).tables["disclosure"]

    assert frame[["title", "text"]].fillna("").to_numpy().tolist() == [["", ""], ["标题", "正文"]]
