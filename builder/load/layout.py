"""How a file is laid out: what separates its cells and where its header is, told by the names of the columns.

Always holds: a separator is one for the whole file, and it is the one under which most names of columns are found.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from builder.model import Field, Schema

__all__ = [
    "AHEAD", "FOREIGN", "READABLE", "Layout", "Records", "chosen", "first_records", "known_columns", "layout",
    "lines", "without_hint",
]  # fmt: skip

READABLE = ",;\t"
"""Separators that are read; Excel writes the semicolon where the comma separates decimals, the tab as Unicode text."""

FOREIGN = "，；、|"
"""What people and some systems write instead; cells hold these signs too, so nothing can be read for sure."""

AHEAD = 10
"""Records among which a header is looked for: titles of sheets have a few lines."""

HINT = "sep="
"""How a first line begins that tells Excel the separator, and that Excel does not show."""

Records = Sequence[Sequence[str]]


class Layout(NamedTuple):
    """`records`: the first ones, cut at `separator`; `header`: which of them names most columns, `known`: how many."""

    separator: str
    records: Records
    header: int
    known: int


def layout(text: bytes, schema: Schema) -> Layout:
    """Return the layout of a file in UTF-8. Where no name is known, the separator is that which cuts it most evenly."""
    found = [chosen(sign, first_records(text, sign), schema) for sign in READABLE + FOREIGN]
    best = max(found, key=lambda item: (item.known, item.separator in READABLE))
    if best.known:
        return best
    readable = [item for item in found if item.separator in READABLE]
    return max(readable, key=lambda item: evenly(item.records))


def chosen(separator: str, records: Records, schema: Schema) -> Layout:
    """Return where among `records` most columns are named, the first of equals."""
    counts = [len(known_columns(record, schema.named)) for record in records] or [0]
    header = counts.index(max(counts))
    return Layout(separator, records, header, counts[header])


def known_columns(record: Iterable[str], named: Callable[[str], Field | None]) -> dict[int, str]:
    """Return position → field of the cells that name a column; of two for one field the first."""
    found: dict[int, str] = {}
    for position, cell in enumerate(record):
        field = named(cell) if cell.strip() else None
        if field is not None and field.name not in found.values():
            found[position] = field.name
    return found


def evenly(records: Records) -> tuple[bool, int]:
    """Say how evenly records are cut: into the same number of cells each, and into how many at least."""
    sizes = [len(record) for record in records if any(record)] or [1]
    return len(set(sizes)) == 1 and sizes[0] > 1, min(sizes)


def first_records(text: bytes, separator: str, count: int = AHEAD) -> Records:
    """Return the first records of a file, as far as they can be read."""
    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    found: list[list[str]] = []
    with suppress(csv.Error):  # a quotation mark that never closes is told of elsewhere
        found.extend(islice(csv.reader(lines(text), delimiter=separator), count))
    return found


def lines(text: bytes) -> io.TextIOWrapper:
    """Return the lines of a text in UTF-8, each as it ends."""
    return io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")


def without_hint(text: bytes) -> bytes:
    """Return a file without the line that tells Excel the separator."""
    first, end, rest = text.partition(b"\n")
    line = first.strip().strip(b'"')
    return rest if end and line.lower().startswith(HINT.encode()) and len(line) == len(HINT) + 1 else text
