"""What a file in a doubtful encoding says in each encoding that it may have, so that staff see which one is right.

The bytes are those of a cell, so they are quoted like any other cell: a column that is not public is not repeated.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from builder.load.names import shown
from builder.model import Field, Quote, Resource, letter

__all__ = ["Reading", "reading"]

ENCODINGS = {
    "utf8": "utf-8", "gb18030": "gb18030", "western": "cp1252", "big5": "cp950", "shift_jis": "cp932",
}  # fmt: skip

AROUND = 20
"""Bytes shown before and after the one in doubt."""


class Reading(NamedTuple):
    """A doubtful cell: its row and column as Excel shows them, and encoding → how it reads there."""

    row: int
    letter: str
    values: dict[str, object]


def reading(resource: Resource, data: bytes, offset: int) -> Reading:
    """Return how the cell with byte `offset` of the CSV `data` reads in each encoding.

    Columns are found by their header, as everywhere. A cell without one, or of a file with a strange one, is quoted as
    of no column, which nobody reads.
    """
    known = resource.schema.named
    header: list[Field | None] = []
    for row, (end, cells) in enumerate(records(data), 1):
        header = header or [heading(cell.encode("latin-1"), known) for cell in cells]
        if end <= offset:
            continue
        place, cell = in_doubt(cells, data, offset)
        around = cell[max(0, place.byte - AROUND) : place.byte + AROUND]
        meant = header[place.column] if place.column < len(header) and all(header) else None
        field = meant.name if row > 1 and meant else ""
        # only a cell that is a title in one of them: a header in one line with the first row has persons' cells
        is_title = row == 1 and heading(cell, known) is not None
        texts = {name: shown(around.decode(code, "replace")) for name, code in ENCODINGS.items()}
        quotes: dict[str, object] = {
            name: text if is_title else Quote(resource.name, field, text) for name, text in texts.items()
        }
        return Reading(row, letter(place.column) if place.column < len(cells) else "", quotes)
    raise ValueError(offset)


def heading(cell: bytes, known: Callable[[str], Field | None]) -> Field | None:
    """Return the field that a header means in any of the encodings."""
    texts = (cell.decode(code, "replace") for code in ENCODINGS.values())
    return next((field for text in texts if (field := known(text))), None)


class Place(NamedTuple):
    column: int
    byte: int


def in_doubt(cells: list[str], data: bytes, offset: int) -> tuple[Place, bytes]:
    """Return the first cell of a record that holds what stands at `offset`, and where in it."""
    needle = data[offset : offset + 2]
    for column, text in enumerate(cells):
        cell = text.encode("latin-1")
        if needle in cell:
            return Place(column, cell.index(needle)), cell
    return Place(len(cells), 0), b""


def records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the byte at which each record ends, and its cells; every byte is a character meanwhile."""
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.TextIOWrapper(io.BytesIO(data), encoding="latin-1", newline=""):
            end += len(line)
            yield line

    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    for cells in csv.reader(lines()):
        yield end, cells
