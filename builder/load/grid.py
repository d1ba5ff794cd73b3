"""One file as rows of text, whole and in memory: for what mends a file or takes it in."""

from __future__ import annotations

import csv
import sys
from typing import NamedTuple

from builder.load.files import BrokenArchiveError, TooLargeError, unpacked
from builder.load.kinds import kind
from builder.load.layout import AHEAD, chosen, layout, lines, without_hint
from builder.load.records import too_long, unreadable_record
from builder.load.shape import TITLE, misshapen
from builder.load.text import Undecodable, decoded, is_empty
from builder.load.trouble import Trouble, bomb, broken_archive, empty_file, not_a_table, undecodable
from builder.load.workbook import sheet
from builder.model import Resource

__all__ = ["Grid", "grid"]

ENDS = ("\r\n", "\n", "\r")


class Grid(NamedTuple):
    """`rows`: of any length, the header first, empty ones included, as they stand in the file.

    `kind`: csv or xlsx. `encoding` (in Python's words, utf-8-sig with a byte order mark), `separator` and `line_end`
    are those of a CSV; `sheet` is the name of a workbook's sheet; "" otherwise.
    """

    rows: list[list[str]]
    kind: str
    encoding: str = ""
    separator: str = ""
    line_end: str = ""
    sheet: str = ""


def grid(name: str, data: bytes, resource: Resource, *, titled: bool = False) -> Grid | Trouble:
    """Return the cells of a file called `name` that may be of `resource`, or why it cannot be read as a table.

    `titled`: what stands above the header is no reason not to; it is among the rows.
    """
    if name.lower().endswith(".gz"):
        try:
            data = unpacked(data)
        except BrokenArchiveError:
            return broken_archive()
        except TooLargeError:
            return bomb()
    found = kind(data)
    if found == "xlsx" or name.lower().endswith((".xlsx", ".xlsm")):
        book = sheet(data, resource)
        if isinstance(book, Trouble):
            return book
        trouble = grave(misshapen(resource, chosen(",", book.rows[:AHEAD], resource.schema)), titled)
        return trouble or Grid(book.rows, "xlsx", sheet=book.name)
    if found:
        return not_a_table(found)
    if is_empty(data):
        return empty_file()
    text = decoded(data)
    if isinstance(text, Undecodable):
        return undecodable(resource, data, text)
    return of_text(text.text, text.encoding, resource, titled=titled)


def of_text(text: bytes, encoding: str, resource: Resource, *, titled: bool) -> Grid | Trouble:
    text = without_hint(text if b"\n" in text else text.replace(b"\r", b"\n"))
    if trouble := too_long(text):
        return trouble
    found = layout(text, resource.schema)
    if trouble := grave(misshapen(resource, found), titled) or unreadable_record(text, found.separator):
        return trouble
    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    rows = list(csv.reader(lines(text), delimiter=found.separator))
    end = next((end for end in ENDS if end.encode() in text), "\n")
    return Grid(rows, "csv", encoding, found.separator, end)


def grave(trouble: Trouble | None, titled: bool) -> Trouble | None:
    return None if titled and trouble and trouble.code == TITLE else trouble
