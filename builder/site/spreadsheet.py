"""Columns to an .xlsx file. XlsxWriter is used here and nowhere else.

Always holds: text is text, whatever it begins with, and no cell is a formula or a link. The same columns make the
same bytes: the file is dated once for all, and written without the machine's temporary folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

__all__ = ["LONGEST_TEXT", "Column", "Sheet", "Style", "write"]

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of Excel holds."""

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATED = datetime(2000, 1, 1)

NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd", "\r": "\n"})


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
    book = Workbook(str(path), OPTIONS)
    book.set_properties({"created": DATED})
    styles = {style: book.add_format({"num_format": style.value}) for style in Style}
    header = book.add_format({"bold": True, "num_format": Style.TEXT.value})
    for sheet in sheets:
        fill(book.add_worksheet(sheet.name), sheet, styles, header)
    book.close()


def fill(target: Worksheet, sheet: Sheet, styles: Mapping[Style, Format], header: Format) -> None:
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, sheet.row_count, len(sheet.columns) - 1)
    # a code is text on purpose: without this each one gets a green corner
    area = xl_range(0, 0, sheet.row_count, len(sheet.columns) - 1)
    target.ignore_errors({"number_stored_as_text": area})
    for place, column in enumerate(sheet.columns):
        target.set_column(place, place, column.width, styles[column.style])
        target.write_string(0, place, plain(column.title), header)
        for row, number in present(column.numbers):
            target.write_number(row + 1, place, number, styles[column.style])
        for row, text in present(column.texts):
            target.write_string(row + 1, place, plain(text), styles[Style.TEXT])


def present(values: pd.Series | None) -> Iterator[tuple[int, Any]]:
    """Yield (row, value) of the cells that are not empty."""
    if values is None:
        return
    filled = values.notna().to_numpy()
    yield from zip(filled.nonzero()[0].tolist(), values[filled].tolist(), strict=True)


def plain(text: str) -> str:
    """Return a text with line breaks as Excel has them, and U+FFFD for the characters that XML cannot hold."""
    return text.replace("\r\n", "\n").translate(NO_XML)
