"""Where everything hangs: areas, the grids in them, and who answers for a grid on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from builder.model.measure import Level, Period
from builder.model.package import Settings
from builder.model.shard import Shard

__all__ = ["Scope", "Term", "Tree", "Unit", "ancestry"]


def ancestry(parent: Mapping[str, str], code: str) -> tuple[str, ...]:
    """Return `code` and all above it by `parent` (child → parent), the topmost first; ends where a circle begins."""
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        code = parent.get(code, "")
    return tuple(reversed(found))


class Unit(NamedTuple):
    """One grid, area or branch: what a figure is about."""

    level: Level
    code: str


class Term(NamedTuple):
    """A branch's time with a grid; `to_date` None while it lasts."""

    branch_id: str
    grid_id: str
    role: str
    is_responsible: bool
    from_date: date
    to_date: date | None


@dataclass(frozen=True, slots=True)
class Tree:
    """Who lies in whom and who answers for what, in codes alone.

    `areas_of`: grid_id → its areas from the top down. `children`: area_id → child areas; `grids`: area_id →
    grids directly in it (both by code). `responsible`: grid_id → branch_id at as_of (or at closing).
    `kind`: the kind of areas of a tree that is not the main one, "" for the main one.
    """

    tops: tuple[str, ...]
    parent: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    grids: Mapping[str, tuple[str, ...]]
    areas_of: Mapping[str, tuple[str, ...]]
    responsible: Mapping[str, str]
    kind: str = ""

    def path(self, area: str) -> tuple[str, ...]:
        """Return `area` and all areas above it, the topmost first; ends where a circle would begin."""
        return ancestry(self.parent, area)

    def only(self, shard: Shard) -> Tree:
        """Return the part of the tree that is a shard, with the areas above it by code; the rest keeps the whole."""
        if shard.is_rest:
            return self
        above = {code for area in shard.areas for code in self.path(area)}
        return Tree(
            tops=(),
            parent={area: self.parent[area] for area in sorted(above)},
            children={area: below for area in shard.areas if (below := self.children.get(area))},
            grids={area: below for area in shard.areas if (below := self.grids.get(area))},
            areas_of={grid: self.areas_of[grid] for grid in shard.grids},
            responsible={grid: self.responsible[grid] for grid in shard.grids if grid in self.responsible},
        )

    def naming(self, shard: Shard) -> Tree:
        """Return of a tree that is not the main one what pages of a street say: which areas its grids lie in."""
        if shard.is_rest:
            return self
        areas_of = {grid: self.areas_of[grid] for grid in shard.grids if grid in self.areas_of}
        return Tree((), {}, {}, {}, areas_of, {}, self.kind)


@dataclass(frozen=True, slots=True)
class Scope:
    """What all figures of a build have in common. `months`: those of `period` in order, as 2026-03.

    `tree`: the main tree, which totals, breadcrumbs and streets belong to. `others`: kind of areas → its tree, in the
    schema's order (docs/adr/0017).
    """

    as_of: date
    period: Period
    months: tuple[str, ...]
    tree: Tree
    settings: Settings
    others: Mapping[str, Tree] = field(default_factory=dict)

    def only(self, shard: Shard) -> Scope:
        """Return the same scope over the tree of a shard."""
        others = {kind: tree.naming(shard) for kind, tree in self.others.items()}
        return Scope(self.as_of, self.period, self.months, self.tree.only(shard), self.settings, others)

    def above(self, grid: str) -> tuple[str, ...]:
        """Return the areas of a grid, from the top down: those of the main tree, then those of the others."""
        trees = (self.tree, *self.others.values())
        return tuple(area for tree in trees for area in tree.areas_of.get(grid, ()))

    def within(self) -> Mapping[str, tuple[str, ...]]:
        """Return grid_id → its areas of all other trees, of the grids that lie in any."""
        found: dict[str, tuple[str, ...]] = {}
        for tree in self.others.values():
            for grid, areas in tree.areas_of.items():
                found[grid] = (*found.get(grid, ()), *areas)
        return found
