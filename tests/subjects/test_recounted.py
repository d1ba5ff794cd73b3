"""Counts up the tree equal a recount of the files, for packages of any seed: with csv, decimals and nothing of ours."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from builder.demo import Plan
from builder.demo import write as write_demo
from builder.subjects import SUBJECTS
from builder.subjects.disclosure.due import obligations
from builder.subjects.disclosure.measure import DisclosureFacts
from builder.subjects.disclosure.tally import COUNTED as DISCLOSED
from builder.subjects.facts import Facts
from builder.subjects.ledger.measure import LedgerFacts
from builder.subjects.ledger.tally import COUNTED as ENTERED
from builder.subjects.partner.measure import PartnerFacts
from builder.subjects.project.measure import ProjectFacts
from builder.subjects.project.tally import COUNTED as PLANNED
from tests.packages import AREAS, AS_OF, DATASETS, checked, counted, facts, taken_in, without_never

TODAY, START = AS_OF.isoformat(), "2025-11-01"
STAGES = ("proposed", "reviewed", "implemented", "accepted")
Tally = Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class Package:
    """A package of a seed: its files, what is measured of it, and places as the files have them."""

    folder: Path

    def __getitem__(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def facts(self) -> Facts:
        return facts(checked(self.folder))

    @cached_property
    def grids(self) -> Mapping[str, str]:
        """Grid → its community."""
        return {row["grid_id"]: row["area_id"] for row in self["grid"]}

    @cached_property
    def responsible(self) -> Mapping[str, str]:
        """Grid → the branch that answers for it today."""
        return {
            row["grid_id"]: row["branch_id"]
            for row in self["branch_grid"]
            if row["role"] == "主责" and row["from_date"] <= TODAY <= (row["to_date"] or TODAY)
        }

    def path(self, area: str) -> list[str]:
        """Return an area and all above it, the topmost first."""
        above = {row["area_id"]: row["parent_id"] for row in self["area"]}
        found: list[str] = []
        while area:
            found.insert(0, area)
            area = above[area]
        return found

    def units(self, grid: str, area: str, branch: str) -> Iterator[tuple[str, str]]:
        """Yield every unit that a row counts for; `area`: of a row without a grid."""
        if grid:
            yield "grid", grid
        yield from (("area", code) for code in self.path(self.grids.get(grid, area)))
        if branch:
            yield "branch", branch

    def home(self, branches: set[str]) -> list[str]:
        """Return the areas, the topmost first, that hold every grid of the branches."""
        paths = [self.path(self.grids[grid]) for grid, branch in self.responsible.items() if branch in branches]
        steps = takewhile(lambda step: len(set(step)) == 1, zip(*paths, strict=False))
        return [step[0] for step in steps]


@pytest.fixture(
    scope="module",
    params=[11, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(12, 24))],
)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("recounted")
    (folder / "areas.csv").write_text(AREAS, encoding="utf-8")
    plan = Plan(grids=30 + request.param, cases=20, seed=request.param, as_of=AS_OF)
    write_demo(folder / "private", areas=folder / "areas.csv", template=DATASETS, plan=plan, subjects=SUBJECTS)
    return Package(taken_in(checked(without_never(folder / "private")), folder / "package"))


def shown(units: Mapping[Any, Mapping[str, Any]], names: Sequence[str]) -> Tally:
    """Return what is measured of every unit that is not 0."""
    return +Counter({
        (level, code, name): int(getattr(getattr(unit, "tally", unit), name))
        for level, found in units.items() for code, unit in found.items() for name in names
    })  # fmt: skip


def cents(cell: str) -> int:
    return int(Decimal(cell or 0) * 100)


def project_counts(row: dict[str, str]) -> Counter[str]:
    """Return what one project counts as."""
    due, done = row["accepted_due_date"], row["accepted_date"]
    if due < START and done:
        return Counter()
    is_over = due < TODAY or (due == TODAY and bool(done))
    word = "upcoming" if not is_over else "unfinished" if not done else "on_time" if done <= due else "late"
    waits = any("" < row[f"{stage}_due_date"] < TODAY and not row[f"{stage}_date"] for stage in STAGES)
    return Counter({
        word: 1, "overdue": int(waits), **{name: cents(row[name]) for name in ("budget", "contract", "paid")}
    })  # fmt: skip


def test_projects_of_every_unit_are_those_of_the_rows(package: Package) -> None:
    expected: Tally = Counter()
    for row in package["project"]:
        for unit in package.units(row["grid_id"], "", row["branch_id"]):
            expected.update({(*unit, name): number for name, number in project_counts(row).items()})
    found = package.facts.parts["project"]
    assert isinstance(found, ProjectFacts)

    assert shown(found.units, PLANNED) == +expected
    assert len(expected) > 50


PART = {"资源": "offer", "需求": "need", "项目": "project"}


def is_counted(item: dict[str, str], part: str) -> bool:
    """Return whether an item of a partner stands on its list in the period."""
    ends = {"offer": item["to_date"], "need": item["done_date"] or item["to_date"], "project": item["done_date"]}
    return item["status"] != "已撤回" and item["from_date"] <= TODAY and (ends[part] or TODAY) >= START


def test_what_partners_offer_need_and_do_is_that_of_the_rows(package: Package) -> None:
    partners = {row["partner_id"]: row for row in package["partner"]}
    expected: Tally = Counter()
    for item in package["partner_item"]:
        part, own = PART[item["list_kind"]], partners[item["partner_id"]]
        if not is_counted(item, part):
            continue
        names = [part, *(["done"] if part == "project" and item["done_date"] else [])]
        names += ["agreed"] if part == "need" and item["matched_item_id"] else []
        grid = item["grid_id"] or own["grid_id"]
        branch = item["branch_id"] or package.responsible.get(grid, "")
        for unit in package.units(grid, own["area_id"], branch):
            expected.update((*unit, name) for name in names)
    found = package.facts.parts["partner"]
    assert isinstance(found, PartnerFacts)

    told = ("offer", "need", "agreed", "project", "done")
    assert shown(found.units, told) == expected
    assert len(expected) > 50


def test_accounts_of_every_area_are_those_of_the_branches_in_it(package: Package) -> None:
    found = package.facts.parts["ledger"]
    assert isinstance(found, LedgerFacts)
    last = max(row["end_date"] for row in package["ledger_balance"] if row["end_date"] <= TODAY)
    closed = {row["branch_id"]: row for row in package["ledger_balance"] if row["end_date"] == last and row["closing"]}
    entries: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in package["ledger"]:
        own = closed.get(row["branch_id"])
        if own and own["start_date"] <= row["entry_date"] <= last:
            entries[row["branch_id"], row["direction"]] += cents(row["amount"])
    answering = set(package.responsible.values())
    expected: Counter[tuple[str, str]] = Counter()
    for branch in answering | set(closed):
        own, areas = closed.get(branch), package.home({branch}) or [""]
        if own is None:
            expected.update((area, "open") for area in areas)
            continue
        opening, income, spending = cents(own["opening"]), entries[branch, "收入"], entries[branch, "支出"]
        amounts = {"opening": opening, "income": income, "spending": spending,
                   "balance": opening + income - spending, "closed": 1}  # fmt: skip
        expected.update({(area, name): number for area in areas for name, number in amounts.items()})
    told = Counter({(area, name): getattr(found.of(area), name) for area in found.parts for name in ENTERED})

    assert +told == +expected
    assert len(expected) > 10


def test_what_was_due_in_every_unit_is_what_was_due_of_the_branches_in_it(package: Package) -> None:
    source = checked(package.folder)
    scope = counted(source).scope
    everybody = {row["item_id"] for row in package["catalogue"] if row["audience"] == "全社会"}
    due: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in obligations(source.tables, scope.period).to_dict("records"):
        if row["item_id"] in everybody:
            due[row["branch_id"]].update({name: row[name] for name in DISCLOSED})
    parents = {row["branch_id"]: row["parent_id"] for row in package["branch"]}
    below: defaultdict[str, set[str]] = defaultdict(set)
    for branch in parents:
        at = branch
        while at:
            below[at].add(branch)
            at = parents[at]
    expected: Tally = Counter()
    for branch in parents:
        answered = [grid for grid, answering in package.responsible.items() if answering == branch]
        units = [("branch", branch), *(("area", area) for area in package.home(below[branch])),
                 *(("grid", grid) for grid in answered)]  # fmt: skip
        expected.update({(*unit, name): number for unit in units for name, number in due[branch].items()})
    found = package.facts.parts["disclosure"]
    assert isinstance(found, DisclosureFacts)

    assert shown(found.units, DISCLOSED) == +expected
    assert len(expected) > 50
