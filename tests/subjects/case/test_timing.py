"""A case's own due date beats its category's limit, and a limit of hours knows the hour."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from builder.model import Period
from builder.subjects.case import CASE
from builder.subjects.case.measures import MEASURES
from tests.packages import ONE_COMMUNITY, checked, counted, csv, write_json, write_package

GRID = "990001001001001"
TABLES = {
    "area": ONE_COMMUNITY,
    "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "case_category": csv(
        "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind,limit_unit",
        ["A01,路灯,公共,逐件公开,,24,自然日,小时", "A02,道路,公共,逐件公开,,8,工作日,小时",
         "B01,垃圾,公共,逐件公开,1,3,自然日,天"],
    ),
}  # fmt: skip
COLUMNS = "case_id,grid_id,category_id,channel,received_date,limit_date,extended_to_date,resolved_date,stage,is_void"
MOMENTS = ("received_date", "resolved_date")


def counts(folder: Path, cells: str, moments: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the one row that is counted of a case; `moments`: columns with the time of day."""
    category, received, limit, extended, resolved = cells.split(",")
    stage = "已办结" if resolved else "办理中"
    row = f"C000001,{GRID},{category},网格巡查,{received},{limit},{extended},{resolved},{stage},否"
    write_package(folder, {**TABLES, "case": csv(COLUMNS, [row])})
    schema = json.loads((folder / "schemas" / "case.json").read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] in moments:
            field["type"] = "datetime"
    write_json(folder / "schemas" / "case.json", schema)
    found = checked(folder)
    (row_found,) = CASE.count(found.tables, counted(found).scope).rows.to_dict("records")
    return {str(name): cell for name, cell in row_found.items()}


@pytest.mark.parametrize(
    ("cells", "moments", "status", "limit"),
    [
        ("B01,2026-10-01,,,2026-10-04", (), "on_time", "2026-10-04"),
        ("B01,2026-10-01,2026-10-02,,2026-10-03", (), "late", "2026-10-02"),
        ("B01,2026-10-01,2026-10-20,,2026-10-19", (), "on_time", "2026-10-20"),
        ("B01,2026-10-01,2026-10-02,2026-10-20,2026-10-19", (), "on_time", "2026-10-20"),
        ("A01,2026-10-01T08:30:00,,,2026-10-02T08:30:00", MOMENTS, "on_time", "2026-10-02 08:30"),
        ("A01,2026-10-01T08:30:00,,,2026-10-02T09:30:00", MOMENTS, "late", "2026-10-02 08:30"),
        ("B01,2026-10-01T08:30:00,,,2026-10-04T23:00:00", MOMENTS, "on_time", "2026-10-04"),
        ("A01,2026-10-01,,,2026-10-02", (), "on_time", "2026-10-02"),
        # a Friday evening: two working hours are left, and six of Monday
        ("A02,2026-10-23T22:00:00,,,2026-10-26T06:00:00", MOMENTS, "on_time", "2026-10-26 06:00"),
        ("A02,2026-10-24T10:00:00,,,2026-10-26T08:01:00", MOMENTS, "late", "2026-10-26 08:00"),
        ("A01,2026-10-30T08:30:00,,,", MOMENTS, "open", "2026-10-31 08:30"),
        ("A01,2026-10-29T08:30:00,,,", MOMENTS, "overdue", "2026-10-30 08:30"),
    ],
)
def test_a_case_is_due_when_its_own_limit_says(
    cells: str, moments: tuple[str, ...], status: str, limit: str, tmp_path: Path
) -> None:
    found = counts(tmp_path / "package", cells, moments)

    assert (found["status"], found["limit_date"]) == (status, pd.Timestamp(limit))


def test_what_a_formula_counts_of_a_period_includes_its_last_day_to_the_end(tmp_path: Path) -> None:
    held = csv("branch_id,grid_id,role,from_date,to_date", [f"B00000001,{GRID},主责,2020-01-01,"])
    branch = csv("branch_id,name,kind,parent_id", ["B00000001,一支部,党支部,"])
    rows = [
        f"C000001,{GRID},B01,网格巡查,2026-09-30T09:00:00,,,2026-09-30T23:59:59,已办结,否",
        f"C000002,{GRID},B01,网格巡查,2026-09-29T09:00:00,,,2026-10-01T00:00:00,已办结,否",
        f"C000003,{GRID},B01,网格巡查,2026-10-01T00:00:00,,,,办理中,否",
    ]
    write_package(tmp_path, {**TABLES, "branch": branch, "branch_grid": held, "case": csv(COLUMNS, rows)})
    schema = json.loads((tmp_path / "schemas" / "case.json").read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] in MOMENTS:
            field["type"] = "datetime"
    write_json(tmp_path / "schemas" / "case.json", schema)
    found = MEASURES.count(checked(tmp_path).tables, Period(date(2026, 7, 1), date(2026, 9, 30)))

    assert found[["case_received", "case_resolved"]].to_dict("index") == {
        "B00000001": {"case_received": 2, "case_resolved": 1}
    }
