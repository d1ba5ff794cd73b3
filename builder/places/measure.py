"""What adds up over areas besides the subjects: grids, households, and the branches that answer for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.frames import count, records
from builder.model import PublishedTables, Tree
from builder.places.terms import PlacesPublished, ShownTerm

__all__ = ["PlaceFacts", "branches_by_area", "measure"]


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Sums over each area at any depth: `grid_count`, `households`, `branches` (those responsible, by code).

    `terms`: branch_id → its terms; `partners`: grid_id → branches that help there.
    `held` and `reported` as in `PlacesPublished`; the shard of a street has neither.
    """

    tree: Tree
    grid_count: Mapping[str, int]
    households: Mapping[str, int]
    branches: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, tuple[ShownTerm, ...]]
    partners: Mapping[str, tuple[str, ...]]
    held: Mapping[str, tuple[str, ...]] | None
    reported: Mapping[str, Mapping[str, int]]


def measure(published: PlacesPublished, tables: PublishedTables, tree: Tree) -> PlaceFacts:
    """Add up the tree, every grid once for each area above it."""
    known = {row["grid_id"]: count(row, "household_count") or 0 for row in records(tables["grid"])}
    grids = dict.fromkeys(tree.parent, 0)
    households = dict.fromkeys(tree.parent, 0)
    for grid, areas in tree.areas_of.items():
        for area in areas:
            grids[area] = grids.get(area, 0) + 1
            households[area] = households.get(area, 0) + known.get(grid, 0)
    return PlaceFacts(
        tree=tree,
        grid_count=grids,
        households=households,
        branches=branches_by_area(tree),
        terms=published.terms,
        partners=published.partners,
        held=published.held,
        reported=published.reported,
    )


def branches_by_area(tree: Tree) -> Mapping[str, tuple[str, ...]]:
    """Return area_id → the branches that answer for its grids, at any depth, by code."""
    found: dict[str, set[str]] = {area: set() for area in tree.parent}
    for grid, branch in tree.responsible.items():
        for area in tree.areas_of.get(grid, ()):
            found.setdefault(area, set()).add(branch)
    return {area: tuple(sorted(branches)) for area, branches in found.items()}
