"""Bars stand on the zero line, and the longest stays within the frame."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.subjects.case.chart import BASE, HEIGHT, TOP, chart, nice

Month = tuple[str, int, int]

MONTHS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=24).map(
    lambda pairs: [(f"2026-{number % 12 + 1:02d}", *pair) for number, pair in enumerate(pairs)]
)


@pytest.mark.parametrize(
    ("value", "top"),
    [
        (0, 2),
        (1, 2),
        (2, 2),
        (3, 4),
        (4, 4),
        (5, 10),
        (10, 10),
        (11, 20),
        (20, 20),
        (21, 40),
        (41, 100),
        (100, 100),
        (101, 200),
        (999, 1000),
    ],
)
def test_the_scale_ends_on_a_round_number(value: int, top: int) -> None:
    assert nice(value) == top


@given(st.integers(0, 10**9))
def test_the_scale_is_never_below_the_value_and_never_far_above_it(value: int) -> None:
    assert value <= nice(value) <= max(2, value * 5 // 2)
    assert nice(value) % 2 == 0


@given(MONTHS)
def test_every_bar_ends_on_the_zero_line_and_stays_in_the_frame(months: list[Month]) -> None:
    drawn = chart(months, is_partial=False)
    for bar, (month, received, resolved) in zip(drawn.bars, months, strict=True):
        assert (bar.month, bar.received, bar.resolved) == (month, received, resolved)
        for y, height in ((bar.received_y, bar.received_height), (bar.resolved_y, bar.resolved_height)):
            assert y + height == drawn.base == BASE
            assert 0 < TOP <= y <= BASE < HEIGHT == drawn.height
        assert bar.x > 0
        assert bar.x + 2 * drawn.bar_width <= drawn.width


@given(MONTHS)
def test_a_bar_is_as_long_as_its_number_says(months: list[Month]) -> None:
    drawn = chart(months, is_partial=False)
    top = nice(max(max(received, resolved) for _, received, resolved in months))
    for bar in drawn.bars:
        for value, height in ((bar.received, bar.received_height), (bar.resolved, bar.resolved_height)):
            assert abs(height - (BASE - TOP) * value / top) <= 0.5
            assert value or height == 0


def test_nothing_received_is_drawn_with_no_height_at_all() -> None:
    drawn = chart([("2026-01", 0, 0), ("2026-02", 0, 0)], is_partial=False)

    assert {(bar.received_height, bar.resolved_height, bar.received_y) for bar in drawn.bars} == {(0, 0, BASE)}


def test_bars_of_neighbouring_months_do_not_touch() -> None:
    drawn = chart([(f"2026-{month:02d}", 9, 9) for month in range(1, 13)], is_partial=False)
    ends = [bar.x + 2 * drawn.bar_width for bar in drawn.bars]

    assert all(end < bar.x for end, bar in zip(ends, drawn.bars[1:], strict=False))


def test_ticks_are_zero_half_and_top_from_the_zero_line_up() -> None:
    drawn = chart([("2026-01", 7, 3)], is_partial=True)

    assert drawn.ticks == ((BASE, "0"), ((BASE + TOP) // 2, "5"), (TOP, "10"))
    assert drawn.partial


def test_months_are_labelled_by_their_number() -> None:
    assert [bar.label for bar in chart([("2025-11", 1, 0), ("2026-01", 1, 0)], is_partial=False).bars] == ["11", "1"]


def test_a_long_history_has_its_years_on_the_axis_and_none_that_touch() -> None:
    months = [(f"{2016 + n // 12}-{n % 12 + 1:02d}", 9, 8) for n in range(132)]
    drawn = chart(months, is_partial=False)
    years = [(bar.year, bar.x) for bar in drawn.bars if bar.year]

    assert [year for year, _ in years] == [str(year) for year in range(2016, 2027)]
    assert all(right - left >= 4 * 10.5 for (_, left), (_, right) in itertools.pairwise(years))
    assert {bar.label for bar in drawn.bars} == {""}
    assert drawn.width < 600


def test_the_year_before_is_a_mark_of_its_own_and_the_scale_holds_it() -> None:
    drawn = chart([("2026-01", 4, 3), ("2026-02", 4, 3)], is_partial=False, before=[None, 90])

    assert [(bar.before, bar.before_y >= TOP) for bar in drawn.bars] == [(None, True), (90, True)]
    assert drawn.ticks[-1] == (TOP, "100")
    assert drawn.compares
    assert not chart([("2026-01", 4, 3)], is_partial=False).compares
