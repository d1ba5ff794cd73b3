"""The demonstration's tables, attacked: counted categories to the grid, protected ones to the community, ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from builder.control import Status, protected, protected_pairs, revisable
from builder.demo import Plan, write
from builder.subjects import SUBJECTS
from tests.attack.adversary import Knowledge, tells_of_few
from tests.attack.published import breaches, tell_pairs, tell_table
from tests.attack.tables import Table, counts, ratings, read_cases, read_places
from tests.attack.utility import COUNTED, PROTECTED, by_tau_argus, cost, ours

K = 5


def demonstration(folder: Path, grids: int, cases: int) -> Path:
    plan = Plan(grids=grids, cases=cases, seed=5, as_of=date(2026, 10, 31))
    write(folder / "private", areas=None, template=Path(__file__).parents[2] / "datasets", plan=plan, subjects=SUBJECTS)
    return folder / "private"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration(tmp_path_factory.mktemp("small"), 160, 3000)


def tables(folder: Path) -> Iterator[Table]:
    rows, places = read_cases(folder), read_places(folder)
    yield from counts(rows, places, COUNTED, with_grids=True)
    yield from counts(rows, places, PROTECTED, with_grids=False)


def attack(table: Table) -> list[object]:
    knowledge = Knowledge()
    promises = tell_table(knowledge, table.item, table.values, ours(table), table.places.parent, K)
    return list(breaches(knowledge, promises))


def test_counts_of_a_quarter_keep_what_their_labels_promise(small: Path) -> None:
    last = max(table.quarter for table in tables(small))
    chosen = [table for table in tables(small) if table.quarter == last]

    assert len(chosen) == 6
    assert [found for table in chosen for found in attack(table)] == []


def attacked_ratings(folder: Path) -> int:
    """Attack every quarter's ratings; return how many pairs are shown."""
    shown = 0
    for first, second, closed in ratings(read_cases(folder), read_places(folder), ("满意", "基本满意")):
        parent = first.places.parent
        status = protected_pairs(first.values, second.values, parent, closed.values, K)
        knowledge = Knowledge()
        promises = tell_pairs(knowledge, first.values, second.values, status, parent, closed.values, K)
        assert breaches(knowledge, promises) == []
        shown += int(np.count_nonzero((status == Status.SHOWN) & (closed.values > 0)))
    return shown


def test_ratings_keep_every_small_side(small: Path) -> None:
    assert attacked_ratings(small) > 0


def test_tau_argus_runs_beside_and_promises_less(small: Path) -> None:
    table = max(tables(small), key=lambda table: int(np.count_nonzero(table.values)))
    theirs = cost([table], lambda one: by_tau_argus(one, "FREQ(5,20)"))
    own = cost([table], ours)

    assert own.narrowed == 0 < theirs.narrowed
    assert theirs.small <= theirs.hidden <= own.hidden


def test_a_month_later_a_closed_quarter_is_the_same_and_a_correction_tells_of_nobody(small: Path) -> None:
    """Two releases: one case moves to another street, seven come late: what was published changes safely."""
    quiet = max(tables(small), key=lambda table: int(table.values.sum()))
    table = replace(quiet, values=quiet.values * 12)
    parent = table.places.parent
    status = protected(table.values, parent, K)
    grids = np.flatnonzero(table.places.is_grid)
    street = parent[parent[grids]]
    told = grids[(status[street] == Status.SHOWN) & (table.values[grids] > 0)]
    own = np.zeros(len(parent), np.int64)
    own[told[0]], own[told[-1]], own[grids[5]] = -1, 1, 7
    new = table.values + table.places.upwards(own)
    answer = revisable(table.values, status, new, parent, K)

    assert answer.status is not None
    knowledge = Knowledge()
    promises = tell_table(knowledge, "old", table.values, status, parent, K)
    promises |= tell_table(knowledge, "new", new, answer.status, parent, K)
    assert breaches(knowledge, promises) == []
    both = np.flatnonzero((status == Status.SHOWN) & (answer.status == Status.SHOWN))
    assert {abs(int(new[node] - table.values[node])) for node in both} <= {0, 6, 7, 8}
    plainly = Knowledge()  # as if the new table were published by itself
    tell_table(plainly, "old", table.values, status, parent, K)
    tell_table(plainly, "new", new, protected(new, parent, K), parent, K)
    for node in range(len(parent)):
        plainly.learn_difference(("change", node), ("new", node), ("old", node))
    changes = plainly.intervals([("change", node) for node in range(len(parent))])
    assert any(tells_of_few(found, K) for _, found in changes)


@pytest.mark.nightly
def test_every_table_of_the_whole_demonstration_keeps_what_its_labels_promise(tmp_path: Path) -> None:
    folder = demonstration(tmp_path, 370, 20_000)

    assert [found for table in tables(folder) for found in attack(table)] == []
    assert attacked_ratings(folder) > 20
