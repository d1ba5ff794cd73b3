"""Frames by shard: each frame is looked at once, whatever the number of shards, and a piece is made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.model import Level, Shards, Status

__all__ = ["Pieces", "cut", "cut_mapping", "cut_rows", "parted"]

Ints = npt.NDArray[np.int64]
V = TypeVar("V")

Pieces: TypeAlias = Callable[[int], pd.DataFrame]
"""Number of a shard → the rows of a frame that it is made from, in the frame's order."""


def cut(frame: pd.DataFrame, shards: Shards, level: Level, column: str = "unit") -> Pieces:
    """Return the pieces of a frame of units, a shard's own; what has no unit of the tree goes to the rest.

    The rest gets a copy of what the pages of the whole show: every area, and the grids of the topmost ones.
    """
    rest = shards.rest.number
    numbers = owners(frame[column], shards.owner[level], rest)
    shown: Mapping[Level, Collection[str]] = {"area": shards.owner["area"], "grid": shards.top_grids, "branch": ()}
    more = np.flatnonzero((numbers != rest) & frame[column].isin(list(shown[level])).to_numpy())
    rows = np.concatenate([np.arange(len(frame)), more])
    return ordered(frame, rows, np.append(numbers, np.full(len(more), rest)), rest)


def parted(frame: pd.DataFrame, shards: Shards) -> Pieces:
    """Return the pieces of a frame with a column grid_id, each row in one of them: without a grid, in the rest's."""
    rest = shards.rest.number
    return ordered(frame, np.arange(len(frame)), owners(frame["grid_id"], shards.owner["grid"], rest), rest)


def cut_rows(frame: pd.DataFrame, shards: Shards) -> Pieces:
    """Return the pieces of a frame of rows (grid_id, branch_id, status).

    A row goes to where its grid lies, and to the home of its branch; without a grid, to the rest and wherever its
    branch answers for grids; one that is overdue, to the rest as well.
    """
    rest = shards.rest.number
    place = owners(frame["grid_id"], shards.owner["grid"], rest)
    nowhere = rest + 1
    home = owners(frame["branch_id"], shards.owner["branch"], nowhere)
    away = np.flatnonzero((home != place) & (home != nowhere))
    late = np.flatnonzero((frame["status"] == Status.OVERDUE).to_numpy() & (place != rest) & (home != rest))
    shared = np.flatnonzero(frame["grid_id"].isna().to_numpy())
    branches = frame["branch_id"].iloc[shared].tolist()
    spread = [(row, n) for row, branch in zip(shared, branches, strict=True) for n in shards.elsewhere.get(branch, ())]
    more = np.array(spread, dtype=np.int64).reshape(-1, 2)
    rows = np.concatenate([np.arange(len(frame)), away, late, more[:, 0]])
    numbers = np.concatenate([place, home[away], np.full(len(late), rest), more[:, 1]])
    return ordered(frame, rows, numbers, rest)


def cut_mapping(values: Mapping[str, V], owner: Mapping[str, int], count: int) -> Sequence[dict[str, V]]:
    """Return `values` (code → anything) by shard."""
    found: list[dict[str, V]] = [{} for _ in range(count)]
    for code, value in values.items():
        found[owner.get(code, count - 1)][code] = value
    return found


def owners(codes: pd.Series, owner: Mapping[str, int], unknown: int) -> Ints:
    """Return the shard of each row; `unknown` for a code that no shard owns, and for none."""
    places, values = pd.factorize(codes)
    numbers = np.array([*(owner.get(value, unknown) for value in values), unknown], dtype=np.int64)
    return numbers[places]


def ordered(frame: pd.DataFrame, rows: Ints, numbers: Ints, last: int) -> Pieces:
    """Return the pieces of a frame: the row `rows[i]` belongs to the shard `numbers[i]`, 0 … `last`."""
    order = np.lexsort((rows, numbers))
    bounds = np.searchsorted(numbers[order], np.arange(last + 2))
    rows = rows[order]

    def piece(number: int) -> pd.DataFrame:
        found = frame.take(rows[bounds[number] : bounds[number + 1]]).reset_index(drop=True)
        texts = [name for name in found if isinstance(found[name].dtype, pd.CategoricalDtype)]
        return found.assign(**{str(name): found[name].cat.remove_unused_categories() for name in texts})

    return piece
