"""The units of a table of counts: areas from the top down, and the grids below them, each a part of the one above."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.model import Tree

__all__ = ["Ints", "Units", "units"]

Ints = npt.NDArray[np.int64]


class Units(NamedTuple):
    """Codes, a parent before its children; the number of each one's parent, −1 for none; its level, 1 at the top.

    `lowest`: grid_id → the number of the lowest unit that it lies in.
    """

    codes: tuple[str, ...]
    parent: Ints
    level: Ints
    lowest: Mapping[str, int]

    def counts(self, grids: pd.Series) -> Ints:
        """Return how many of the cases, given by their grids, lie in each unit, whatever is below it included."""
        at = grids.map(self.lowest).dropna().astype(np.int64).to_numpy()
        found = np.bincount(at, minlength=len(self.codes)).astype(np.int64)
        for number in range(len(self.codes) - 1, -1, -1):
            if self.parent[number] >= 0:
                found[self.parent[number]] += found[number]
        return found

    @property
    def own(self) -> npt.NDArray[np.bool_]:
        """Which units have grids of their own beside the units below them."""
        found = np.zeros(len(self.codes), dtype=np.bool_)
        found[list(set(self.lowest.values()) & set(self.parent.tolist()))] = True
        return found

    def whole(self, values: Ints) -> tuple[Ints, Ints]:
        """Return parents and values, with one unit more for each that has grids of its own beside the units below it.

        It is printed nowhere, but whoever subtracts what lies below knows it: it needs the protection of the others.
        """
        at = np.flatnonzero(self.own)
        rest = values.copy()
        below = self.parent >= 0
        np.subtract.at(rest, self.parent[below], values[below])
        return np.concatenate((self.parent, at)), np.concatenate((values, rest[at]))

    @property
    def root(self) -> Ints:
        """The number of the topmost unit above each."""
        found = np.arange(len(self.codes))
        for number, parent in enumerate(self.parent):
            if parent >= 0:
                found[number] = found[parent]
        return found

    def below(self, roots: Collection[int]) -> tuple[Units, Ints]:
        """Return `roots` and all units below them, as trees of their own, and the number that each has here."""
        wanted = set(roots)
        new: dict[int, int] = {}
        for number, parent in enumerate(self.parent.tolist()):
            if number in wanted or parent in new:
                new[number] = len(new)
        at = np.array(list(new), dtype=np.int64)
        parent = [-1 if number in wanted else new[int(self.parent[number])] for number in new]
        lowest = {grid: new[number] for grid, number in self.lowest.items() if number in new}
        codes = tuple(self.codes[number] for number in new)
        return Units(codes, np.array(parent, dtype=np.int64), self.level[at], lowest), at


def units(tree: Tree, depth: int | None = None) -> Units:
    """Return the areas of a tree, `depth` levels of them from the top (None: all)."""
    codes: list[str] = []
    parent: list[int] = []
    levels: list[int] = []
    number: dict[str, int] = {}
    waiting = [(area, -1, 1) for area in tree.tops]
    for area, above, level in waiting:  # grows while it is walked
        number[area] = len(codes)
        codes.append(area)
        parent.append(above)
        levels.append(level)
        if depth is None or level < depth:
            waiting += [(child, number[area], level + 1) for child in tree.children.get(area, ())]
    lowest = {
        grid: inside[-1]
        for grid, path in tree.areas_of.items()
        if (inside := [number[area] for area in path if area in number])
    }
    return Units(tuple(codes), np.array(parent, dtype=np.int64), np.array(levels, dtype=np.int64), lowest)
