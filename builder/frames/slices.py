"""Published tables grid by grid: which tables have rows of a grid, and these rows as CSV files of the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.frames.written import BATCH, write_parts
from builder.model import PublishedTables

__all__ = ["slices", "write_slices"]

COLUMN, PLACES = "grid_id", ("grid", "grid_area", "branch_grid")
"""The column that says where a row belongs, and the tables that say no more of a grid than its page does."""


def placed(tables: PublishedTables) -> Iterator[str]:
    """Yield the tables whose rows lie in grids, in the package's order."""
    yield from (name for name, frame in tables.frames.items() if COLUMN in frame and name not in PLACES)


def slices(tables: PublishedTables) -> Mapping[str, tuple[str, ...]]:
    """Return grid_id → the tables that have rows of it, in the package's order."""
    found: dict[str, tuple[str, ...]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # few different ones, which are sent to every worker
    for name in placed(tables):
        for grid in pd.unique(tables.frames[name][COLUMN].dropna()).tolist():
            longer = (*found.get(grid, ()), name)
            found[grid] = same.setdefault(longer, longer)
    return found


def write_slices(tables: PublishedTables, path: Callable[[str, str], Path]) -> None:
    """Write the rows of each grid to `path(grid, table)`, whose folder is there, in the order of the table."""
    for name in placed(tables):
        frame = tables.frames[name]
        places, grids = pd.factorize(frame[COLUMN])
        order = np.argsort(places, kind="stable")
        ends = np.searchsorted(places[order], np.arange(len(grids) + 1))
        for first, last in batches(ends):
            rows = frame.take(order[ends[first] : ends[last]])
            parts = [
                (path(str(grids[at]), name), int(ends[at] - ends[first]), int(ends[at + 1] - ends[first]))
                for at in range(first, last)
            ]
            write_parts(tables.resources[name], rows, parts)


def batches(ends: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the grids that are written together: as text a million rows are ten times as large."""
    first = 0
    while first < len(ends) - 1:
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + BATCH, side="right")) - 1)
        yield first, last
        first = last
