"""The defects of one file as findings, in the file's order, made when they are asked for."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from builder.model import Address, Finding, Resource, TextPart, letter
from builder.model.finding import Spot, spot
from builder.validate.cells import Defects
from builder.validate.words import finding, ragged

__all__ = ["FileDefects"]

MOST_KNOWN = 10_000
"""Sentences that are kept: the same text of the same column is told in the same words, and shares them."""


@dataclass(frozen=True, slots=True)
class FileDefects:
    """`defects`: each a field, a rule and the rows (ragged rows are the part's own). `part` is read for its place only.

    `positions`: field → position of its column in the file. `is_sure`: no private cell can be in the place of a public
    one: the file has no header that nobody knows, and its table no column that is not public.
    """

    resource: Resource
    part: TextPart
    positions: Mapping[str, str]
    defects: Sequence[Defects]
    is_sure: bool = True

    def __iter__(self) -> Iterator[Finding]:
        return self.made(self.defects, self.part.ragged)

    def spots(self) -> Counter[Spot]:
        """Return how many defects there are of each kind: those of one rule and field are told alike."""
        found: Counter[Spot] = Counter()
        for row, count in self.part.ragged[:1]:
            found[spot(ragged(self.resource, self.part, row, count))] += len(self.part.ragged)
        for item in self.defects:
            found[spot(self.finding(0, item))] += len(item.rows)
        return found

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` defects of each rule and field, in the file's order."""
        return self.made([item.first(limit) for item in self.defects], self.part.ragged[:limit])

    def made(self, defects: Sequence[Defects], uneven: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        """Make the findings row by row; `uneven`: row and number of cells of each ragged row."""
        short = (ragged(self.resource, self.part, row, count) for row, count in uneven)
        return heapq.merge(short, self.of_cells(defects), key=lambda item: item.address.row)

    def of_cells(self, defects: Sequence[Defects]) -> Iterator[Finding]:
        """Make the findings about cells row by row, and within a row in the order of the schema."""
        if not defects:
            return
        rows = np.concatenate([item.rows for item in defects])
        kinds = np.repeat(np.arange(len(defects)), [len(item.rows) for item in defects])
        places = np.concatenate([np.arange(len(item.rows)) for item in defects])
        known: dict[tuple[int, str], Finding] = {}
        for at in np.lexsort((kinds, rows)):
            kind, place = int(kinds[at]), int(places[at])
            key = (kind, str(defects[kind].cells[place].as_py()) if defects[kind].field else "")
            first = known.get(key)
            if first is None:
                if len(known) == MOST_KNOWN:
                    known.clear()
                first = known[key] = self.finding(place, defects[kind])
            row = int(defects[kind].rows[place])
            yield replace(first, address=first.address._replace(row=self.number(row)))

    def finding(self, place: int, defect: Defects) -> Finding:
        """Make the finding about one of the rows of a defect."""
        number = self.number(int(defect.rows[place]))
        if not defect.field:
            first = str(defect.cells[place].as_py()) if len(defect.cells) else ""
            return finding(self.resource.name, Address(self.part.path, number), None, defect.rule, first)
        address = Address(self.part.path, number, letter(int(self.positions[defect.field])))
        value = str(defect.cells[place].as_py())
        field = self.resource.schema[defect.field]
        return finding(self.resource.name, address, field, defect.rule, value, is_sure=self.is_sure)

    def number(self, row: int) -> int:
        """Return the row of the file that a row of the table is, as Excel counts."""
        return self.part.rows[row] if self.part.rows else row + 2
