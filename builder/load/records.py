"""Records of a text in UTF-8: whether each can be read as it is written, which is first, and where the last ends."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator

from builder.language import mark
from builder.load.layout import lines
from builder.load.quotes import well_quoted
from builder.load.trouble import AGAIN, CUT, SAVE_AS, UNREADABLE, Trouble
from builder.model import Message

__all__ = ["split_header", "too_long", "unreadable_record"]

LONGEST_LINE = 1_000_000
"""Bytes. A longer line is not a row that anybody typed."""

LONG = (mark("row {row} is longer than a million characters, so this is not a table"), SAVE_AS)
QUOTES = (
    mark("row {row}: a quotation mark is opened and not closed, or is followed by more text"),
    mark("Put the whole cell in double quotes and write each quotation mark in it twice."),
)
OPEN = (mark("the file ends within the cell that begins in row {row}: its end is missing"), AGAIN)


def too_long(text: bytes) -> Trouble | None:
    """Return the trouble of the first line that is longer than anybody types."""
    row = long_line(text)
    return Trouble(UNREADABLE, Message(*LONG, {"row": row}), row) if row else None


def unreadable_record(text: bytes, separator: str) -> Trouble | None:
    """Return the trouble of the first record that nothing reads as it is written."""
    row, words = broken_record(text, separator)
    if not row:
        return None
    return Trouble(CUT if words == OPEN else UNREADABLE, Message(*words, {"row": row}), row)


def split_header(text: bytes, separator: str) -> tuple[tuple[str, ...], slice]:
    """Return the header's cells and where the rest is, without the empty lines at the end that exports often add."""
    taken: list[str] = []

    def counted() -> Iterator[str]:
        for line in lines(text):
            taken.append(line)
            yield line

    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    header = tuple(next(csv.reader(counted(), delimiter=separator), ()))
    # a line may end in \r, \n or both, whatever the other lines of the file do
    start = len("".join(taken).encode())
    return header, slice(start, max(start, len(text) - trailing(text)))


def trailing(text: bytes) -> int:
    """Return how many bytes of line breaks end `text`; only its end is copied."""
    size = 4096
    while True:
        tail = text[-size:]
        kept = tail.rstrip(b"\r\n")
        if kept or size >= len(text):
            return len(tail) - len(kept)
        size *= 2


def long_line(text: bytes) -> int:
    """Return the row of the first line over LONGEST_LINE, 0 when there is none."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            return text.count(b"\n", 0, start) + 1
        start = end + 1
    return 0


def broken_record(text: bytes, separator: str) -> tuple[int, tuple[str, str]]:
    """Return the first row that pyarrow would not read as it is written, and what is wrong with it; row 0: none.

    pyarrow reads an unclosed quotation mark to the end of the file, drops what follows a closed one, and gives
    up at a row of many lines that does not fit into a block.
    """
    row = line = 0
    csv.field_size_limit(sys.maxsize)
    if b'"' not in text or well_quoted(text, LONGEST_LINE, separator=separator):
        return row, QUOTES
    reader = csv.reader(lines(text), delimiter=separator, strict=True)
    try:
        for row, record in enumerate(reader, 1):
            if reader.line_num > line + 1 and sum(map(len, record)) > LONGEST_LINE:
                return row, LONG
            line = reader.line_num
    except csv.Error as error:
        is_cut = "unexpected end" in str(error) and b"\n" not in text[text.rfind(b'"') :]
        return row + 1, OPEN if is_cut else QUOTES
    return 0, QUOTES
