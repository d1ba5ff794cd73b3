"""Columns to an .xlsx file.

Always holds: text is text, whatever it begins with, and no cell is a formula or a link. The same columns make the
same bytes: nothing here asks for the time, the place or the name of a folder. pyarrow joins the cells of a whole
column at once, which is ten times as fast as a writer that is handed one cell after the other.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from builder.site import ooxml
from builder.site.ooxml import Style, letter

__all__ = ["LONGEST_TEXT", "Column", "Sheet", "Style", "write"]

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of Excel holds."""

CHUNK = 10_000
"""Rows whose XML is in memory at a time."""

STRING = pa.large_string()
NO_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
NUMBERED = "_x[0-9A-Fa-f]{4}_"
"""What Excel reads as one character, by its number (ECMA-376, part 1, §22.9.2.19)."""


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

    @property
    def area(self) -> str:
        """The cells in use, such as A1:M20."""
        return f"A1:{letter(len(self.columns) - 1)}{self.row_count + 1}"


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook. The sheets' names must differ and be names to Excel, no text be longer than LONGEST_TEXT."""
    strings, places = shared(sheets)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in ooxml.fixed(len(sheets)).items():
            put(archive, name, [text.encode()])
        put(archive, "xl/workbook.xml", [ooxml.workbook([(sheet.name, sheet.area) for sheet in sheets]).encode()])
        for number, sheet in enumerate(sheets, 1):
            put(archive, f"xl/worksheets/sheet{number}.xml", worksheet(sheet, places, is_open=number == 1))
        put(archive, "xl/sharedStrings.xml", shared_strings(strings), 6 * strings.nbytes)


def put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes | pa.Buffer], size: int = 0) -> None:
    """Write one part, always at the same time of the same system. `size`: at most how large, where it may be huge."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry.create_system, entry.file_size = zipfile.ZIP_DEFLATED, 3, size
    with archive.open(entry, "w") as sink:
        for piece in pieces:
            sink.write(piece)


def shared(sheets: Sequence[Sheet]) -> tuple[pa.Array, Iterator[pa.Array]]:
    """Return every text once, and where in there those of each block of `texts` are, block by block."""
    blocks = [block for sheet in sheets for block in texts(sheet)]
    found = pa.concat_arrays(blocks).dictionary_encode()
    ends = accumulate(map(len, blocks))
    places = (found.indices.slice(end - len(block), len(block)) for end, block in zip(ends, blocks, strict=True))
    return found.dictionary, places


def texts(sheet: Sheet) -> Iterator[pa.Array]:
    """Yield a sheet's titles, then each of its columns that has text."""
    yield pa.array([column.title for column in sheet.columns], STRING)
    for column in sheet.columns:
        if column.texts is not None:
            yield array(column.texts).cast(STRING)


def array(values: pd.Series) -> pa.Array:
    """Return values in one piece; a frame that was put together is in several."""
    found = pa.array(values, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def worksheet(sheet: Sheet, places: Iterator[pa.Array], *, is_open: bool) -> Iterator[bytes | pa.Buffer]:
    """Yield a sheet's XML; takes the places of its texts from `places`."""
    yield ooxml.sheet_start(sheet.area, [(item.width, item.style) for item in sheet.columns], is_open=is_open).encode()
    first, titles = pa.array(["1"], STRING), next(places)
    yield rows(
        first,
        [texts_at(letter(i), first, titles.slice(i, 1), Style.HEADER) for i in range(len(sheet.columns))],
    )
    columns = [(item, None if item.texts is None else next(places)) for item in sheet.columns]
    for start in range(0, sheet.row_count, CHUNK):
        end = min(start + CHUNK, sheet.row_count)
        numbers = pa.array(range(start + 2, end + 2)).cast(STRING)
        yield rows(numbers, [cells(letter(i), numbers, item, at, start) for i, (item, at) in enumerate(columns)])
    yield ooxml.sheet_end(sheet.area).encode()


def rows(numbers: pa.Array, columns: Sequence[pa.Array]) -> pa.Buffer:
    return together(beside('<row r="', numbers, '">', *columns, "</row>"))


def cells(column: str, numbers: pa.Array, item: Column, places: pa.Array | None, start: int) -> pa.Array:
    """Return the XML of a column's cells in the rows `numbers`; that of an empty cell is empty."""
    kinds = []
    if item.numbers is not None:
        values = array(item.numbers.iloc[start : start + len(numbers)])
        kinds.append(joined(f'<c r="{column}', numbers, f'" s="{item.style:d}"><v>', values))
    if places is not None:
        kinds.append(texts_at(column, numbers, places.slice(start, len(numbers)), Style.TEXT))
    return pc.coalesce(*kinds, pa.scalar("", STRING))


def texts_at(column: str, numbers: pa.Array, places: pa.Array, style: Style) -> pa.Array:
    return joined(f'<c r="{column}', numbers, f'" s="{style:d}" t="s"><v>', places)


def joined(before: str, numbers: pa.Array, between: str, values: pa.Array) -> pa.Array:
    """Return cells of `values`, null where there is none."""
    return beside(before, numbers, between, values.cast(STRING), "</v></c>")


def shared_strings(texts: pa.Array) -> Iterator[bytes | pa.Buffer]:
    """Yield the part that holds every text once."""
    yield ooxml.strings_start(len(texts)).encode()
    for start in range(0, len(texts), CHUNK):
        escaped = escape(texts.slice(start, CHUNK))
        yield together(beside('<si><t xml:space="preserve">', escaped, "</t></si>"))
    yield ooxml.STRINGS_END.encode()


def escape(texts: pa.Array) -> pa.Array:
    """Return XML of texts: line breaks as Excel has them, and U+FFFD for the characters that XML cannot hold."""
    for old, new in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r\n", "\n"), ("\r", "\n")):
        texts = pc.replace_substring(texts, old, new)
    texts = pc.replace_substring_regex(texts, NO_XML, "\ufffd")
    numbered = pc.match_substring_regex(texts, NUMBERED)
    return pc.if_else(numbered, pc.replace_substring(texts, "_x", "_x005F_x"), texts)


def beside(*pieces: str | pa.Array) -> pa.Array:
    """Return arrays joined row by row, with fixed text between them; null where one of them is."""
    return pc.binary_join_element_wise(
        *(pa.scalar(piece, STRING) if isinstance(piece, str) else piece for piece in pieces), pa.scalar("", STRING)
    )


def together(texts: pa.Array) -> pa.Buffer:
    """Return the texts one after the other."""
    return pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), pa.scalar("", STRING))[0].as_buffer()
