"""Where everything hangs: areas, the grids in them, and who answers for a grid on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    """

    tops: tuple[str, ...]
    parent: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    grids: Mapping[str, tuple[str, ...]]
    areas_of: Mapping[str, tuple[str, ...]]
    responsible: Mapping[str, str]

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


@dataclass(frozen=True, slots=True)
class Scope:
    """What all figures of a build have in common. `months`: those of `period` in order, as 2026-03."""

    as_of: date
    period: Period
    months: tuple[str, ...]
    tree: Tree
    settings: Settings

    def only(self, shard: Shard) -> Scope:
        """Return the same scope over the tree of a shard."""
        return Scope(self.as_of, self.period, self.months, self.tree.only(shard), self.settings)
