"""What adds up over areas besides the subjects: grids, households, and the branches that answer for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.frames import count, records
from builder.model import PublishedTables, Tree
from builder.places.terms import PlacesPublished, ShownTerm

__all__ = ["PlaceFacts", "measure"]


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Sums over each area at any depth: `grid_count`, `households`, `branches` (those responsible, by code).

    `terms`: branch_id → its terms; `partners`: grid_id → branches that help there.
    """

    tree: Tree
    grid_count: Mapping[str, int]
    households: Mapping[str, int]
    branches: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, tuple[ShownTerm, ...]]
    partners: Mapping[str, tuple[str, ...]]


def measure(published: PlacesPublished, tables: PublishedTables, tree: Tree) -> PlaceFacts:
    """Add up the tree, every grid once for each area above it."""
    known = {row["grid_id"]: count(row, "household_count") or 0 for row in records(tables["grid"])}
    grids = dict.fromkeys(tree.parent, 0)
    households = dict.fromkeys(tree.parent, 0)
    branches: dict[str, set[str]] = {area: set() for area in tree.parent}
    for grid, areas in tree.areas_of.items():
        for area in areas:
            grids[area] = grids.get(area, 0) + 1
            households[area] = households.get(area, 0) + known.get(grid, 0)
            if grid in tree.responsible:
                branches.setdefault(area, set()).add(tree.responsible[grid])
    return PlaceFacts(
        tree=tree,
        grid_count=grids,
        households=households,
        branches={area: tuple(sorted(found)) for area, found in branches.items()},
        terms=published.terms,
        partners=published.partners,
    )
