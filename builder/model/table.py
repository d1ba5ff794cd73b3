"""Tables: as text, as typed frames, and where each of their cells stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from builder.model.measured import Measured
from builder.model.package import Package, Resource

__all__ = ["Address", "Lacking", "Part", "Table", "Tables", "TextPart", "TextTable", "letter", "plain"]


def letter(position: int) -> str:
    """Return Excel's letters for a column counted from 0: A … Z, AA …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class TextPart:
    """One CSV file, decoded and cut into cells, nothing judged.

    `header`: the header cells as written. `columns`: by position, one row a record, empty cells ""; either string or,
    where values repeat, dictionary<int32, string> with one dictionary for all chunks, which may hold unused values.
    `ragged`: (row number in the file, number of cells) of records that do not have as many cells as the
    header; they are no rows. `rows`: row number in the file (header = 1) of each of the `row_count` rows; None when
    they run 2, 3, 4 …
    """

    path: str
    header: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    row_count: int
    ragged: tuple[tuple[int, int], ...]
    rows: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class TextTable:
    """The files of one resource, as text. `is_whole`: all of them could be read."""

    resource: Resource
    parts: tuple[TextPart, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """Where rows `start` … of a typed table came from: file, header → column letter, row numbers.

    `is_sure`: every header of the file is known, so that each cell is of the column that it was read as.
    """

    path: str
    start: int
    columns: Mapping[str, str]
    rows: tuple[int, ...] | None
    is_sure: bool = True


class Address(NamedTuple):
    """A cell as staff see it in Excel. `row` 0 means the file as a whole."""

    path: str
    row: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A typed table. `frame` has the schema's column names and RangeIndex 0 … n-1.

    dtypes: string → str, or category where many cells are equal, integer → Int64, number → float64, or with
    `decimals` an exact decimal of Arrow, boolean → boolean, date and datetime (local time) → datetime64[s]; an empty
    cell is NA/NaT (string: NA).
    """

    resource: Resource
    frame: pd.DataFrame
    parts: tuple[Part, ...]

    def has(self, column: str) -> bool:
        """Return whether any file has the column; a frame has it in any case, then without a value."""
        return any(column in part.columns for part in self.parts)

    def address(self, row: int, column: str = "") -> Address:
        """Return the file, row and column letter of cell (`row`, `column`) of `frame`."""
        part = next(p for p in reversed(self.parts) if p.start <= row)
        inside = row - part.start
        return Address(part.path, part.rows[inside] if part.rows else inside + 2, part.columns.get(column, ""))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with str in the place of category."""
    # taking from the distinct texts is several times faster than astype
    words = {
        str(name): column.cat.categories.array.take(column.cat.codes.to_numpy(), allow_fill=True)
        for name, column in frame.items()
        if isinstance(column.dtype, pd.CategoricalDtype)
    }
    return frame.assign(**words) if words else frame


class Lacking(NamedTuple):
    """A table that lacks something: `columns` that are needed, in one of its files at least, or a file (`is_whole`)."""

    table: Table
    columns: frozenset[str]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """The typed tables of a package by resource name; a resource that is absent has no entry.

    `measured`: what subjects ask of each other, counted from these tables. `lacking`: the tables that lack a needed
    column or a file. They are not among `tables`: nothing is counted from them, and only checks look at them that do
    not read what is not there.
    """

    package: Package
    tables: Mapping[str, Table]
    measured: Measured = field(default_factory=Measured)
    lacking: Mapping[str, Lacking] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of resource `name` with its text as str; KeyError when the package does not have it."""
        return plain(self.tables[name].frame)

    def only(self, columns: Mapping[str, Sequence[str]]) -> Tables:
        """Return the named columns of the named resources; a resource or column that is not there is a KeyError."""
        every = self.tables
        return Tables(
            self.package,
            {name: replace(every[name], frame=every[name].frame[list(kept)]) for name, kept in columns.items()},
            self.measured,
        )

    def values(self, resource: str, name: str, role: str) -> frozenset[str]:
        """Return the values of `resource.name` that play `role`; empty when there are none."""
        table = self.tables.get(resource)
        return table.resource.schema.values(name, role) if table else frozenset()
