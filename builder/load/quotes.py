"""Quotation marks that close where they should, seen for a whole block of records at once.

Python's csv module, in its strict form, has the last word; it is asked only about blocks that are not plainly fine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

__all__ = ["well_quoted"]

Places = npt.NDArray[np.intp]

BLOCK = 4 * 2**20

QUOTE, FEED, RETURN = b'"\n\r'


def well_quoted(text: bytes, longest: int, size: int = BLOCK, separator: str = ",") -> bool:
    """Return True when every quotation mark of a CSV can be read as it is written, and no record is over `longest`.

    False says nothing: the text may be fine all the same. `separator`: of its cells, one byte; `size`: bytes that are
    looked at together.
    """
    start = 0
    while start < len(text):
        end = plain_end(text, start, size, longest, separator) or strict_end(text, start, size, longest, separator)
        if not end:
            return False
        start = end
    return True


def plain_end(text: bytes, start: int, size: int, longest: int, separator: str) -> int:
    """Return where the last whole record of a block ends if all marks open, close or double, else 0."""
    block = np.frombuffer(text, np.uint8, min(size, len(text) - start), start)
    quotes = np.flatnonzero(block == QUOTE)
    # where an even number of quotation marks has passed, a line break ends a record
    breaks = np.flatnonzero(block == FEED)
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0] + 1
    if start + len(block) == len(text):
        ends = np.append(ends, len(block))
    if not len(ends) or int(np.diff(ends, prepend=0).max()) > longest:
        return 0
    end = int(ends[-1])
    return start + end if paired(block[:end], quotes[quotes < end], separator) else 0


def strict_end(text: bytes, start: int, size: int, longest: int, separator: str) -> int:
    """Return where the first record after a block ends if Python's csv module reads what is before, else 0."""
    source = io.BytesIO(text)
    source.seek(start)
    end = start

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.TextIOWrapper(source, encoding="utf-8", newline=""):
            end += len(line.encode())
            yield line

    try:
        for record in csv.reader(lines(), delimiter=separator, strict=True):
            if sum(map(len, record)) > longest:
                return 0
            if end >= start + size:
                break
    except csv.Error:
        return 0
    return end


def paired(records: npt.NDArray[np.uint8], quotes: Places, separator: str) -> bool:
    """Return whether the marks at `quotes` open a cell, close it and open again in turn, each beside a separator."""
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    # a mark that closes and one that opens right after it are a quotation mark inside a cell
    is_outer = opening[1:] != closing[:-1] + 1
    first = opening[np.append(True, is_outer)[: len(opening)]]
    last = closing[np.append(is_outer, True)[: len(closing)]]
    is_begun = is_separator(records[np.maximum(first - 1, 0)], separator) | (first == 0)
    is_ended = is_separator(records[np.minimum(last + 1, len(records) - 1)], separator) | (last == len(records) - 1)
    return bool(is_begun.all() and is_ended.all())


def is_separator(characters: npt.NDArray[np.uint8], separator: str) -> npt.NDArray[np.bool_]:
    return np.isin(characters, (ord(separator), FEED, RETURN))
