"""Counts by grid, by every area above it and by branch: a parent is the sum of its children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from builder.frames.joined import compact, joined
from builder.frames.sums import summed
from builder.model import Level, Tree
from builder.model.table import plain

__all__ = ["added_levels", "by_level", "by_unit", "lowest", "upward", "with_areas"]


def by_level(
    frame: pd.DataFrame, tree: Tree, keys: list[str], counted: Sequence[str]
) -> Mapping[Level, pd.DataFrame]:
    """Sum `counted` over `frame` (columns grid_id, branch_id, keys, counted) by unit and `keys`.

    Returns for each level a frame of columns unit, *keys, *counted, sorted by unit and keys, text as category. Rows
    without a grid count for their branch only, rows without a branch for their grid and its areas only.
    """
    grid = by_unit(frame, "grid_id", keys, counted)
    area = by_unit(grid.assign(unit=lowest(grid["unit"], tree)), "unit", keys, counted)
    return {
        "grid": grid,
        "area": upward(area, tree, keys, counted),
        "branch": by_unit(frame, "branch_id", keys, counted),
    }


def by_unit(frame: pd.DataFrame, unit: str, keys: Sequence[str], counted: Sequence[str]) -> pd.DataFrame:
    """Sum `counted` by the column `unit` and `keys`: columns unit, *keys, *counted."""
    return summed(frame, [unit, *keys], counted).rename(columns={unit: "unit"})


def lowest(grid: pd.Series, tree: Tree) -> pd.Series:
    """Return the area that each grid lies in directly, as category; NA for a grid that lies in none."""
    found = {code: areas[-1] for code, areas in tree.areas_of.items() if areas}
    return grid.map(found).astype("category")


def upward(areas: pd.DataFrame, tree: Tree, keys: Sequence[str], counted: Sequence[str]) -> pd.DataFrame:
    """Add up `areas` (unit, keys, counted: what lies in an area directly) for every area and those above it."""
    paths = {path[-1]: path for path in tree.areas_of.values() if path}
    pairs = [(area, above) for area, path in paths.items() for above in path]
    above = pd.DataFrame(pairs, columns=["unit", "area"], dtype="str")
    return by_unit(areas.merge(above, on="unit").drop(columns="unit"), "area", keys, counted)


def added_levels(
    parts: Sequence[Mapping[Level, pd.DataFrame]], keys: list[str], counted: Sequence[str]
) -> Mapping[Level, pd.DataFrame]:
    """Add up what `by_level` made of parts: a grid is in one of them, an area or a branch may be in many."""
    whole = {level: joined([part[level] for part in parts]) for level in parts[0]}
    return {
        level: frame if level == "grid" else by_unit(frame, "unit", keys, counted) for level, frame in whole.items()
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
    area = pd.concat([plain(frames["area"]), plain(by_unit(found, "area", keys, counted))])
    return {**frames, "area": compact(area.sort_values(["unit", *keys], ignore_index=True))}
