"""A case belongs to the branch that was responsible on the day it was received."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from builder.subjects.case import CASE
from tests.packages import BRANCH_TABLES, GRIDS, checked, counted, csv, write_package

RECEIVED = [
    (GRIDS[0], "2026-04-29", "B00000001"),
    (GRIDS[0], "2026-04-30", "B00000001"),  # the last day of a term belongs to it
    (GRIDS[0], "2026-05-01", "B00000002"),
    (GRIDS[0], "2026-10-31", "B00000002"),
    (GRIDS[1], "2026-02-28", None),  # before the first term
    (GRIDS[1], "2026-03-01", "B00000003"),
    (GRIDS[1], "2026-03-31", "B00000003"),
    (GRIDS[1], "2026-04-01", None),  # after the last
]


def test_a_case_belongs_to_the_branch_that_was_responsible_on_the_day_it_was_received(tmp_path: Path) -> None:
    rows = [f"C{n:06d},{grid},A01,网格巡查,{day},,办理中,否" for n, (grid, day, _) in enumerate(RECEIVED)]
    case = csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    folder = write_package(tmp_path / "package", {**BRANCH_TABLES, "case": case})
    package = checked(folder, errors=None)  # a grid without a responsible branch is a defect, and counted all the same
    scope = counted(package).scope
    cases = CASE.count(package.tables, scope)
    found, tallies = cases.rows.set_index("case_id")["branch_id"], cases.tallies

    assert [None if pd.isna(found[f"C{n:06d}"]) else found[f"C{n:06d}"] for n in range(len(RECEIVED))] == [
        b for _, _, b in RECEIVED
    ]
    assert dict(zip(tallies["branch"]["unit"], tallies["branch"]["received"], strict=True)) == {
        "B00000001": 2, "B00000002": 2, "B00000003": 2,
    }  # fmt: skip
    assert tallies["area"].set_index("unit")["received"].to_dict() == dict.fromkeys(
        ("990001", "990001001", "990001001001"), 8
    )
    assert scope.tree.responsible == {GRIDS[0]: "B00000002", GRIDS[1]: "B00000003"}


def test_a_term_that_ended_within_another_hides_it_only_while_it_lasts(tmp_path: Path) -> None:
    held = csv(
        "branch_id,grid_id,role,from_date,to_date",
        [f"B00000001,{GRIDS[0]},主责,2024-01-01,", f"B00000002,{GRIDS[0]},主责,2026-01-01,2026-03-31"],
    )
    days = {"2025-12-31": "B00000001", "2026-03-31": "B00000002", "2026-04-01": "B00000001", "2026-10-31": "B00000001"}
    rows = [f"C{n:06d},{GRIDS[0]},A01,网格巡查,{day},,办理中,否" for n, day in enumerate(days)]
    case = csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    folder = write_package(tmp_path / "package", {**BRANCH_TABLES, "branch_grid": held, "case": case})
    package = checked(folder, errors=None)
    scope = counted(package).scope
    found = CASE.count(package.tables, scope).rows.set_index("case_id")["branch_id"]

    assert [found[f"C{n:06d}"] for n in range(len(days))] == list(days.values())
    assert scope.tree.responsible[GRIDS[0]] == "B00000001"
