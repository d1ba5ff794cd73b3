"""What is shown of a tree of counts, what is hidden, and beside it what."""

from __future__ import annotations

import time

import numpy as np
import pytest

from builder.control import protected, protected_pairs, revisable
from tests.attack.replay import added_up

# parents, values of the leaves and of what nodes have besides, labels of all: s shown, f fewer, w withheld
FLAT, CHAIN = [-1, 0, 0, 0, 0], [-1, 0, 1]
CASES = [
    ("nothing is small", FLAT, (6, 7, 8, 9), (), "sssss"),
    ("nothing is there", FLAT, (0, 0, 0, 0), (), "sssss"),
    ("a single child", [-1, 0], (3,), (), "ff"),
    ("a chain up to the root", CHAIN, (3,), (), "fff"),
    ("the others are zero", FLAT, (0, 3, 0, 0), (), "fsfss"),
    ("a small cell takes two with it, the first ones, of whatever size", FLAT, (3, 90, 60, 30), (), "sfwws"),
    ("two small cells take one", FLAT, (3, 2, 60, 30), (), "sffws"),
    ("one other is too little", [-1, 0, 0], (3, 90), (), "wfw"),
    ("small cells alone hide their sum", [-1, 0, 0], (3, 4), (), "wff"),
    ("small cells alone, and enough of them", [-1, *[0] * 8], (2, 3, 1, 4, 2, 3, 2, 2), (), "sffffffff"),
    ("cells nobody sees are cover enough", FLAT, (3, 60, 70, 80), (40,), "sfsss"),
    ("cells nobody sees that are few", [-1, 0], (3,), (1,), "ff"),
]


@pytest.mark.parametrize(("about", "parents", "leaves", "rest", "labels"), CASES)
def test_labels(
    about: str, parents: list[int], leaves: tuple[int, ...], rest: tuple[int, ...], labels: str
) -> None:
    parent = np.array(parents)
    at = [node for node in range(len(parent)) if node not in parents]
    own = np.arange(len(parent)) < len(rest)
    values = added_up((*leaves, *rest), (*at, *range(len(rest))), parent)

    assert "".join("sfw"[label] for label in protected(values, parent, 5, own=own)) == labels, about


def test_zeros_are_hidden_where_they_tell_something() -> None:
    parent = np.array(FLAT)
    values = added_up((0, 0, 40, 50), range(1, 5), parent)

    assert protected(values, parent, 5, zero_is_sensitive=True).tolist() == [0, 1, 1, 2, 0]


def test_the_order_of_hiding_is_that_of_the_caller() -> None:
    parent, order = np.array(FLAT), np.array([0, 0, 3, 2, 1])
    values = added_up((3, 90, 60, 30), range(1, 5), parent)

    assert protected(values, parent, 5, order=order).tolist() == [0, 1, 0, 2, 2]


def test_nodes_may_come_in_any_order() -> None:
    chance = np.random.default_rng(1)
    parent = np.array([-1, 0, 0, 1, 1, 1, 2, 2, 2, 2])
    values = added_up(chance.integers(0, 30, 7).tolist(), range(3, 10), parent)
    new = chance.permutation(10)
    moved_parent, moved = np.empty(10, np.int64), np.empty(10, np.int64)
    moved[new], moved_parent[new] = values, np.where(parent < 0, -1, new[parent])
    order = np.empty(10, np.int64)
    order[new] = np.arange(10)

    assert protected(moved, moved_parent, 5, order=order)[new].tolist() == protected(values, parent, 5).tolist()


@pytest.mark.parametrize(
    ("values", "parent", "k"),
    [
        ([5, 4], [-1, 0], 5),  # no sum
        ([-1], [-1], 5),
        ([1, 1], [1, 0], 5),  # a circle
        ([1, 1], [-1, 0], 3),  # “fewer” would be one or two
    ],
)
def test_what_is_no_table_is_refused(values: list[int], parent: list[int], k: int) -> None:
    with pytest.raises(ValueError, match=r"sum|itself|hides nothing"):
        protected(np.array(values), np.array(parent), k)


def test_more_ratings_than_closed_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="more is rated"):
        protected_pairs(np.array([5]), np.array([5]), np.array([-1]), np.array([9]), 5)


@pytest.mark.parametrize(
    ("first", "second", "upper", "labels"),
    [
        ((30, 20, 40), (9, 8, 7), (60, 50, 60), "ssss"),
        ((30, 20, 40), (2, 8, 17), (60, 50, 60), "wwww"),  # three are too few to hide one that is so large
        ((9, 20, 40), (2, 8, 17), (12, 60, 90), "swww"),
        ((0, 20, 40), (0, 8, 17), (0, 50, 60), "ssss"),
        ((30, 20, 40), (1, 2, 1), (60, 50, 60), "wwww"),
        ((3, 20, 40), (9, 8, 2), (12, 28, 42), "wwww"),  # all is rated: who is not satisfied is dissatisfied
    ],
)
def test_pairs_are_shown_together_or_not_at_all(
    first: tuple[int, ...], second: tuple[int, ...], upper: tuple[int, ...], labels: str
) -> None:
    parent = np.array([-1, 0, 0, 0])
    one, two, most = (added_up(part, (1, 2, 3), parent) for part in (first, second, upper))

    assert "".join("sfw"[label] for label in protected_pairs(one, two, parent, most, 5)) == labels


# each is decided otherwise when a bound of the rule is left out: too little is left to what is hidden
@pytest.mark.parametrize(
    ("parents", "k", "leaves", "labels"),
    [
        ([-1, 0, 0], 3, ((2, 2, 4), (2, 2, 4)), "www"),  # either side may be long, not both at once
        ([-1, 0, 0, 0], 2, ((1, 2, 3), (4, 2, 7), (2, 3, 6)), "wwww"),  # the first, not the smallest, goes with it
        ([-1, 0, 0, 1, 1, 1], 2, ((1, 0, 3), (3, 4, 9), (1, 0, 2), (1, 1, 3)), "wswwww"),  # room for what lies below
    ],
)
def test_pairs_that_little_is_left_to_hide_their_sum(
    parents: list[int], k: int, leaves: tuple[tuple[int, int, int], ...], labels: str
) -> None:
    parent = np.array(parents)
    at = [node for node in range(len(parent)) if node not in parents]
    first, second, closed = (added_up([leaf[side] for leaf in leaves], at, parent) for side in range(3))

    assert "".join("sfw"[label] for label in protected_pairs(first, second, parent, closed, k)) == labels


def test_a_small_change_of_the_whole_waits() -> None:
    parent = np.array([-1, 0, 0])
    old, new = np.array([40, 20, 20]), np.array([41, 21, 20])
    answer = revisable(old, protected(old, parent, 5), new, parent, 5)

    assert answer.status is None
    assert answer.in_the_way.tolist() == [0, 1]


def test_what_moved_below_a_total_is_hidden_from_then_on() -> None:
    parent = np.array([-1, 0, 0, 0])
    old, new = np.array([70, 20, 20, 30]), np.array([70, 22, 18, 30])
    answer = revisable(old, protected(old, parent, 5), new, parent, 5)

    assert answer.status is not None
    assert answer.status.tolist() == [0, 2, 2, 0]
    again = revisable(new, answer.status, new, parent, 5)
    assert again.status is not None
    assert again.status.tolist() == [0, 2, 2, 0], "what was hidden stays hidden"


def test_a_correction_of_many_is_published() -> None:
    parent = np.array([-1, 0, 0])
    old, new = np.array([40, 20, 20]), np.array([46, 26, 20])
    answer = revisable(old, protected(old, parent, 5), new, parent, 5)

    assert answer.status is not None
    assert answer.status.tolist() == [0, 0, 0]


def test_a_district_of_ten_thousand_grids_takes_a_moment() -> None:
    chance = np.random.default_rng(1)
    communities, grids = chance.integers(1, 151, 1349), chance.integers(151, 1500, 10_000)
    parent = np.array([-1, *[0] * 150, *communities.tolist(), *grids.tolist()])
    tables = [
        added_up(chance.negative_binomial(1, 1 / (1 + mean), 10_000).tolist(), range(1500, 11_500), parent)
        for mean in (0.3, 1, 3)
    ]
    begun = time.process_time()
    for values in tables:
        protected(values, parent, 5)

    assert time.process_time() - begun < 1.5  # 0.2 s; a build has eight quarters of these
