"""Where a branch lies: in one area, the smallest that has all the grids which it, or a branch under it, answers for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from builder.model import Tree, ancestry

__all__ = ["homes"]


def homes(tree: Tree, parents: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return branch_id → the areas that it lies in, the topmost first; a branch without a grid has no entry.

    `parents`: branch_id → the branch above it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for grid, responsible in tree.responsible.items():
        areas = tree.areas_of.get(grid, ())
        for branch in ancestry(parents, responsible):
            found[branch] = common(found.get(branch, areas), areas)
    return found


def common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Return what two paths begin with."""
    return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
