"""The shape of a table before any cell is judged: a header in row 1, and below it nothing but rows of this table.

Of a file of another shape nothing else is told: its cells would be those of wrong columns. No advice here ever takes
away a column or a row that may hold data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from builder.language import mark
from builder.load.garbled import is_garbled
from builder.load.layout import FOREIGN, Layout, known_columns, lookup
from builder.load.trouble import SAVE_AS, Trouble
from builder.model import Message, Resource, Schema

__all__ = ["MOST_COLUMNS", "TITLE", "misshapen"]

MOST_COLUMNS = 1_000
"""Half a million commas in one line would keep the build busy for minutes."""

SEPARATOR, TITLE, HEADER = "wrong-separator", "title-row", "no-header"
OTHER, TWO, GARBLED, UNKNOWN = "other-table", "two-row-header", "garbled-header", "unknown-header"

Record = Sequence[str]


def misshapen(resource: Resource, found: Layout, others: Iterable[Resource] = ()) -> Trouble | None:
    """Return what is wrong with how a file begins, None if nothing is. `others`: the tables of the package."""
    first = found.records[0] if found.records else ()
    if len(first) > MOST_COLUMNS:
        text = mark("row 1 has {count} cells, so it does not hold the names of columns")
        return Trouble(UNKNOWN, Message(text, SAVE_AS, {"count": len(first)}), 1)
    if not any(filled(record) for record in found.records):
        return Trouble(HEADER, empty(resource), 1)
    if found.separator in FOREIGN:
        return separator(found)
    for known in two_rows(resource.schema, found.records):
        return known
    if trouble := other_table(resource, found, others):
        return trouble
    if found.known and found.header:
        return above(found)
    return None if found.known else nameless(resource, found)


def filled(record: Record) -> list[str]:
    return [cell for cell in record if cell.strip()]


def empty(resource: Resource) -> Message:
    text = mark("row 1 is empty, it must hold the names of the columns")
    hint = mark("Write the names of the columns into row 1, as `mingge template {name}` has them.")
    return Message(text, hint, {"name": resource.name})


def separator(found: Layout) -> Trouble:
    text = mark("the cells are separated by “{sign}”, which stands within cells as well, so they cannot be told apart")
    hint = mark("Export the table again and separate the cells by commas, or save it as an Excel workbook (.xlsx).")
    return Trouble(SEPARATOR, Message(text, hint, {"sign": found.separator}), 1)


def above(found: Layout) -> Trouble:
    """Return that something stands above the header: a title, a unit, or nothing at all."""
    row, size = found.header + 1, found.header
    if is_below(found):
        text = mark("the names of the columns stand in row {row}, below the rows of data")
        hint = mark("Move row {row} up, so that it is row 1. Leave all other rows.")
        return Trouble(TITLE, Message(text, hint, {"row": row}), row)
    if any(filled(record) for record in found.records[: found.header]):
        text = mark("the names of the columns stand in row {row}, below a title or notes")
        one = mark("Delete row 1, so that the names of the columns are row 1. Leave all columns.")
        many = mark("Delete rows 1 to {last}, so that the names of the columns are row 1. Leave all columns.")
    else:
        text = mark("the names of the columns stand in row {row}, below empty rows")
        one = mark("Delete the empty row 1, so that the names of the columns are row 1.")
        many = mark("Delete the empty rows 1 to {last}, so that the names of the columns are row 1.")
    return Trouble(TITLE, Message(text, one if size == 1 else many, {"row": row, "last": size}), 1)


def is_below(found: Layout) -> bool:
    """Return whether the rows of data stand above the header, and none below it."""
    over, under = found.records[: found.header], found.records[found.header + 1 :]
    width = len(found.records[found.header])
    return not any(map(filled, under)) and sum(len(filled(record)) > 1 and len(record) == width for record in over) > 1


def two_rows(schema: Schema, records: Sequence[Record]) -> Iterable[Trouble]:
    """Yield the trouble that the names are spread over two rows, as where cells of a header are merged."""
    named = lookup(schema)
    for number, (upper, lower) in enumerate(pairwise(records), 1):
        over, under = known_columns(upper, named), known_columns(lower, named)
        if over and under and not set(over) & set(under) and not any(filled(lower[p : p + 1]) for p in over):
            text = mark("the names of the columns are spread over rows {row} and {next}")
            hint = mark(
                "Unmerge the cells of the header, write the name of each column into row {row} and delete row {next}. "
                "Leave all columns."
            )
            yield Trouble(TWO, Message(text, hint, {"row": number, "next": number + 1}), number)


# ── another table, or none ───────────────────────────────────────────────────────────────────────


def other_table(resource: Resource, found: Layout, others: Iterable[Resource]) -> Trouble | None:
    """Return that the header is that of another table: one which knows more of its names and lacks fewer."""
    best, name = fits(resource.schema, found.records), None
    size = max(len(filled(record)) for record in found.records)
    if best[0] == size and not best[1]:
        return None
    for other in others:
        score = fits(other.schema, found.records)
        if other.name != resource.name and score > best and score[0] * 2 >= size and score[0] > 1:
            best, name = score, other
    if name is None:
        return None
    text = mark("the file holds the table “{title}” ({name}), not “{expected}”")
    hint = mark("Put the table “{expected}” in its place. If this is a newer version of “{title}”, call it {path}.")
    values = {"title": name.title, "name": name.name, "expected": resource.title, "path": name.path}
    return Trouble(OTHER, Message(text, hint, values), 1)


def fits(schema: Schema, records: Iterable[Record]) -> tuple[int, int]:
    """Return how many names of a record a schema knows, and, negative, how many it requires are not among them."""
    named = lookup(schema)
    required = {field.name for field in schema.fields if field.required}
    every = (set(known_columns(record, named).values()) for record in records)
    return max((len(known), -len(required - known)) for known in every)


def nameless(resource: Resource, found: Layout) -> Trouble:
    """Return what is in row 1 in the place of names that the schema knows."""
    row = next(number for number, record in enumerate(found.records) if filled(record))
    record = found.records[row]
    cells = filled(record)
    schema = resource.schema
    names = [text for field in schema.fields for text in (field.name, field.title, *field.aliases)]
    values: dict[str, object] = {"title": resource.title, "name": resource.name, "row": row + 1}
    if 2 * sum(is_garbled(cell, names) for cell in cells) >= len(cells):
        return Trouble(GARBLED, Message(*BROKEN, values), row + 1)
    if is_data(record, found.records[row + 1 :]):
        text = mark("row {row} is a row of data already: the names of the columns are missing")
        hint = mark("Insert a row above it with the names of the columns, as `mingge template {name}` has them.")
        return Trouble(HEADER, Message(text, hint, values), row + 1)
    text = mark("row {row} holds none of the columns of the table “{title}”")
    hint = mark(
        "If this is another table, put the right file in its place; otherwise write the names of the columns into row "
        "{row}, as `mingge template {name}` has them."
    )
    return Trouble(UNKNOWN, Message(text, hint, values), row + 1)


BROKEN = (
    mark("the header cannot be read: the file was opened in a wrong encoding once and saved like that"),
    mark("Export the table again from where it came from: what was saved like that cannot be trusted any more."),
)


def is_data(record: Record, below: Sequence[Record]) -> bool:
    """Return whether a record is like those below it, and not a line of names: numbers and codes stand in it."""
    numbers, size = sum(bool(re.search("[0-9]", cell)) for cell in record), len(filled(record))
    if not numbers:
        return False
    alike = [
        sum(form(cell) == form(other) for cell, other in zip(record, row, strict=False) if cell.strip())
        for row in below
        if filled(row)
    ]
    return 2 * max(alike) >= size if alike else 3 * numbers >= size


def form(cell: str) -> str:
    """Return what a cell looks like: digits, letters and Chinese characters, however many."""
    text = re.sub("[0-9]+", "9", cell.strip())
    return re.sub("[\u3400-\u9fff]+", "文", re.sub("[A-Za-z]+", "a", text))
