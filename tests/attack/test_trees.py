"""Tables of cases on trees, attacked with what they show and with what else is known; and leaks that must be found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from builder.control import Status, protected, protected_pairs, revisable
from tests.attack.adversary import Knowledge, breached, tells_of_few
from tests.attack.published import breaches, promise, tell_files, tell_pairs, tell_table
from tests.attack.replay import Values, added_up

K = 5


def a_tree(chance: np.random.Generator, size: int) -> tuple[Values, list[int]]:
    """Return parents of a random forest, and its leaves: chains, single children and lone roots among them."""
    above = [int(chance.integers(-1 if chance.random() < 0.1 else 0, node)) for node in range(1, size)]
    parent = np.array([-1, *above])
    return parent, [node for node in range(size) if node not in parent]


def some_counts(chance: np.random.Generator, number: int) -> list[int]:
    mean = chance.choice([0.4, 1.5, 4, 12])
    return [int(count) for count in chance.negative_binomial(1, 1 / (1 + mean), number)]


def attacked(seed: int) -> int:
    """Attack one random table; return how many cells of it are hidden."""
    chance = np.random.default_rng(seed)
    parent, leaves = a_tree(chance, int(chance.integers(2, 16)))
    k, zero_is_sensitive = [(4, False), (5, False), (5, True), (3, True), (7, False)][int(chance.integers(5))]
    own = np.isin(np.arange(len(parent)), parent) & (chance.random(len(parent)) < 0.2) if seed % 3 == 0 else None
    at = leaves if own is None else [*leaves, *np.flatnonzero(own).tolist()]
    values = added_up(some_counts(chance, len(at)), at, parent)
    status = protected(values, parent, k, zero_is_sensitive=zero_is_sensitive, own=own)
    lowest = 0 if zero_is_sensitive else 1

    small = np.isin(np.arange(len(parent)), leaves) & (values >= lowest) & (values < k)
    assert np.all(status[small] == Status.FEWER)
    assert not np.any((status == Status.SHOWN) & (values >= lowest) & (values < k))
    knowledge = Knowledge()
    promises = tell_table(knowledge, "table", values, status, parent, k, lowest=lowest, own=own)
    assert breaches(knowledge, promises) == [], (seed, parent, values, status)
    return int(np.count_nonzero(status))


def test_random_trees_keep_what_their_labels_promise() -> None:
    assert sum(attacked(seed) for seed in range(80)) > 150


@pytest.mark.nightly
def test_thousands_of_random_trees_keep_what_their_labels_promise() -> None:
    assert sum(attacked(seed) for seed in range(80, 4000)) > 8000


def test_integers_do_not_say_more_than_a_screen_does() -> None:
    """On one tree both are the same: where the screen finds a span, every integer in it is possible."""
    for seed in range(15):
        chance = np.random.default_rng(seed)
        parent, leaves = a_tree(chance, 9)
        values = added_up(some_counts(chance, len(leaves)), leaves, parent)
        knowledge = Knowledge()
        promises = tell_table(knowledge, 0, values, protected(values, parent, K), parent, K)
        screen = dict(knowledge.intervals(promises))
        assert screen == dict(knowledge.intervals(promises, narrow=100))


@pytest.mark.parametrize("seed", range(40))
def test_random_pairs_keep_every_small_side(seed: int) -> None:
    chance = np.random.default_rng(seed)
    parent, leaves = a_tree(chance, int(chance.integers(2, 14)))
    closed = chance.integers(0, chance.choice([6, 30, 120]), len(leaves))
    rated = chance.binomial(closed, 0.7)
    good = chance.binomial(rated, chance.choice([0.5, 0.85]))
    first, second, upper = (added_up(part.tolist(), leaves, parent) for part in (good, rated - good, closed))

    status = protected_pairs(first, second, parent, upper, K)

    assert not np.any((status == Status.SHOWN) & (np.minimum(first, second) < K) & (upper > 0))
    knowledge = Knowledge()
    promises = tell_pairs(knowledge, first, second, status, parent, upper, K)
    assert breaches(knowledge, promises) == []


# ── planted: what must be found ──────────────────────────────────────────────────────────────────

STREET = np.array([-1, 0, 0, 0, 1, 1, 1, 2, 2, 3])


def only_small(values: Values) -> npt.NDArray[np.int8]:
    return np.where((values > 0) & (values < K), Status.FEWER, Status.SHOWN).astype(np.int8)


@pytest.mark.parametrize(
    ("leaves", "found"),
    [
        ((3, 8, 9, 12, 6, 7), {4}),  # one small cell under a total
        ((4, 4, 9, 12, 6, 7), {4, 5}),  # two, as great as they can be
        ((9, 8, 9, 12, 6, 3), {3, 9}),  # a community of one grid, under a street that is shown
    ],
)
def test_without_complementary_suppression_the_hidden_follows(leaves: tuple[int, ...], found: set[int]) -> None:
    values, knowledge = added_up(leaves, range(4, 10), STREET), Knowledge()
    promises = tell_table(knowledge, 0, values, only_small(values), STREET, K)

    assert {cell[1] for cell in breaches(knowledge, promises)} == found  # type: ignore[index]
    knowledge = Knowledge()
    promises = tell_table(knowledge, 0, values, protected(values, STREET, K), STREET, K)
    assert breaches(knowledge, promises) == []


def test_a_single_child_that_is_hidden_under_a_shown_parent_is_found() -> None:
    parent, values, knowledge = np.array([-1, 0]), np.array([7, 7]), Knowledge()
    promises = tell_table(knowledge, 0, values, np.array([0, Status.WITHHELD], np.int8), parent, K)

    assert breaches(knowledge, promises) == [(0, 1)]


def test_a_total_over_categories_that_includes_a_protected_one_is_found() -> None:
    values, knowledge = added_up((3, 8, 9, 12, 6, 7), range(4, 10), STREET), Knowledge()
    status = protected(values, STREET, K)
    promises = tell_table(knowledge, "protected", values, status, STREET, K)
    tell_table(knowledge, "listed", values * 3, np.zeros(10, np.int8), STREET, K)
    assert breaches(knowledge, promises) == []

    tell_table(knowledge, "all", values * 4, np.zeros(10, np.int8), STREET, K)
    for node in range(10):
        knowledge.learn_sum(("all", node), [("protected", node), ("listed", node)])
    assert set(breaches(knowledge, promises)) == set(promises)


def test_a_median_over_two_tells_one_of_them_to_the_other() -> None:
    knowledge = Knowledge()
    for case in ("mine", "other"):
        knowledge.learn(case, 0, 365)
    knowledge.learn("twice the median", 24, 24)
    knowledge.learn_sum("twice the median", ["mine", "other"])
    assert dict(knowledge.intervals(["other"])) == {"other": (0, 24)}
    knowledge.learn("mine", 5, 5)
    assert dict(knowledge.intervals(["other"])) == {"other": (19, 19)}


def test_a_release_a_day_later_tells_what_came_in_that_day() -> None:
    values = added_up((8, 8, 9, 12, 6, 7), range(4, 10), STREET)
    later = added_up((9, 8, 9, 12, 6, 7), range(4, 10), STREET)
    knowledge = Knowledge()
    for day, table in (("today", values), ("tomorrow", later)):
        tell_table(knowledge, day, table, protected(table, STREET, K), STREET, K)
    for node in range(10):
        knowledge.learn_difference(("change", node), ("tomorrow", node), ("today", node))
    changes = dict(knowledge.intervals([("change", node) for node in range(10)]))

    assert {cell[1] for cell, found in changes.items() if tells_of_few(found, K)} == {0, 1, 4}  # type: ignore[index]


def test_ratings_are_told_by_the_count_of_closed_cases_unless_it_is_reckoned_with() -> None:
    parent = np.array([-1, 0, 0, 0])
    first, second, upper = np.array([30, 5, 12, 13]), np.array([4, 2, 1, 1]), np.array([34, 7, 13, 14])
    knowledge = Knowledge()
    promises = tell_pairs(knowledge, first, second, np.array([0, 2, 2, 2], np.int8), parent, upper, K)
    assert {cell[1] for cell in breaches(knowledge, promises)} == {1, 2, 3}  # type: ignore[index]

    knowledge = Knowledge()
    promises = tell_pairs(knowledge, first, second, protected_pairs(first, second, parent, upper, K), parent, upper, K)
    assert breaches(knowledge, promises) == []


# ── releases ─────────────────────────────────────────────────────────────────────────────────────


def corrections(seed: int) -> tuple[bool, list[str]]:
    """Correct a random table a little; return whether it may be published, and what both releases tell together."""
    chance = np.random.default_rng(seed)
    parent, leaves = a_tree(chance, int(chance.integers(3, 14)))
    before = np.array(some_counts(chance, len(leaves)))
    after = before.copy()
    after[chance.integers(0, len(leaves), 2)] += chance.choice([-3, -1, 1, 2, 6, 9], 2)
    if seed % 2 and len(leaves) > 1:  # what was counted in the wrong grid
        after, (source, target) = before.copy(), chance.choice(len(leaves), 2, replace=False)
        moved = min(int(chance.integers(1, 9)), int(after[source]))
        after[source] -= moved
        after[target] += moved
    old, new = (added_up(np.maximum(part, 0).tolist(), leaves, parent) for part in (before, after))
    status = protected(old, parent, K)
    answer = revisable(old, status, new, parent, K)
    if answer.status is None:
        return False, []
    knowledge = Knowledge()
    promises = tell_table(knowledge, "old", old, status, parent, K)
    promises |= tell_table(knowledge, "new", new, answer.status, parent, K)
    told = [f"{seed}: {cell}" for cell in breaches(knowledge, promises)]
    for node in range(len(parent)):
        knowledge.learn_difference(("change", node), ("new", node), ("old", node))
    both = (status == Status.SHOWN) & (answer.status == Status.SHOWN)
    changes = dict(knowledge.intervals([("change", node) for node in range(len(parent))]))
    for node in range(len(parent)):
        low, high = changes["change", node]
        if both[node] and 0 < abs(new[node] - old[node]) < K:
            told.append(f"{seed}: {node} changed by {new[node] - old[node]}")
        label = answer.status[node] or status[node]
        if not both[node] and breached((low, high), (np.inf, -np.inf), promise(label, K)[1]):
            told.append(f"{seed}: {node} changed by {low} to {high}")
    return True, told


def test_two_releases_together_tell_no_change_of_a_few() -> None:
    answers = [corrections(seed) for seed in range(60)]

    assert [line for _, told in answers for line in told] == []
    assert 15 < sum(may for may, _ in answers) < 55


# ── published files ──────────────────────────────────────────────────────────────────────────────


def test_files_are_read_as_a_reader_would(tmp_path: Path) -> None:
    (tmp_path / "area.csv").write_text("area_id,parent_id\n1,\n101,1\n102,1\n", encoding="utf-8")
    (tmp_path / "grid.csv").write_text("grid_id,area_id\n10101,101\n10102,101\n10201,102\n", encoding="utf-8")
    rows = ["1,D01,30,", "101,D01,12,", "102,D01,18,", "10101,D01,,fewer", "10102,D01,9,", "10201,D01,18,",
            "1,P01,,fewer", "101,P01,,fewer"]  # fmt: skip
    table = "\n".join(["quarter,place_id,item,count,status", *(f"2026Q1,{row}" for row in rows)])
    (tmp_path / "counts.csv").write_text(table, encoding="utf-8")
    knowledge = Knowledge()
    promises = tell_files(
        knowledge, tmp_path / "counts.csv", tmp_path / "area.csv", tmp_path / "grid.csv", K, by_grid={"D01"}
    )

    assert len(promises) == 3
    assert breaches(knowledge, promises) == [("", "2026Q1", "D01", "10101")]
    assert dict(knowledge.intervals(promises))["", "2026Q1", "D01", "10101"] == (3, 3)
