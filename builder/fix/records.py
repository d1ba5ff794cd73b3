"""The records of a CSV as they are written: what is not touched stays as it is, byte for byte.

A record is read twice at most: by Python's csv module for what its cells say, and, where one of them changes, as raw
text between separators, so that the marks and spaces of its other cells are kept.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Written", "cell", "joined", "pieces", "records"]

QUOTE = '"'
ENDS = "\r\n"


class Written(NamedTuple):
    """One record: its cells, and how it stands in the file, line break included."""

    cells: list[str]
    text: str

    @property
    def end(self) -> str:
        """The line break that ends it; "" at the end of a file that has none."""
        return self.text[len(self.text.rstrip(ENDS)) :]


def records(text: str, separator: str) -> Iterator[Written]:
    """Yield every record, empty lines included."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    for cells in csv.reader(lines(), delimiter=separator):
        yield Written(cells, "".join(taken))
        taken.clear()


def pieces(record: Written, separator: str) -> list[str]:
    """Return each cell as it is written, marks included, without the line break.

    Where the marks stand so that this cannot be told, every cell is written anew.
    """
    body = record.text[: len(record.text) - len(record.end)]
    found = list(cut(body, separator)) if QUOTE in body else body.split(separator)
    if [plain(piece) for piece in found] == record.cells:
        return found
    return [cell(text) for text in record.cells]


def cut(body: str, separator: str) -> Iterator[str]:
    """Yield what stands between separators that are in no cell: an even number of marks has passed before them."""
    piece = ""
    for part in body.split(separator):
        piece = f"{piece}{separator}{part}" if piece else part
        if piece.count(QUOTE) % 2 == 0:
            yield piece
            piece = ""
    if piece:
        yield piece


def plain(piece: str) -> str:
    """Return what a cell says that is written as `piece`."""
    if len(piece) > 1 and piece[0] == piece[-1] == QUOTE:
        return piece[1:-1].replace(QUOTE * 2, QUOTE)
    return piece


def cell(text: str, *, quoted: bool = False) -> str:
    """Return how a cell is written in a file with commas; in marks where it needs them, or where all have them."""
    if quoted or any(sign in text for sign in '",\r\n'):
        return f"{QUOTE}{text.replace(QUOTE, QUOTE * 2)}{QUOTE}"
    return text


def joined(cells: Sequence[str], end: str) -> str:
    """Return a record of cells as they are written; the only cell of one is no empty line."""
    return (",".join(cells) if len(cells) != 1 else cells[0] or QUOTE * 2) + end
