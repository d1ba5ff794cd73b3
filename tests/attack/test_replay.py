"""No table that is small enough to try everything tells more than its labels to somebody who has the program too."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest

from builder.control import Status, protected, protected_pairs, revisable
from tests.attack.replay import Values, added_up, sums_up_to, told_by_the_program

FLAT, CHAIN, TWO, MIXED = [-1, 0, 0, 0], [-1, 0, 1, 1, 1], [-1, 0, 0, 1, 1, 2, 2], [-1, 0, 0, 1, 1, 1]

# the tree, its nodes that have more than their children, k, whether zeros are sensitive, how many in all
QUICK = [
    (FLAT, [], 4, False, 32),
    (FLAT, [], 3, True, 28),
    (CHAIN, [], 4, False, 30),
    ([-1, 0], [], 4, False, 40),
    ([-1, 0, 1], [], 3, True, 40),
    ([-1, 0, 0], [0], 4, False, 30),
    ([-1, 0, 1], [0, 1], 4, False, 30),
    ([-1, 0, 1, 1], [1], 3, True, 26),
    ([-1, *[0] * 6], [], 2, True, 11),
    ([-1, 0, 0, 1, 1, 1, 2, 2], [], 2, True, 12),
    ([-1, 0, 1, 0, 1, 1, 1], [], 3, True, 15),
]
LONG: list[tuple[list[int], list[int], int, bool, int]] = [
    ([-1, 0, 0, 0, 0], [], 4, False, 36),
    (TWO, [], 4, False, 34),
    (TWO, [], 3, True, 32),
    (MIXED, [], 4, False, 36),
    ([-1, 0, 0, 1, 2, 2], [], 4, False, 44),
    ([-1, 0, 1, 2, 2, 0], [], 4, False, 44),
    ([-1, *[0] * 7], [], 2, True, 12),
    ([-1, 0, 0, 1, 1, 1, 2, 2, 2], [], 2, True, 14),
    ([-1, 0, 0, 0, 1, 1, 2, 2, 3, 3], [], 2, True, 14),
    ([-1, 0, 0, *[1] * 6], [], 2, True, 14),
    ([-1, 0, 1, 2, 2, 1, 1, 0, 0], [], 2, True, 14),
]


def tell(tree: list[int], own: list[int], k: int, zero_is_sensitive: bool, most: int) -> tuple[int, list[str]]:
    parent = np.array(tree)
    is_open = np.isin(np.arange(len(parent)), own)
    publish = partial(protected, parent=parent, k=k, zero_is_sensitive=zero_is_sensitive, own=is_open)
    return told_by_the_program(publish, parent, own, k, 0 if zero_is_sensitive else 1, most)


@pytest.mark.parametrize(("tree", "own", "k", "zero_is_sensitive", "most"), QUICK)
def test_a_tree_tells_no_more_than_its_labels(
    tree: list[int], own: list[int], k: int, zero_is_sensitive: bool, most: int
) -> None:
    publications, told = tell(tree, own, k, zero_is_sensitive, most)

    assert publications > 30
    assert told == []


@pytest.mark.nightly
@pytest.mark.parametrize(("tree", "own", "k", "zero_is_sensitive", "most"), LONG)
def test_a_larger_tree_tells_no_more_than_its_labels(
    tree: list[int], own: list[int], k: int, zero_is_sensitive: bool, most: int
) -> None:
    assert tell(tree, own, k, zero_is_sensitive, most)[1] == []


# ── planted: rules that look right ───────────────────────────────────────────────────────────────


def hidden_if_small(values: Values, k: int) -> npt.NDArray[np.int8]:
    return np.where((values > 0) & (values < k), Status.FEWER, Status.SHOWN).astype(np.int8)


def with_the_smallest_beside(values: Values, k: int) -> npt.NDArray[np.int8]:
    """Hide small leaves, and the smallest others until there are three and the total is 2k more than they must be."""
    status = hidden_if_small(values, k)
    for node in np.argsort(values[1:], kind="stable") + 1:
        hidden = np.flatnonzero(status)
        if not len(hidden) or (len(hidden) > 2 and values[hidden].sum() >= len(hidden) + 2 * k):
            break
        if values[node] >= k:
            status[node] = Status.WITHHELD
    return status


@pytest.mark.parametrize("publish", [hidden_if_small, with_the_smallest_beside])
def test_a_rule_that_shows_what_it_decided_by_is_caught(publish: Callable[..., npt.NDArray[np.int8]]) -> None:
    assert told_by_the_program(partial(publish, k=4), np.array(FLAT), [], 4, 1, 30)[1] != []


# ── pairs ────────────────────────────────────────────────────────────────────────────────────────

PAIRS = [
    ([-1, 0, 0], 2, (9, 9)),
    ([-1, 0, 0], 2, (5, 11)),
    ([-1, 0], 2, (9,)),
    ([-1, 0, 0, 0], 2, (2, 4, 6)),
    ([-1, 0, 0, 0], 2, (0, 8, 8)),
    ([-1, 0, 0, 1], 2, (11, 8)),
    ([-1, 0, 0, 0, 0], 2, (3, 3, 2, 3)),
    ([-1, *[0] * 5], 2, (2, 2, 2, 1, 2)),
    ([-1, 0, 0, 0], 2, (3, 7, 6)),
    ([-1, 0, 0, 1, 1], 2, (2, 6, 4)),
]
LONG_PAIRS = [
    ([-1, 0, 0, 0], 2, (6, 6, 6)),
    ([-1, 0, 0, 1, 1], 2, (5, 6, 7)),
    ([-1, 0, 0], 3, (14, 14)),
    ([-1, 0, 0], 2, (14, 14)),
    ([-1, 0, 0, 1, 1, 2, 2], 2, (3, 3, 3, 3)),
]


def told_by_pairs(tree: list[int], k: int, closed: tuple[int, ...]) -> list[str]:
    parent = np.array(tree)
    at = [node for node in range(len(tree)) if node not in tree]
    upper = added_up(closed, at, parent)
    seen: dict[bytes, list[tuple[Values, Values]]] = defaultdict(list)
    for pairs in itertools.product(*(list(sums_up_to(2, most)) for most in closed)):
        first, second = (added_up([pair[side] for pair in pairs], at, parent) for side in (0, 1))
        is_shown = protected_pairs(first, second, parent, upper, k) == Status.SHOWN
        seen[np.where(is_shown, [first, second], -1).tobytes()].append((first, second))
    told = []
    for print_, alike in seen.items():
        shown = np.frombuffer(print_, np.int64).reshape(2, -1)
        for node, side in itertools.product(np.flatnonzero(shown[0] < 0), (0, 1)):
            possible = {int(table[side][node]) for table in alike}
            small = set(range(min(k, int(upper[node]) + 1)))
            if max(possible) - min(possible) < min(k, upper[node]) or (small & possible and not small <= possible):
                told.append(f"{alike[0]}: side {side} of {node} is one of {possible}")
    return told


@pytest.mark.parametrize(("tree", "k", "closed"), PAIRS)
def test_pairs_tell_no_more_than_that_they_are_hidden(tree: list[int], k: int, closed: tuple[int, ...]) -> None:
    assert told_by_pairs(tree, k, closed) == []


@pytest.mark.nightly
@pytest.mark.parametrize(("tree", "k", "closed"), LONG_PAIRS)
def test_larger_pairs_tell_no_more_than_that_they_are_hidden(
    tree: list[int], k: int, closed: tuple[int, ...]
) -> None:
    assert told_by_pairs(tree, k, closed) == []


# ── revisions ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.nightly
def test_what_a_corrected_table_tells_to_somebody_who_has_the_program_is_never_a_value() -> None:
    parent, k = np.array(FLAT), 4
    tables = [added_up(parts, (1, 2, 3), parent) for parts in sums_up_to(3, 18)]
    for old in (added_up(parts, (1, 2, 3), parent) for parts in ((2, 7, 9), (5, 6, 7), (0, 8, 8), (1, 1, 12))):
        status = protected(old, parent, k)
        seen: dict[bytes, list[Values]] = defaultdict(list)
        for new in tables:
            answer = revisable(old, status, new, parent, k).status
            if answer is not None:
                seen[np.where(answer == Status.SHOWN, new, -1 - answer).tobytes()].append(new)
        for alike in seen.values():
            answer = revisable(old, status, alike[0], parent, k).status
            assert answer is not None
            if alike[0][0] <= 10:
                for node in np.flatnonzero(answer):
                    assert len({int(values[node]) for values in alike}) > 1, (old, answer, alike)
