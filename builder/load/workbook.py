"""An Excel workbook to rows of text, as a person reads them in Excel. openpyxl reads here and nowhere else.

Always holds: nothing in it is run or followed, no macro, formula or link to another file; what it takes in memory is
bounded, whatever it claims; and no exception of openpyxl's leaves this file.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.language import mark
from builder.load.kinds import kind
from builder.load.layout import AHEAD, known_columns
from builder.load.names import shown
from builder.load.trouble import AGAIN, UNREADABLE, Trouble, not_a_table
from builder.load.written_cell import written
from builder.model import Field, Message, Resource, letter, plain_header

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["Merged", "Sheet", "first_row", "first_rows", "sheet"]

SHEETS, HIDDEN, FORMULA = "several-sheets", "hidden-sheet", "formula-without-value"

LARGEST = 300 * 2**20
"""Bytes of all parts, unpacked: 50 times a workbook of 100,000 rows."""

LARGEST_STRINGS = 60 * 2**20
"""Bytes of any part that is read at once."""

MOST_CELLS, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 3_000_000, 300_000, 1_000, 200

CHUNK = 2**20
OVERLAP = 200
"""Bytes of a part that are looked at twice, so that nothing hides where it is cut."""

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

DAMAGED = (mark("the workbook is damaged or not complete"), AGAIN)
LARGE = (
    mark("the workbook holds more than {most} cells"),
    mark("Delete the rows and columns behind the table, or save it as “CSV UTF-8 (comma delimited)”."),
)


class Merged(NamedTuple):
    """Cells that are one: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """`rows`: from row 1 of the sheet on, each without the empty cells at its end; `merged`: below row 1."""

    name: str
    rows: list[list[str]]
    merged: tuple[Merged, ...]


class Scanned(NamedTuple):
    """What stands in the XML of a sheet that openpyxl does not tell."""

    has_formulas: bool
    merged: tuple[Merged, ...]


def sheet(data: bytes, resource: Resource) -> Sheet | Trouble:
    """Return the sheet of a workbook that holds the table of `resource`: the one of its name, or the only that fits."""
    found = kind(data)
    if found != "xlsx":
        return not_a_table(found or "csv")
    if trouble := too_large(data):
        return trouble
    try:
        with warnings.catch_warnings():  # what openpyxl cannot keep when it writes is nothing to us
            warnings.simplefilter("ignore")
            return of_book(data, resource)
    except MemoryError:
        raise
    except Exception:  # a damaged or hostile workbook makes openpyxl fail in any way there is
        return Trouble(UNREADABLE, Message(*DAMAGED))


def first_row(data: bytes) -> list[str]:
    """Return the first row of the first sheet, [] where there is none to be read."""
    return next(iter(first_rows(data)), [])


def first_rows(data: bytes) -> list[list[str]]:
    """Return the first rows of the first sheet, [] where there is none to be read."""
    if kind(data) != "xlsx" or too_large(data):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return beginning(opened(data, is_values=True).worksheets[0])
    except MemoryError:
        raise
    except Exception:  # as above
        return []


def too_large(data: bytes) -> Trouble | None:
    """Return the trouble that a workbook would not fit into memory, or defines what XML in it stands for."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            sheets = [part for part in parts if "worksheets/" in part.filename]
            texts = [part for part in parts if part.filename.endswith((".xml", ".rels")) and part not in sheets]
            largest = max((part.file_size for part in texts), default=0)
            if sum(part.file_size for part in parts) > LARGEST or largest > LARGEST_STRINGS:
                return Trouble(UNREADABLE, Message(*LARGE, {"most": MOST_CELLS}))
            for part in parts:
                with archive.open(part) as source:
                    if DECLARES.search(source.read(1024)):
                        return Trouble(UNREADABLE, Message(*DAMAGED))
    except Exception:  # zipfile too fails as it likes
        return Trouble(UNREADABLE, Message(*DAMAGED))
    return None


def of_book(data: bytes, resource: Resource) -> Sheet | Trouble:
    book = opened(data, is_values=True)
    chosen = choice(book, resource)
    if isinstance(chosen, Trouble):
        return chosen
    source = book[chosen]
    told = scanned(book, source)
    rows = rows_of(source, resource)
    if isinstance(rows, Trouble):
        return rows
    if told.has_formulas and (trouble := without_value(data, chosen, rows)):
        return trouble
    return Sheet(shown(chosen), rows, tuple(item for item in told.merged if item.top > 0))


def opened(data: bytes, *, is_values: bool) -> Workbook:
    # imported here, so that only who hands in a workbook pays for it
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=is_values, keep_links=False)


# ── which sheet ──────────────────────────────────────────────────────────────────────────────────


def choice(book: Workbook, resource: Resource) -> str | Trouble:
    """Return the name of the sheet that holds the table."""
    names = [item.title for item in book.worksheets[:MOST_SHEETS]]
    meant = {plain_header(text) for text in (resource.name, resource.title, resource.path.rpartition("/")[2][:-5])}
    for name in names:
        if plain_header(name) in meant:
            return str(name)
    heads = {name: beginning(book[name]) for name in names}
    filled = [name for name in names if any(any(row) for row in heads[name])]
    fitting = [name for name in filled if fits(heads[name], resource)]
    visible = [name for name in fitting if book[name].sheet_state == "visible"]
    if len(visible) > 1:
        text = mark("{count} sheets hold rows of this table: {sheets}")
        hint = mark("Copy all rows into one sheet, or name the sheet that holds the table “{title}” so.")
        values = {"count": len(visible), "sheets": tuple(shown(name) for name in visible), "title": resource.title}
        return Trouble(SHEETS, Message(text, hint, values))
    if visible:
        return str(visible[0])
    if fitting:
        text = mark("the table stands in the sheet “{sheet}”, which is hidden")
        hint = mark("Show the sheet (right-click a sheet’s name, “Unhide”), look at its rows, and save the workbook.")
        return Trouble(HIDDEN, Message(text, hint, {"sheet": shown(fitting[0])}))
    shown_ones = [name for name in filled if book[name].sheet_state == "visible"]
    if shown_ones or filled:
        return str((shown_ones or filled)[0])
    text = mark("the workbook is empty")
    return Trouble(UNREADABLE, Message(text, mark("Export it again; it must at least have its header row.")))


def beginning(source: Any) -> list[list[str]]:
    source.reset_dimensions()
    return [[written(cell, None) for cell in row[:MOST_COLUMNS]] for row in islice(source.iter_rows(), AHEAD)]


def fits(rows: Sequence[Sequence[str]], resource: Resource) -> bool:
    """Return whether a row names half of its cells, and at least two, or all there is."""
    for row in rows:
        known, size = len(known_columns(row, resource.schema.named)), sum(1 for cell in row if cell.strip())
        if known and 2 * known >= size and (known > 1 or size == 1):
            return True
    return False


# ── its rows ─────────────────────────────────────────────────────────────────────────────────────


def rows_of(source: Any, resource: Resource) -> list[list[str]] | Trouble:
    """Return the rows of a sheet as text; what a cell holds is written as its column wants it."""
    source.reset_dimensions()
    fields: list[Field | None] = []
    rows: list[list[str]] = []
    words: dict[str, str] = {}
    count = 0
    for row in source.iter_rows():
        pairs = zip(row, [*fields, *[None] * len(row)], strict=False)
        cells = [words.setdefault(text, text) for text in (written(cell, field) for cell, field in pairs)]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
        count += len(cells) + 1
        if count > MOST_CELLS or len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            return Trouble(UNREADABLE, Message(*LARGE, {"most": MOST_CELLS}), len(rows))
        fields = fields or [resource.schema.named(cell) if cell else None for cell in cells]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def without_value(data: bytes, name: str, rows: Sequence[Sequence[str]]) -> Trouble | None:
    """Return the trouble that formulas have no result: a program wrote the workbook, and no spreadsheet opened it."""
    source: Any = opened(data, is_values=False)[name]
    source.reset_dimensions()
    places = [
        (number, position)
        for number, (row, cells) in enumerate(zip(source.iter_rows(), rows, strict=False))
        for position, cell in enumerate(row)
        if cell.data_type == "f" and not (position < len(cells) and cells[position])
    ]
    # a formula may say “nothing” as well: only where none of a column says anything it was never worked out
    silent = {p for _, p in places} - {p for row in rows[1:] for p, text in enumerate(row) if text}
    places = [(number, position) for number, position in places if position in silent]
    if not places:
        return None
    row, column = places[0]
    text = mark("{count} formulas have no result, because the workbook was never worked out")
    hint = mark("Open it in Excel or WPS, look whether the cells are filled, and save it.")
    return Trouble(FORMULA, Message(text, hint, {"count": len(places)}), row + 1, letter(column))


def scanned(book: Workbook, source: Any) -> Scanned:
    """Return what the XML of a sheet says of formulas and merged cells."""
    has_formulas, merged = False, dict[Merged, None]()
    archive: Any = book._archive
    with archive.open(source._worksheet_path) as part:
        for piece in overlapping(part):
            has_formulas = has_formulas or bool(HAS_FORMULA.search(piece))
            merged |= {merge(*found.groups()): None for found in MERGED.finditer(piece)}
    return Scanned(has_formulas, tuple(merged))


def overlapping(part: Any) -> Iterator[bytes]:
    kept = b""
    while piece := part.read(CHUNK):
        yield kept + piece
        kept = piece[-OVERLAP:]


def merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merged:
    return Merged(int(top) - 1, position(left), int(bottom) - 1, position(right))


def position(letters: bytes) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + sign - 64
    return number - 1
