"""Columns to an .xlsx file: tables of many rows, without anything but a header.

The library writes the workbook with its styles, headers and one pattern row of each kind; the rows themselves are
put in place of the patterns, because it takes 10 µs for each cell and a distinct value need be written only once.

Always holds: text is text, whatever it begins with, and no cell is a formula or a link. The same columns make the
same bytes: the file is dated once for all, and written without the machine's temporary folder.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from builder.excel.book import begun, plain

__all__ = ["Column", "Sheet", "Style", "write"]

NUMBERS, TEXTS = 1, 2
"""Pattern rows, counted from 0."""

SHARED = "xl/sharedStrings.xml"
ROW = "\0"
"""Stands for a row's number: no text holds it."""

COUNTS = re.compile(r' count="[0-9]+" uniqueCount="[0-9]+"')
DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
LIKE_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Style(Enum):
    """How a cell is shown. “@” is text: a code that is edited stays text."""

    NUMBER = "General"
    TEXT = "@"
    DATE = "yyyy\\-mm\\-dd"


class Column(NamedTuple):
    """One column of a sheet: a cell is its number, else its text, else empty.

    `numbers`: Int64 or float64, shown in `style`; a date is the number of days since 1899-12-30. `texts`: str. Both
    are as long as the sheet. `width`: of how many digits.
    """

    title: str
    width: float
    style: Style
    numbers: pd.Series | None = None
    texts: pd.Series | None = None


class Sheet(NamedTuple):
    """A table with a frozen header and a filter: at least one column, all of `row_count` rows."""

    name: str
    columns: tuple[Column, ...]
    row_count: int


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook. The sheets' names must differ and be names to Excel, no text be longer than LONGEST_TEXT."""
    outline = io.BytesIO()
    book = begun(outline)
    styles = {style: book.add_format({"num_format": style.value}) for style in Style}
    header = book.add_format({"bold": True, "num_format": Style.TEXT.value})
    for sheet in sheets:
        draw(book.add_worksheet(sheet.name), sheet, styles, header)
    book.close()
    with ZipFile(outline) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        strings = Strings(source.read(SHARED).decode())
        drawn = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
        found = {name: filled(source.read(name).decode(), sheet, strings) for name, sheet in drawn.items()}
        found[SHARED] = strings.written()
        for item in source.infolist():
            target.writestr(item, found.get(item.filename) or source.read(item))


class Strings:
    """The texts of a workbook, each written once; `outline`: the XML of those that the library has written."""

    def __init__(self, outline: str) -> None:
        self.outline = outline
        self.first = outline.count("<si>")
        self.places: dict[str, int] = {}
        self.count = 0

    def place(self, text: str) -> int:
        """Return the number of a text."""
        return self.places.setdefault(text, self.first + len(self.places))

    def written(self) -> bytes:
        """Return the XML of all texts."""
        before, end, after = self.outline.partition("</sst>")
        unique = self.first + len(self.places)
        before = COUNTS.sub(f' count="{unique + self.count}" uniqueCount="{unique}"', before, count=1)
        more = "".join(f"<si><t{kept(text)}>{xml(text)}</t></si>" for text in self.places)
        return f"{before}{more}{end}{after}".encode()


def draw(target: Worksheet, sheet: Sheet, styles: Mapping[Style, Format], header: Format) -> None:
    """Draw a sheet with its header, and two pattern rows: each column's number and each column's text."""
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, sheet.row_count, len(sheet.columns) - 1)
    # a code is text on purpose: without this each one gets a green corner
    area = xl_range(0, 0, sheet.row_count, len(sheet.columns) - 1)
    target.ignore_errors({"number_stored_as_text": area})
    for place, column in enumerate(sheet.columns):
        target.set_column(place, place, column.width, styles[column.style])
        title = plain(column.title)
        target.write_string(0, place, title, header)
        target.write_number(NUMBERS, place, 0, styles[column.style])
        target.write_string(TEXTS, place, title, styles[Style.TEXT])


def filled(outline: str, sheet: Sheet, strings: Strings) -> bytes:
    """Return a sheet's XML with the rows of `sheet` in the place of the pattern rows."""
    numbers, texts = (pattern(outline, row) for row in (NUMBERS, TEXTS))
    before, start, _ = outline.partition(f'<row r="{NUMBERS + 1}"')
    _, end, after = outline.partition("</sheetData>")
    assert start and end and len(numbers) == len(texts) == len(sheet.columns)  # noqa: S101, PT018 - as it was drawn
    cells = [
        column_cells(column, letters, (number, text), strings)
        for column, (letters, number), (_, text) in zip(sheet.columns, numbers, texts, strict=True)
    ]
    rows = "".join(
        f'<row r="{number}">{"".join(row).replace(ROW, str(number))}</row>'
        for number, row in enumerate(zip(*cells, strict=True), 2)
    )
    size = xl_range(0, 0, sheet.row_count, len(sheet.columns) - 1)
    before = DIMENSION.sub(f'<dimension ref="{size}"/>', before, count=1)
    return f"{before}{rows}{end}{after}".encode()


def pattern(outline: str, row: int) -> list[tuple[str, str]]:
    """Return the column's letters and the style of every cell of a pattern row, as the library wrote them."""
    return re.findall(rf'<c r="([A-Z]+){row + 1}" s="([0-9]+)"', outline)


def column_cells(column: Column, letters: str, styles: tuple[str, str], strings: Strings) -> list[str]:
    """Return the XML of every cell of a column, "" where it is empty; the row's number is still to be put in."""
    number_style, text_style = styles
    found = [""] * len(next(item for item in (column.numbers, column.texts) if item is not None))
    if column.texts is not None:
        start = f'<c r="{letters}{ROW}" s="{text_style}" t="s"><v>'
        strings.count += int(column.texts.notna().sum())
        found = written(column.texts, lambda text: f"{start}{strings.place(text)}</v></c>", found)
    if column.numbers is not None:
        start = f'<c r="{letters}{ROW}" s="{number_style}"><v>'
        found = written(column.numbers, lambda number: f"{start}{number}</v></c>", found)
    return found


def written(values: pd.Series, write: Callable[[Any], str], below: list[str]) -> list[str]:
    """Return each value as it is written, once per distinct value; what is `below` where there is none."""
    codes, distinct = pd.factorize(values)
    words = [*map(write, distinct.tolist()), ""]
    return [words[code] or before for code, before in zip(codes.tolist(), below, strict=True)]


def kept(text: str) -> str:
    """Return the attribute without which spaces around a text would be lost."""
    return ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""


def xml(text: str) -> str:
    """Return a text as a cell holds it; what looks like an escaped character is escaped (ECMA-376-1, 22.9.2.19)."""
    return escape(HIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", LIKE_ESCAPED.sub("_x005F_", plain(text))))
