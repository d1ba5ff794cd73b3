"""Counts by grid, by every area above it and by branch: a parent is the sum of its children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from builder.frames.joined import compact, joined
from builder.model import Level, Tree
from builder.model.table import plain

__all__ = ["added_levels", "by_level", "with_areas"]


def by_level(
    frame: pd.DataFrame, tree: Tree, keys: list[str], counted: Sequence[str]
) -> Mapping[Level, pd.DataFrame]:
    """Sum `counted` over `frame` (columns grid_id, branch_id, keys, counted) by unit and `keys`.

    Returns for each level a frame of columns unit, *keys, *counted, sorted by unit and keys, text as category. Rows
    without a grid count for their branch only, rows without a branch for their grid and its areas only.
    """
    columns = list(counted)
    grid = summed(frame, "grid_id", keys, columns)
    pairs = pd.DataFrame(
        [(grid_id, area) for grid_id, areas in tree.areas_of.items() for area in areas],
        columns=["unit", "area"],
        dtype="str",
    )
    area = grid.merge(pairs, on="unit").drop(columns="unit")
    return {
        "grid": compact(grid),
        "area": compact(summed(area, "area", keys, columns)),
        "branch": compact(summed(frame, "branch_id", keys, columns)),
    }


def added_levels(
    parts: Sequence[Mapping[Level, pd.DataFrame]], keys: list[str], counted: Sequence[str]
) -> Mapping[Level, pd.DataFrame]:
    """Add up what `by_level` made of parts: a grid is in one of them, an area or a branch may be in many."""
    columns = list(counted)
    whole = {level: joined([part[level] for part in parts]) for level in parts[0]}
    return {
        level: frame if level == "grid" else compact(summed(frame, "unit", keys, columns))
        for level, frame in whole.items()
    }


def with_areas(
    frames: Mapping[Level, pd.DataFrame], within: Mapping[str, tuple[str, ...]], keys: list[str], counted: Sequence[str]
) -> Mapping[Level, pd.DataFrame]:
    """Return `frames` with rows more at level area: sums over grids, which lie in areas by `within` (grid_id → areas).

    `frames[level]`: unit, *keys, *counted.
    """
    pairs = [(grid, area) for grid, areas in within.items() for area in areas]
    above = pd.DataFrame(pairs, columns=["unit", "area"], dtype="str")
    found = plain(frames["grid"]).merge(above, on="unit").drop(columns="unit")
    area = pd.concat([plain(frames["area"]), summed(found, "area", keys, list(counted))])
    return {**frames, "area": compact(area.sort_values(["unit", *keys], ignore_index=True))}


def summed(frame: pd.DataFrame, unit: str, keys: list[str], columns: list[str]) -> pd.DataFrame:
    """Group by categories: hashing a million codes once is faster than once for every grouping."""
    groups = frame.groupby([unit, *keys], observed=True, sort=True)[columns]
    result = groups.sum().reset_index().rename(columns={unit: "unit"})
    texts = [name for name in ("unit", *keys) if isinstance(result[name].dtype, pd.CategoricalDtype)]
    return result.astype(dict.fromkeys(texts, "str"))
