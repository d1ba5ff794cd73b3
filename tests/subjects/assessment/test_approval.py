"""Approval comes with the Wilson interval, and ranks say how little they know."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Ratio
from builder.subjects.assessment.approval import BranchApproval, Rank, approvals, interval, ranks, wilson
from builder.subjects.assessment.protect import Score, ScoreLine


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # computed independently (R: prop.test(x, n, correct = FALSE); Brown, Cai & DasGupta 2001)
        (8, 10, "49.0", "94.3"),
        (18, 20, "69.9", "97.2"),
        (180, 200, "85.1", "93.4"),
        (0, 10, "0.0", "27.8"),
        (10, 10, "72.2", "100.0"),
        (1, 1, "20.7", "100.0"),
        (5, 10, "23.7", "76.3"),
        (81, 263, "25.5", "36.6"),
    ],
)
def test_known_intervals(numerator: int, denominator: int, low: str, high: str) -> None:
    assert interval(Ratio(numerator, denominator)) == (Decimal(low), Decimal(high))


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_its_ends_solve_the_score_equation(ballots: tuple[int, int]) -> None:
    share = ballots[0] / ballots[1]
    low, high = wilson(Ratio(*ballots))

    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    for end in (low, high):
        # (p̂ − p)² = z² p (1 − p) / n
        assert (share - end) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / ballots[1], abs=1e-6)


def ranked(shares: dict[str, tuple[int, int]]) -> dict[str, Rank]:
    ratios = {name: Ratio(*pair) for name, pair in shares.items()}
    return ranks({n: (r, r) for n, r in ratios.items()}, {name: wilson(ratio) for name, ratio in ratios.items()})


RANKS = [
    ({}, {}),
    ({"a": (9, 10)}, {"a": (1, 1, 1)}),
    # far apart: the place is certain
    ({"a": (990, 1000), "b": (500, 1000), "c": (10, 1000)}, {"a": (1, 1, 1), "b": (2, 2, 2), "c": (3, 3, 3)}),
    # equal shares share a place and the next one is left out
    (
        {"a": (96, 100), "b": (90, 100), "c": (45, 50), "d": (1, 100)},
        {"a": (1, 1, 3), "b": (2, 1, 3), "c": (2, 1, 3), "d": (4, 4, 4)},
    ),
    # overlapping intervals: any place among them
    ({"a": (18, 20), "b": (17, 20), "c": (16, 20)}, {"a": (1, 1, 3), "b": (2, 1, 3), "c": (3, 1, 3)}),
]


@pytest.mark.parametrize(("shares", "places"), RANKS)
def test_ranks_share_places_and_come_with_the_places_that_overlap_allows(
    shares: dict[str, tuple[int, int]], places: dict[str, tuple[int, int, int]]
) -> None:
    assert {name: tuple(rank) for name, rank in ranked(shares).items()} == places


@given(st.dictionaries(st.integers(0, 99).map(str), st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12))
def test_a_place_is_what_counting_those_before_and_after_gives(votes: dict[str, tuple[int, int]]) -> None:
    shares = {name: (yes, yes + no) for name, (yes, no) in votes.items() if yes + no}
    bounds = {name: wilson(Ratio(*pair)) for name, pair in shares.items()}
    for name, rank in ranked(shares).items():
        mine = shares[name][0] / shares[name][1]
        surely_better = sum(1 for low, _ in bounds.values() if low > bounds[name][1])
        surely_worse = sum(1 for _, high in bounds.values() if high < bounds[name][0])

        assert rank.rank == 1 + sum(1 for yes, of in shares.values() if yes / of > mine)
        assert (rank.low, rank.high) == (1 + surely_better, len(shares) - surely_worse)
        assert rank.low <= rank.rank <= rank.high


def voted(*votes: tuple[int, int]) -> Score:
    lines = [
        ScoreLine(
            indicator_id="I1", effect="scored", weight=Decimal(50), full_score=Decimal(100), score=Decimal(90),
            points=Fraction(45), ballots_issued=pair[1], votes=(), approval=Ratio(*pair), method="", evidence_url="",
            computation=None, low=Decimal(90), high=Decimal(90), withheld="", approval_most=Ratio(*pair),
        )
        for pair in votes
    ]  # fmt: skip
    return Score(tuple(lines), None, None, is_vetoed=False, low=None, high=None, grades=())


def test_too_few_ballots_have_no_interval_and_no_rank() -> None:
    found = approvals({"few": voted((9, 9)), "enough": voted((8, 10)), "none": voted((0, 0))}, 10, 10)

    assert found == {
        "few": BranchApproval(Ratio(9, 9), Ratio(9, 9), None, None, None),
        "enough": BranchApproval(Ratio(8, 10), Ratio(8, 10), Decimal("49.0"), Decimal("94.3"), Rank(1, 1, 1)),
        "none": BranchApproval(Ratio(0, 0), Ratio(0, 0), None, None, None),
    }


def test_approval_is_over_all_voted_indicators_together() -> None:
    assert approvals({"a": voted((3, 5), (5, 5))}, 10, 10)["a"].ratio == Ratio(8, 10)


def test_enough_ballots_to_show_may_be_too_few_to_rank() -> None:
    found = approvals({"a": voted((8, 10)), "b": voted((20, 25))}, 10, 20)

    assert {name: (item.low_pct is not None, item.rank is not None) for name, item in found.items()} == {
        "a": (True, False), "b": (True, True),
    }  # fmt: skip


def test_thresholds_of_0_never_divide_by_0() -> None:
    nothing = BranchApproval(Ratio(0, 0), Ratio(0, 0), None, None, None)
    assert approvals({"none": voted((0, 0))}, 0, 0) == {"none": nothing}
