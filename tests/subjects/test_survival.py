"""The median is that of Kaplan and Meier, and leaving a case open never makes it shorter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.frames import survival_median as median

Case = tuple[int, bool]  # days, resolved

CASES = st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=80)
# long plateaus of equal steps: products that are one half exactly
EVEN = st.integers(1, 200).map(lambda count: [(day, True) for day in range(2 * count)])


def histogram(cases: Iterable[Case]) -> list[tuple[int, int, int]]:
    resolved = Counter(days for days, is_resolved in cases if is_resolved)
    censored = Counter(days for days, is_resolved in cases if not is_resolved)
    return [(day, resolved[day], censored[day]) for day in sorted(resolved | censored)]


def exact_median(cases: Sequence[Case]) -> int | None:
    """The estimator as the paper has it, case by case and in fractions: no histogram, no running total."""
    share = Fraction(1)
    for day in sorted({days for days, is_resolved in cases if is_resolved}):
        at_risk = sum(1 for days, _ in cases if days >= day)
        share *= 1 - Fraction(sum(1 for days, is_resolved in cases if is_resolved and days == day), at_risk)
        if share <= Fraction(1, 2):
            return day
    return None


@given(st.one_of(CASES, EVEN))
def test_the_median_equals_an_exact_one_case_by_case(cases: list[Case]) -> None:
    assert median(histogram(cases), len(cases)) == exact_median(cases)


@given(CASES, st.integers(0, 79))
def test_leaving_a_resolved_case_open_never_makes_the_median_shorter(cases: list[Case], place: int) -> None:
    if place >= len(cases):
        return
    before = median(histogram(cases), len(cases))
    left_open = [
        (60 if index == place else days, is_resolved and index != place)
        for index, (days, is_resolved) in enumerate(cases)
    ]
    after = median(histogram(left_open), len(left_open))

    assert after is None or (before is not None and after >= before)


DOCUMENTED = [(days, True) for days in (2, 3, 4, 5, 6)] + [(days, False) for days in (4, 20, 25, 30, 40)]


@pytest.mark.parametrize(
    ("cases", "days"),
    [
        ([], None),
        ([(0, True)], 0),
        ([(7, False)], None),
        ([(1, True), (2, True)], 1),
        ([(1, True), (2, True), (3, True)], 2),
        ([(1, True), (1, False)], 1),  # resolved before censored on the same day: 1 of 2 is a half
        ([(1, False), (2, True)], 2),
        ([(5, True), (9, False)], 5),
        (DOCUMENTED, 6),  # the example of docs/metrics.md
        ([case for case in DOCUMENTED if case != (6, True)] + [(50, False)], None),  # and its second half
    ],
)  # fmt: skip
def test_worked_examples(cases: list[Case], days: int | None) -> None:
    assert median(histogram(cases), len(cases)) == days
