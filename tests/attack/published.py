"""What published tables tell an adversary: cells, labels and the tree; and what it must not come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.control import Status
from tests.attack.adversary import ANY, Cell, Interval, Knowledge, breached

Values = npt.NDArray[np.int64]
Promise = tuple[Interval, float]  # values that must stay possible, and how far they must span


def promise(label: int | str, k: int, lowest: int = 1) -> Promise:
    """Return what a label promises."""
    if label in (Status.FEWER, "fewer"):
        return (float(lowest), k - 1.0), k - 1.0 - lowest
    assert label in (Status.WITHHELD, "withheld"), label
    return (np.inf, -np.inf), float(k)


def tell_table(
    knowledge: Knowledge, name: Cell, values: Values, status: npt.NDArray[np.int8], parent: Values, k: int,
    *, lowest: int = 1, own: npt.NDArray[np.bool_] | None = None,
) -> dict[Cell, Promise]:  # fmt: skip
    """Tell what a table on a tree shows; return what is promised of each hidden cell, which is (name, node)."""
    promises: dict[Cell, Promise] = {}
    below: dict[int, list[Cell]] = defaultdict(list)
    for node, (value, label, above) in enumerate(zip(values.tolist(), status.tolist(), parent.tolist(), strict=True)):
        cell = (name, node)
        if label == Status.SHOWN:
            knowledge.learn(cell, value, value)
        else:
            knowledge.learn(cell, *(promise(label, k, lowest)[0] if label == Status.FEWER else ANY))
            promises[cell] = promise(label, k, lowest)
        if above >= 0:
            below[above].append(cell)
    for node, cells in below.items():
        if own is not None and own[node]:
            knowledge.learn((name, node, "own"), *ANY)
            cells.append((name, node, "own"))
        knowledge.learn_sum((name, node), cells)
    return promises


def tell_pairs(
    knowledge: Knowledge, first: Values, second: Values, status: npt.NDArray[np.int8], parent: Values, upper: Values,
    k: int,
) -> dict[Cell, Promise]:  # fmt: skip
    """Tell what a table of pairs shows, and the count above; return what is promised of each hidden side."""
    promises: dict[Cell, Promise] = {}
    free = _outside_shown_pairs(upper, status, parent)
    for name, values in (("first", first), ("second", second), ("rest", upper - first - second)):
        tell_table(knowledge, name, values, np.where(status == Status.SHOWN, 0, Status.WITHHELD), parent, k)
    for node, most in enumerate(upper.tolist()):
        knowledge.learn(("upper", node), most, most)
        knowledge.learn_sum(("upper", node), [(name, node) for name in ("first", "second", "rest")])
        if status[node] != Status.SHOWN:
            for name, value in (("first", first[node]), ("second", second[node])):
                wanted = (0.0, float(min(k - 1, most))) if value < k else (np.inf, -np.inf)
                promises[name, node] = wanted, float(min(k, free[node]))
    return promises


def _outside_shown_pairs(upper: Values, status: npt.NDArray[np.int8], parent: Values) -> list[int]:
    """Return how many closed cases of each node lie in no shown pair at or below it."""
    leaf = ~np.isin(np.arange(len(parent)), parent)
    free = [0] * len(parent)
    for node in np.flatnonzero(leaf).tolist():
        at = node
        while at >= 0 and status[at] != Status.SHOWN:
            free[at] += int(upper[node])
            at = int(parent[at])
    return free


def tell_files(
    knowledge: Knowledge, counts: Path, area: Path, grid: Path, k: int,
    *, by_grid: Collection[str], zero_is_sensitive: Collection[str] = (), release: str = "",
) -> dict[Cell, Promise]:  # fmt: skip
    """Tell what published files show: `counts` is quarter, place_id, item, count, status; a row that is absent is zero.

    Items of `by_grid` are published down to the grids, others down to the lowest areas. A cell is
    (release, quarter, item, place); frozen quarters of two releases are the same cells if both are told as one release.
    """
    rows = pd.read_csv(counts, dtype=str, keep_default_na=False)
    areas = pd.read_csv(area, dtype=str, keep_default_na=False)
    grids = pd.read_csv(grid, dtype=str, keep_default_na=False)
    tree = list(zip(areas["area_id"], areas["parent_id"], strict=True))
    leaves = list(zip(grids["grid_id"], grids["area_id"], strict=True))
    promises: dict[Cell, Promise] = {}
    for (quarter, item), table in rows.groupby(["quarter", "item"]):
        places = tree + leaves if item in by_grid else tree
        printed = dict(zip(table["place_id"], zip(table["count"], table["status"], strict=True), strict=True))
        assert printed.keys() <= {place for place, _ in places}, f"{item}: a place that it should not be counted for"
        lowest = 0 if item in zero_is_sensitive else 1
        below: dict[Cell, list[Cell]] = defaultdict(list)
        for place, above in places:
            cell, (count, status) = (release, quarter, item, place), printed.get(place, ("0", ""))
            below[release, quarter, item, above].append(cell)
            if not status:
                knowledge.learn(cell, int(count), int(count))
                continue
            assert not count, f"{cell} is hidden and printed"
            promises[cell] = promise(status, k, lowest)
            knowledge.learn(cell, *(promises[cell][0] if status == "fewer" else ANY))
        for whole, parts in below.items():
            if whole in knowledge.bounds:
                knowledge.learn_sum(whole, parts)
    return promises


def breaches(knowledge: Knowledge, promises: dict[Cell, Promise], cells: Iterable[Cell] = ()) -> list[Cell]:
    """Return the cells of which a reader knows more than was promised."""
    wanted: Sequence[Cell] = [*(cells or promises)]
    narrow = max((span for _, span in promises.values()), default=0) + 1
    return [cell for cell, found in knowledge.intervals(wanted, narrow) if breached(found, *promises[cell])]
