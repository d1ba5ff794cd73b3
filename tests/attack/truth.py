"""What the private package holds of the cells that a reader asks about: only to see that the reader is not mistaken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from tests.attack.adversary import Interval
from tests.attack.reader import PAIR, RECEIVED, Cell, Places, Reader, limits_of, per_place, places_of, rows, within

GOOD = ("满意", "基本满意")


class Truth:
    """The cases of a private package, as they stand."""

    def __init__(self, folder: Path) -> None:
        self.places: Places = places_of(folder)
        case, (_, _, levels) = rows(folder / "case.csv"), limits_of(folder)
        self.void = case[case["is_void"] == "是"]
        counts = case[case["is_void"] != "是"]
        is_placed = counts["grid_id"].isin(self.places.grids) & counts["category_id"].isin(levels)
        self.placed, self.unplaced = counts[is_placed], counts[~is_placed]
        self.listed = self.placed[self.placed["category_id"].map(levels) == "itemised"]
        self._known = lru_cache(maxsize=None)(self._count)

    def _rows(self, measure: str, item: str) -> tuple[pd.DataFrame, str]:
        if measure == RECEIVED:
            return self.placed[self.placed["category_id"] == item], "received_date"
        if measure in PAIR:
            rated = self.listed[self.listed["satisfaction"] != ""]
            is_good = rated["satisfaction"].isin(GOOD)
            return rated[is_good if measure == "satisfied" else ~is_good], "resolved_date"
        if measure == "petition":
            return self.listed[self.listed["petition_kind"] == item], "received_date"
        return {"void": self.void, "unplaced": self.unplaced}[measure], "received_date"

    def _count(self, measure: str, item: str, period: str) -> Mapping[str, int]:
        found, day = self._rows(measure, item)
        inside = within(found, day, period)
        known = per_place(self.places, inside["grid_id"])
        if measure in ("void", "unplaced") and len(self.places.tops) == 1:
            known[self.places.tops[0]] = len(inside)
        return known

    def of(self, cell: Cell) -> int | None:
        """Return what a cell is in truth; None for one that is of no case, or that was resolved by some day."""
        measure, item, period, _, place = cell
        if measure not in (RECEIVED, *PAIR, "petition", "void", "unplaced") or place not in self.places.above:
            return None
        return self._known(measure, item, period)[place]

    def mistakes(self, reader: Reader, cells: Iterable[Cell]) -> Iterator[tuple[Cell, Interval, int]]:
        """Yield the cells of which a reader believes what is not so."""
        for cell, (low, high) in reader.intervals(cells):
            value = self.of(cell)
            if value is not None and not low <= value <= high:
                yield cell, (low, high), value
