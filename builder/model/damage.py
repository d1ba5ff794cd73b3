"""Which cells are known to be wrong, so that what follows from them is not told as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

__all__ = ["Cell", "Damage", "Mask"]

Cell = tuple[str, str]
"""Resource and column."""

Mask = npt.NDArray[np.bool_]
"""One value a row of a typed table."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Cells that have a finding already.

    `masks`: resource and column → whether the cell of each row is wrong, of those columns alone that have such cells.
    `lost`: resource → how many of its rows could not be read, of those that have such rows. `odd`: cells of which it
    was only asked whether they are right.
    """

    masks: Mapping[Cell, Mask] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    odd: Mapping[Cell, Mask] = field(default_factory=dict)

    def rows(self, resource: str, columns: Iterable[str]) -> Mask | None:
        """Return in which rows any of the columns is wrong; None where none is."""
        found = [mask for name in columns if (mask := self.masks.get((resource, name))) is not None]
        return np.logical_or.reduce(found) if found else None

    def without(self, cells: Mapping[Cell, Mask]) -> Damage:
        """Return the same without `cells`."""
        masks = {place: mask & ~cells[place] if place in cells else mask for place, mask in self.masks.items()}
        return replace(self, masks={place: mask for place, mask in masks.items() if mask.any()})

    def losing(self, resource: str) -> Damage:
        """Return the same with one more row of a table that is not there."""
        return replace(self, lost={**self.lost, resource: self.lost.get(resource, 0) + 1})

    def joined(self, resource: str, columns: Iterable[str], rows: npt.ArrayLike, count: int) -> Damage:
        """Return the same with `rows` of these columns wrong as well; `count`: all rows of the table."""
        masks = dict(self.masks)
        for name in columns:
            known = masks.get((resource, name))
            mask = np.zeros(count, dtype=bool) if known is None else known.copy()
            mask[np.asarray(rows, dtype=np.int64)] = True
            masks[resource, name] = mask
        return replace(self, masks=masks)

    def doubting(self) -> Damage:
        """Return the same with the odd cells taken for wrong ones."""
        masks = dict(self.masks)
        for place, mask in self.odd.items():
            masks[place] = masks[place] | mask if place in masks else mask
        return replace(self, masks=masks)
