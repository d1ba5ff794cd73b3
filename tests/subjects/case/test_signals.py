"""A month stands out by an exact test, and all tests together keep the share of false alarms."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.subjects.case.signals import BEFORE, kept, stand_out, upper_tail

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
