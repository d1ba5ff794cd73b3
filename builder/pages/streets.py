"""Every grid and every branch by the street that it lies in: how the lists of all grids are parted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.model import Tree
from builder.places import homes, street

__all__ = ["ByStreet", "by_street"]


class ByStreet(NamedTuple):
    """`grids`: street → its grids; `branches`: street → those that lie in it, "" → those that lie in none. All by code.

    `home`: branch → the smallest area that it lies in; a branch without a grid has none.
    """

    grids: Mapping[str, tuple[str, ...]]
    branches: Mapping[str, tuple[str, ...]]
    home: Mapping[str, str]


def by_street(tree: Tree, branch_parent: Mapping[str, str]) -> ByStreet:
    """Return what lies where in the main tree. `branch_parent`: branch → the one above it, "" for the topmost."""
    grids: dict[str, list[str]] = {}
    branches: dict[str, list[str]] = {}
    for grid, areas in sorted(tree.areas_of.items()):
        grids.setdefault(street(areas), []).append(grid)
    lying = homes(tree, branch_parent)
    for branch in sorted(branch_parent):
        branches.setdefault(next((area for area in lying.get(branch, ()) if area in grids), ""), []).append(branch)
    return ByStreet(
        {area: tuple(grids[area]) for area in sorted(grids)},
        {area: tuple(codes) for area, codes in branches.items()},
        {branch: areas[-1] for branch, areas in lying.items() if areas},
    )
