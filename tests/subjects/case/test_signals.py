"""A month stands out by an exact test, and all tests together keep the share of false alarms."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.subjects.case.facts import CaseFacts
from builder.subjects.case.signals import BEFORE, LEVEL, kept, stand_out, upper_tail
from tests.packages import ONE_COMMUNITY, checked, csv, facts, write_package

MONTHS = [month.as_unit("s") for month in pd.date_range("2024-11-01", periods=24, freq="MS")]


@given(st.integers(0, 80), st.integers(0, 120), st.integers(1, 30))
def test_the_tail_is_that_of_the_binomial_distribution(least: int, more: int, part: int) -> None:
    total, share = least + more, Fraction(part, 365)
    exact = sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(least, total + 1))

    if least > total * share:
        assert upper_tail(least, total, float(share)) == pytest.approx(float(exact), rel=1e-9)
    else:
        assert upper_tail(least, total, float(share)) == 1.0


def test_the_example_of_the_definitions_is_as_rare_as_they_say() -> None:
    written = (Path(__file__).parents[3] / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert upper_tail(31, 120 + 31, 31 / 396) == pytest.approx(0.65e-6, rel=0.01)
    assert "此前十二个月 120 件，本月 31 件。31 天约占 396 天的 7.8 %，151 件里平常约有 12 件" in written
    assert "31 件或更多的概率约为百万分之 0.65。" in written


def test_the_tests_of_benjamini_and_hochberg_are_rejected_up_to_the_last_that_is_small_enough() -> None:
    # the example of their paper (1995, p. 295): at 5 % four of fifteen are rejected
    chances = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]

    assert kept(chances, 0.05) == [True] * 4 + [False] * 11
    assert kept([], 0.05) == []


def table(counts: np.ndarray) -> pd.DataFrame:
    """Return a frame of one category of one street a row of `counts`."""
    rows = [
        (f"S{street:03d}", "A01", month, int(number))
        for street, line in enumerate(counts)
        for month, number in zip(MONTHS, line, strict=True)
    ]
    return pd.DataFrame(rows, columns=["unit", "category_id", "month", "received"])


def test_a_month_with_four_times_the_usual_stands_out_and_no_other() -> None:
    counts = np.full((5, 24), 10)
    counts[2, 20] = 40
    found = stand_out(table(counts), MONTHS)

    assert found[["unit", "category_id", "month", "received"]].to_numpy().tolist() == [["S002", "A01", MONTHS[20], 40]]
    assert found["usual"].tolist() == [pytest.approx(10 * 31 * 12 / 12 / 30.4, rel=0.05)]


def test_chance_alone_is_hardly_ever_named() -> None:
    rng = np.random.default_rng(1)
    named = [len(stand_out(table(rng.poisson(8, (20, 24))), MONTHS)) > 0 for _ in range(20)]

    assert sum(named) <= 3


def test_without_a_year_of_history_nothing_is_tested() -> None:
    assert stand_out(table(np.full((1, 24), 10)), MONTHS[:BEFORE]).empty


def simulated(rng: np.random.Generator, bursts: int) -> tuple[np.ndarray, np.ndarray]:
    """Return two years of cases by chance, of 40 streets from quiet to busy, and which months are bursts."""
    usual = np.repeat(rng.lognormal(1.0, 1.2, (40, 1)), 24, axis=1)
    is_burst = np.zeros((40, 24), dtype=bool)
    is_burst[rng.integers(0, 40, bursts), rng.integers(BEFORE, 24, bursts)] = True
    return rng.poisson(np.where(is_burst, 4 * usual + 10, usual)), is_burst


def false_share(counts: np.ndarray, is_burst: np.ndarray) -> float:
    """Return the share of false alarms among the months that are named, 0 where none is."""
    found = stand_out(table(counts), MONTHS)
    places = zip(found["unit"], found["month"], strict=True)
    is_true = [is_burst[int(unit[1:]), MONTHS.index(month)] for unit, month in places]
    return 1 - sum(is_true) / len(is_true) if is_true else 0.0


@pytest.mark.nightly
@pytest.mark.parametrize("bursts", [0, 3, 12])
def test_the_expected_share_of_false_alarms_is_the_one_that_is_stated(bursts: int) -> None:
    rng, rounds = np.random.default_rng(20260731 + bursts), 400
    shares = np.array([false_share(*simulated(rng, bursts)) for _ in range(rounds)])

    # three standard errors of a mean of that many rounds
    assert shares.mean() <= LEVEL + 3 * sqrt(LEVEL * (1 - LEVEL) / rounds)


@pytest.mark.nightly
def test_most_strong_bursts_are_named() -> None:
    rng = np.random.default_rng(5)
    found = [(len(stand_out(table(counts), MONTHS)), int(burst.sum())) for counts, burst in
             (simulated(rng, 3) for _ in range(50))]  # fmt: skip

    assert sum(named for named, _ in found) >= 0.8 * sum(there for _, there in found)


GRID = "990001001001001"


def package(folder: Path, *cells: tuple[str, str]) -> Path:
    """Write two years of cases of categories, each 4 a month and 40 in the months named: (category, month)."""
    months = [f"{month:%Y-%m}" for month in MONTHS]
    days = [
        (category, f"{month}-{n % 28 + 1:02d}")
        for category in ("A01", "A02", "D01", "P01")
        for month in months
        for n in range(40 if (category, month) in cells else 4)
    ]
    days.insert(0, ("A01", "2024-11-01"))
    rows = [f"C{n:06d},{GRID},{category},网格巡查,{day},,待受理,否" for n, (category, day) in enumerate(days)]
    return write_package(folder, {
        "area": ONE_COMMUNITY,
        "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
        "case_category": csv(
            "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
            ["A01,路灯,公共,逐件公开,,,自然日", "A02,道路,公共,逐件公开,,,自然日", "D01,咨询,社区,数量公开,,,自然日",
             "P01,纠纷,矛盾,受保护,,,自然日"],
        ),
        "case": csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows),
    })  # fmt: skip


def named(folder: Path) -> set[tuple[str, str]]:
    case = facts(checked(folder)).parts["case"]
    assert isinstance(case, CaseFacts)
    return {(item.category, item.month) for items in case.signals.values() for item in items}


@pytest.mark.parametrize("hidden", [("P01", "2026-07"), ("D01", "2026-07")], ids=["protected", "counted"])
def test_a_burst_of_cases_that_are_not_listed_is_never_named_and_changes_nothing_else(
    hidden: tuple[str, str], tmp_path: Path
) -> None:
    listed = (("A01", "2026-03"), ("A02", "2026-05"))

    assert named(package(tmp_path / "all", *listed, hidden)) == set(listed)
    assert named(package(tmp_path / "listed", *listed)) == set(listed)
    assert named(package(tmp_path / "hidden", hidden)) == set()
