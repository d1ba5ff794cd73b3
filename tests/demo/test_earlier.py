"""The year before the period is there to be compared with, and three bursts are there to be found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builder.demo import Plan
from builder.errors import BuilderError
from builder.subjects.case.demo_raised import BURSTS
from builder.subjects.case.facts import CaseFacts
from builder.subjects.case.signals import BEFORE
from tests.demo.making import PLAN, fingerprints, table, write
from tests.packages import checked, facts, repository

LONG = Plan(PLAN.grids, PLAN.cases, PLAN.seed, PLAN.as_of, earlier=500)
START = "2025-11-01"


@pytest.fixture(scope="module")
def longer(areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of PLAN with a year before it."""
    target = tmp_path_factory.mktemp("longer") / "datasets"
    write(target, areas=areas, plan=LONG)
    return target


def test_earlier_cases_change_no_other_table(package: Path, longer: Path) -> None:
    before, after = fingerprints(package), fingerprints(longer)

    assert {path for path in before if before[path] != after[path]} == {"case.csv"}


def test_the_cases_of_the_period_are_the_same_but_for_the_bursts(package: Path, longer: Path) -> None:
    alone, both = table(package, "case"), table(longer, "case")
    recent = both[both["received_date"] >= START].reset_index(drop=True)
    changed = alone["category_id"] != recent["category_id"]

    assert (len(alone), len(both)) == (900, 1400)
    assert recent[["case_id", "grid_id", "channel", "received_date"]].equals(
        alone[["case_id", "grid_id", "channel", "received_date"]]
    )
    assert recent[~changed].equals(alone[~changed])
    assert set(zip(recent["category_id"][changed], recent["received_date"][changed].str[5:7], strict=True)) == {
        (burst.category_id, f"{burst.month:02d}") for burst in BURSTS[:2]  # two streets have room for two
    }  # fmt: skip


def test_an_earlier_case_lies_in_the_year_before_in_a_grid_that_was_there_and_tells_of_no_person(longer: Path) -> None:
    cases = table(longer, "case")
    earlier = cases[cases["received_date"] < START]
    opened = earlier["grid_id"].map(table(longer, "grid").set_index("grid_id")["opened_date"])

    assert cases["case_id"].is_unique
    assert cases["received_date"].is_monotonic_increasing
    assert len(earlier) == 500
    assert earlier["received_date"].min() >= "2024-11-01"
    assert (earlier["received_date"] >= opened).all()
    assert (earlier[["summary", "petitioner", "phone", "address"]] == "").all(axis=None)
    assert (earlier["resolved_date"] != "").mean() > 0.98


@pytest.mark.parametrize(
    ("as_of", "start", "before"),
    [
        ("2026-10-31", "2025-11-01", "2024-11-01"),
        ("2026-01-01", "2025-01-02", "2024-01-02"),
        ("2024-02-29", "2023-03-01", "2022-03-01"),
        ("2025-02-28", "2024-02-29", "2023-03-01"),
    ],
)
def test_the_year_before_ends_on_the_day_before_the_period(as_of: str, start: str, before: str) -> None:
    plan = Plan(1, 3, 1, date.fromisoformat(as_of), earlier=2)

    assert (plan.before.cases, plan.before.earlier) == (2, 0)
    assert [str(day) for day in (plan.start, plan.before.today + 1, plan.before.start)] == [start, start, before]


@pytest.mark.parametrize(("cases", "earlier"), [(-1, 5), (5, -1), (10**12 - 5, 5)])
def test_fewer_than_none_or_too_many_are_refused(cases: int, earlier: int) -> None:
    with pytest.raises(BuilderError, match="cannot be generated"):
        Plan(1, cases, 1, date(2026, 10, 31), earlier)


@pytest.mark.nightly
def test_the_repository_compares_every_month_with_the_year_before_and_names_the_bursts_alone() -> None:
    case = facts(repository()).parts["case"]
    assert isinstance(case, CaseFacts)
    found = {(item.category, item.month[5:7]) for items in case.signals.values() for item in items}

    assert case.are_tested
    assert found == {(burst.category_id, f"{burst.month:02d}") for burst in BURSTS}
    assert len(case.signals) == len(BURSTS)
    assert len(case.units["area"]["320812"].before) == BEFORE
    assert min(number or 0 for number in case.units["area"]["320812"].before) > 700


def test_a_package_without_earlier_cases_is_compared_with_nothing(package: Path) -> None:
    case = facts(checked(package, is_raw=True)).parts["case"]
    assert isinstance(case, CaseFacts)

    assert not case.are_tested
    assert case.signals == {}
    assert set(case.units["area"]["990001"].before) == {None}
