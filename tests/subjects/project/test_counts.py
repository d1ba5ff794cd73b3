"""Where a project stands, what it is counted as, and what it costs, against an independent reading of the table."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from builder.frames import exact
from builder.model import Ratio, Unit
from builder.subjects.project import PROJECT
from builder.subjects.project.measure import ProjectFacts
from builder.subjects.project.stages import STAGES
from tests import packages
from tests.packages import AS_OF, ONE_COMMUNITY, write_package

GRID = "990001001001001"
COLUMNS = (
    "project_id,branch_id,grid_id,title,category,budget,contract,paid,"
    + ",".join(f"{stage}_due_date" for stage in STAGES) + "," + ",".join(f"{stage}_date" for stage in STAGES)
)  # fmt: skip
TABLES = {
    "area": ONE_COMMUNITY,
    "grid": packages.csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "branch": packages.csv("branch_id,name,kind,parent_id", ["B00000001,第一党支部,党支部,"]),
}
PLAN = "2026-01-01,2026-01-15,2026-03-01,2026-03-15"

# as_of is 2026-10-31
CASES = [
    ("accepted on its day", PLAN, PLAN, "on_time", "", 0, "on_time"),
    ("accepted a day late", PLAN, "2026-01-01,2026-01-15,2026-03-01,2026-03-16", "late", "", 0, "late"),
    ("carried out and not accepted", PLAN, "2026-01-01,2026-01-15,2026-03-01,", "overdue", "accepted", 230,
     "unfinished"),
    ("two stages late: the first is named", PLAN, "2026-01-01,2026-01-15,,", "overdue", "implemented", 244,
     "unfinished"),
    ("to be accepted today", "2026-01-01,2026-01-15,2026-03-01,2026-10-31", "2026-01-01,2026-01-15,2026-03-01,",
     "open", "", 0, "upcoming"),
    ("late before its end is due", "2026-01-01,2026-01-15,2026-10-30,2026-12-31", "2026-01-01,2026-01-15,,", "overdue",
     "implemented", 1, "upcoming"),
    ("under way", "2026-10-01,2026-10-15,2026-11-30,2026-12-31", "2026-10-01,2026-10-15,,", "open", "", 0, "upcoming"),
    ("accepted ahead of a day after as_of", "2026-01-01,2026-01-15,2026-03-01,2026-12-31", PLAN, "on_time", "", 0,
     "upcoming"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_rule", "plan", "done", "status", "stage", "days", "cell"), CASES, ids=[case[0] for case in CASES]
)
def test_a_project_is_in_one_cell(
    _rule: str, plan: str, done: str, status: str, stage: str, days: int, cell: str, tmp_path: Path
) -> None:
    row = f"P000001,B00000001,{GRID},更换路灯,道路照明,1000.10,900.05,0.30,{plan},{done}"
    found = packages.checked(write_package(tmp_path / "package", {**TABLES, "project": packages.csv(COLUMNS, [row])}))
    counts = PROJECT.count(found.tables, packages.counted(found).scope)
    (shown,) = counts.rows.to_dict("records")
    (tally,) = counts.tallies["grid"].to_dict("records")
    cells = {name: int(name == cell) for name in ("on_time", "late", "unfinished", "upcoming")}
    assert (shown["status"], shown["late_stage"], shown["days"]) == (status, stage, days)
    assert tally == {
        "unit": GRID, "category": "道路照明", **cells, "overdue": int(status == "overdue"), "budget": 100_010,
        "contract": 90_005, "paid": 30,
    }  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp()


def rows(base: Path) -> list[dict[str, str]]:
    with (packages.demo_package(base) / "project.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    return [row for row in every if row["accepted_due_date"] >= "2025-11-01" or not row["accepted_date"]]


def facts_of(base: Path) -> ProjectFacts:
    facts = packages.facts(packages.demo_checked(base)).parts["project"]
    assert isinstance(facts, ProjectFacts)
    return facts


def test_the_figures_of_a_branch_are_those_of_its_rows(base: Path) -> None:
    facts, today = facts_of(base), AS_OF.isoformat()
    mine: Counter[str] = Counter()
    money: dict[tuple[str, str], Decimal] = {}
    due: Counter[str] = Counter()
    for row in rows(base):
        branch = row["branch_id"]
        is_due = row["accepted_due_date"] < today or (row["accepted_due_date"] == today and bool(row["accepted_date"]))
        due[branch] += is_due
        mine[branch] += is_due and bool(row["accepted_date"])
        for name in ("budget", "contract", "paid"):
            money[branch, name] = money.get((branch, name), Decimal(0)) + Decimal(row[name] or 0)
    units = facts.units["branch"]
    assert {code: unit.tally.finished for code, unit in units.items()} == {b: Ratio(mine[b], due[b]) for b in units}
    assert {
        (code, name): exact(getattr(unit.tally, name)) for code, unit in units.items()
        for name in ("budget", "contract", "paid")
    } == {key: f"{amount:.2f}" for key, amount in money.items()}  # fmt: skip


def test_areas_are_the_sums_of_their_grids(base: Path) -> None:
    facts, tree = facts_of(base), packages.counted(packages.demo_checked(base)).scope.tree
    for area in tree.parent:
        grids = [grid for grid, areas in tree.areas_of.items() if area in areas]
        for name in ("on_time", "late", "unfinished", "upcoming", "overdue", "budget", "contract", "paid"):
            below = sum(getattr(facts.of(Unit("grid", grid)).tally, name) for grid in grids)
            assert getattr(facts.of(Unit("area", area)).tally, name) == below


def test_what_is_late_is_listed_once_and_for_the_first_stage_that_is(base: Path) -> None:
    today, facts = AS_OF.isoformat(), facts_of(base)
    late = []
    for row in rows(base):
        days = [row[f"{s}_due_date"] for s in STAGES if not row[f"{s}_date"] and row[f"{s}_due_date"] < today]
        late += [(row["title"], row["grid_id"], row["branch_id"], days[0], row["delay_reason"])] if days else []
    assert len(late) > 1
    assert sorted(late) == sorted((i.title, i.grid, i.branch, i.limit_date, i.reason or "") for i in facts.late)
    assert [item.days for item in facts.late] == sorted((item.days for item in facts.late), reverse=True)


def test_every_listed_project_is_its_row_column_by_column(base: Path) -> None:
    facts, source = facts_of(base), {row["project_id"]: row for row in rows(base)}
    found = [row for unit in facts.by_branch.places for row in facts.by_branch.rows(unit)]
    assert sorted(row.project_id for row in found) == sorted(source)
    for row in found:
        cells = source[row.project_id]
        for name in ("title", "category", "source", "grid_id", "result", "photo", "delay_reason", "expected_date"):
            assert getattr(row, name) == cells[name]
        assert row.planned == tuple(cells[f"{stage}_due_date"] for stage in STAGES)
        assert row.actual == tuple(cells[f"{stage}_date"] for stage in STAGES)
        assert [exact(row.budget), exact(row.contract), exact(row.paid)] == [
            cells["budget"], cells["contract"] or None, cells["paid"]
        ]  # fmt: skip
