"""What is mended in a file, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from builder.model import Message, letter

__all__ = ["Change", "Dropped", "Fixed", "Taken"]

ROWS = frozenset(["row", "rows", "first", "last"])
"""What sentences call the numbers of rows in a file."""


class Change(NamedTuple):
    """One thing that is written otherwise. `row` as Excel counts, 0 for the whole file; `letter` of the column, or "".

    `field`: the name of the column, "" where the change is not in a cell of one. `why`: a code of `fix.words`.
    """

    row: int
    letter: str
    field: str
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file as it should be written. `data`: the same bytes where nothing changes.

    `refused`: why it was left alone, None where it was not. `is_sure`: every column is known, so that each cell is
    surely of the column that it stands in.
    """

    data: bytes
    changes: tuple[Change, ...] = ()
    refused: Message | None = None
    is_sure: bool = True


class Dropped(NamedTuple):
    """A column that may not be in a package, and how many of its cells were filled; `letter`: in the file."""

    letter: str
    name: str
    title: str
    publish: str
    filled: int

    @property
    def values(self) -> dict[str, object]:
        """What a sentence about it names."""
        return {"letter": self.letter, "title": self.title, "count": self.filled}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of any kind as canonical CSV: UTF-8, LF, columns in the schema's order, with the cells of `rows`.

    `header`: the field of each column, "" for one that nobody knows; `letters`: where each stood in the file that was
    taken. `rows`: without the header; `numbers`: the row in which the header and each of them stood there, 0 for one
    that the package had before.
    """

    data: bytes
    header: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    refused: Message | None = None
    is_sure: bool = True

    def number(self, row: int) -> int | None:
        """Return in which row of the file that was taken row `row` of this one stood; None: it was there before it."""
        if not 0 < row <= len(self.numbers):
            return row
        return self.numbers[row - 1] or None

    def values(self, values: Mapping[str, object], path: str, name: str) -> Mapping[str, object]:
        """Return what a sentence about the file `path` names, as it is called in the file `name` that was taken.

        Only whole numbers under the keys of `ROWS` are rows; where one of them was there before, all stay as they are.
        """
        if values.get("path", path) != path:
            return values
        found: dict[str, object] = {"path": name} if "path" in values else {}
        for key in ROWS & values.keys():
            new = self._rows(values[key])
            if new is None:
                return values
            found[key] = new
        return {**values, **found}

    def _rows(self, value: object) -> object:
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, tuple):
            rows = tuple(map(self._rows, value))
            return None if None in rows else rows
        if isinstance(value, str) and value.split(", ")[0].isdigit():
            new = [self.number(int(row)) if row.isdigit() else row for row in value.split(", ")]
            return None if None in new else ", ".join(map(str, new))
        return value

    def letter(self, new: str) -> str:
        """Return the letter that the column `new` of this file had in the one that was taken; "" for ""."""
        return next((old for place, old in enumerate(self.letters) if letter(place) == new), new)
