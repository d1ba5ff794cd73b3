"""Counts add up: a parent is the sum of its children, and a case belongs to the branch of the day it was received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from builder import derive
from builder.derive.case import COUNTED as CASE_COUNTED
from builder.derive.duty import COUNTED as DUTY_COUNTED
from builder.facts import Counts, Facts
from tests.packages import AS_OF, BRANCH_TABLES, GRIDS, checked, csv, demo_tables, write_package


@pytest.fixture(scope="session")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """The counts of the demonstration package, before anything is protected."""
    tables, _, day = demo_tables(tmp_path_factory.getbasetemp())
    return derive.counts(tables, day)


@pytest.fixture(scope="session")
def facts(counts: Counts) -> Facts:
    return derive.measures(counts)


def numbers(facts: Facts, subject: str, level: str, unit: str) -> Counter[str]:
    """Return the counting fields of one unit that are not 0."""
    part = facts.case if subject == "case" else facts.duty
    assert part is not None
    found = part.units[level].get(unit)  # type: ignore[index]
    names = CASE_COUNTED if subject == "case" else DUTY_COUNTED
    return +Counter({name: getattr(found.tally, name) for name in names}) if found else Counter()


def total(parts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(parts, Counter())


@pytest.mark.parametrize("subject", ["case", "duty"])
def test_every_area_is_the_sum_of_its_children(facts: Facts, subject: str) -> None:
    tree = facts.ancestry
    areas = set(tree.parent)
    assert len(areas) == 7
    below = {
        area: total(
            [*(numbers(facts, subject, "area", child) for child in tree.children.get(area, ())),
             *(numbers(facts, subject, "grid", grid) for grid in tree.grids.get(area, ()))]
        )
        for area in areas
    }  # fmt: skip

    assert {area: numbers(facts, subject, "area", area) for area in areas} == below


@pytest.mark.parametrize("subject", ["case", "duty"])
def test_every_counting_field_is_put_to_the_test(facts: Facts, subject: str) -> None:
    names = CASE_COUNTED if subject == "case" else DUTY_COUNTED

    assert {name for name in names if numbers(facts, subject, "area", facts.ancestry.tops[0])[name] == 0} == set()


def test_the_district_has_every_case_and_duty_of_the_rows(counts: Counts, facts: Facts) -> None:
    assert counts.case is not None
    assert counts.duty is not None
    top = facts.ancestry.tops[0]
    case = {name: int(counts.case.rows[name].astype("int64").sum()) for name in CASE_COUNTED}
    with_grid = counts.duty.rows[counts.duty.rows["grid_id"].notna()]

    assert case["received"] > 500
    assert numbers(facts, "case", "area", top) == case
    assert numbers(facts, "duty", "area", top) == {
        name: int(with_grid[name].astype("int64").sum()) for name in DUTY_COUNTED
    }


def test_a_branch_has_the_cases_that_its_rows_name_and_all_its_duties(counts: Counts, facts: Facts) -> None:
    assert counts.case is not None
    assert counts.duty is not None
    assert facts.case is not None
    assert facts.duty is not None
    received = counts.case.rows.dropna(subset="branch_id").groupby("branch_id").size().to_dict()
    duties = counts.duty.rows.groupby("branch_id").size().to_dict()

    assert {b: u.tally.received for b, u in facts.case.units["branch"].items()} == received
    assert {b: u.tally.due + u.tally.upcoming for b, u in facts.duty.units["branch"].items()} == duties


@pytest.mark.parametrize("level", ["grid", "area", "branch"])
def test_a_unit_is_the_sum_of_its_categories_and_of_its_months(facts: Facts, level: str) -> None:
    assert facts.case is not None
    for unit in facts.case.units[level].values():  # type: ignore[index]
        for name in CASE_COUNTED:
            assert getattr(unit.tally, name) == sum(getattr(tally, name) for _, tally in unit.categories)
        assert unit.tally.received == sum(received for _, received, _ in unit.months)
        assert unit.tally.received - unit.tally.open == sum(resolved for _, _, resolved in unit.months)
        assert tuple(month for month, _, _ in unit.months) == facts.months


def test_the_median_of_an_area_is_made_from_all_its_cases(counts: Counts, facts: Facts) -> None:
    assert counts.case is not None
    assert facts.case is not None
    rows = counts.case.rows
    share, at_risk, expected = 1.0, len(rows), None
    for day in range(int(rows["days"].max()) + 1):
        here = rows[rows["days"] == day]
        done = int((here["is_resolved"] == 1).sum())
        share *= 1 - done / at_risk if at_risk else 1
        if share <= 0.5 + 1e-9:
            expected = day
            break
        at_risk -= len(here)

    assert expected is not None
    assert facts.case.units["area"][facts.ancestry.tops[0]].tally.median_days == expected


# ── whose case is it ─────────────────────────────────────────────────────────────────────────────

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
    tables, _, _ = checked(
        folder, errors=None
    )  # a grid without a responsible branch is a defect, and counted all the same
    counts = derive.counts(tables, AS_OF)
    assert counts.case is not None
    found = counts.case.rows.set_index("case_id")["branch_id"]
    tallies = counts.case.tallies

    assert [None if pd.isna(found[f"C{n:06d}"]) else found[f"C{n:06d}"] for n in range(len(RECEIVED))] == [
        b for _, _, b in RECEIVED
    ]
    assert dict(zip(tallies["branch"]["unit"], tallies["branch"]["received"], strict=True)) == {
        "B00000001": 2, "B00000002": 2, "B00000003": 2,
    }  # fmt: skip
    assert tallies["area"].set_index("unit")["received"].to_dict() == dict.fromkeys(
        ("990001", "990001001", "990001001001"), 8
    )
    assert counts.ancestry.responsible == {GRIDS[0]: "B00000002", GRIDS[1]: "B00000003"}
