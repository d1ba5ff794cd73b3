"""Streets: parts of a package that are counted, and whose pages are made, without the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.model.measure import Level

__all__ = ["Shard", "Shards"]


@dataclass(frozen=True, slots=True)
class Shard:
    """Whole streets: the areas below and including them, their grids, and the branches at home there, by code.

    `name` says which, for people; it is "" for the rest: the areas above all streets, and branches that are at home
    in no street. The rest has no grids.
    """

    number: int
    name: str
    areas: tuple[str, ...]
    grids: tuple[str, ...]
    branches: tuple[str, ...]

    @property
    def is_rest(self) -> bool:
        """Whether this is what lies in no street."""
        return not self.name


@dataclass(frozen=True, slots=True)
class Shards:
    """Every grid, area and branch is in one shard. `every` is in order, the rest last; `owner[level]`: code → number.

    `elsewhere`: branch_id → the shards besides its own in which it answers for a grid. `top_grids`: grids that
    pages of the rest name: those in a topmost area itself, and those in an area of another tree.
    """

    every: Sequence[Shard]
    owner: Mapping[Level, Mapping[str, int]]
    elsewhere: Mapping[str, tuple[int, ...]]
    top_grids: frozenset[str]

    @property
    def streets(self) -> Sequence[Shard]:
        """All but the rest."""
        return self.every[:-1]

    @property
    def rest(self) -> Shard:
        """What lies in no street."""
        return self.every[-1]
