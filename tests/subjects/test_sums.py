"""Counts add up: a parent is the sum of its children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from builder.model import Level, Policy, Scope, Tree, Unit
from builder.subjects.case import CASE
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.facts import CaseFacts
from builder.subjects.case.tally import COUNTED as CASE_COUNTED
from builder.subjects.duty import DUTY
from builder.subjects.duty.count import DutyCounted
from builder.subjects.duty.measure import DutyFacts
from builder.subjects.duty.tally import COUNTED as DUTY_COUNTED
from tests.packages import checked, counted, demo_private


@dataclass(frozen=True)
class Whole:
    """The private demonstration package, counted and measured as if nothing had to be protected."""

    scope: Scope
    cases: CaseCounted
    duties: DutyCounted
    case: CaseFacts
    duty: DutyFacts

    @property
    def tree(self) -> Tree:
        return self.scope.tree


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    found = checked(demo_private(tmp_path_factory.getbasetemp()))
    scope, policy = counted(found).scope, open_policy(found.policy, set(found.tables["case_category"]["category_id"]))
    cases, duties = CASE.count(found.tables, scope), DUTY.count(found.tables, scope)
    return Whole(
        scope=scope,
        cases=cases,
        duties=duties,
        case=CASE.measure(CASE.protect(cases, policy), scope),
        duty=DUTY.measure(DUTY.protect(duties, policy), scope),
    )


def open_policy(policy: Policy, categories: set[str]) -> Policy:
    """Return a policy that leaves no category out."""
    levels = replace(policy.levels["case"], itemised=frozenset(categories))
    return replace(policy, levels={"case": levels}, minimum_denominator=0)


def numbers(whole: Whole, subject: str, level: Level, unit: str) -> Counter[str]:
    """Return the counting fields of one unit that are not 0."""
    if subject == "case":
        case = whole.case.of(Unit(level, unit)).tally
        return +Counter({name: getattr(case, name) for name in CASE_COUNTED})
    duty = whole.duty.of(Unit(level, unit)).tally
    return +Counter({name: getattr(duty, name) for name in DUTY_COUNTED})


def total(parts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(parts, Counter())


@pytest.mark.parametrize("subject", ["case", "duty"])
def test_every_area_is_the_sum_of_its_children(whole: Whole, subject: str) -> None:
    tree = whole.tree
    areas = set(tree.parent)
    assert len(areas) == 7
    below = {
        area: total(
            [*(numbers(whole, subject, "area", child) for child in tree.children.get(area, ())),
             *(numbers(whole, subject, "grid", grid) for grid in tree.grids.get(area, ()))]
        )
        for area in areas
    }  # fmt: skip

    assert {area: numbers(whole, subject, "area", area) for area in areas} == below


@pytest.mark.parametrize("subject", ["case", "duty"])
def test_every_counting_field_is_put_to_the_test(whole: Whole, subject: str) -> None:
    names = CASE_COUNTED if subject == "case" else DUTY_COUNTED

    assert {name for name in names if numbers(whole, subject, "area", whole.tree.tops[0])[name] == 0} == set()


def test_the_district_has_every_case_and_duty_of_the_rows(whole: Whole) -> None:
    top = whole.tree.tops[0]
    case = {name: int(whole.cases.rows[name].astype("int64").sum()) for name in CASE_COUNTED}
    with_grid = whole.duties.rows[whole.duties.rows["grid_id"].notna()]

    assert case["received"] > 500
    assert numbers(whole, "case", "area", top) == case
    assert numbers(whole, "duty", "area", top) == {
        name: int(with_grid[name].astype("int64").sum()) for name in DUTY_COUNTED
    }


def test_a_branch_has_the_cases_that_its_rows_name_and_all_its_duties(whole: Whole) -> None:
    received = whole.cases.rows.dropna(subset="branch_id").groupby("branch_id").size().to_dict()
    duties = whole.duties.rows.groupby("branch_id").size().to_dict()

    assert {b: u.tally.received for b, u in whole.case.units["branch"].items()} == received
    assert {b: u.tally.due + u.tally.upcoming for b, u in whole.duty.units["branch"].items()} == duties


@pytest.mark.parametrize("level", ["grid", "area", "branch"])
def test_a_unit_is_the_sum_of_its_categories_and_of_its_months(whole: Whole, level: Level) -> None:
    for unit in whole.case.units[level].values():
        for name in CASE_COUNTED:
            assert getattr(unit.tally, name) == sum(getattr(tally, name) for _, tally in unit.categories)
        assert unit.tally.received == sum(received for _, received, _ in unit.months)
        assert unit.tally.received - unit.tally.open == sum(resolved for _, _, resolved in unit.months)
        assert tuple(month for month, _, _ in unit.months) == whole.scope.months


def test_the_median_of_an_area_is_made_from_all_its_cases(whole: Whole) -> None:
    rows = whole.cases.rows
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
    assert whole.case.units["area"][whole.tree.tops[0]].tally.median_days == expected
