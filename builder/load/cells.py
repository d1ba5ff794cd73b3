"""Text to cells. pyarrow's CSV reader is used here and nowhere else.

Every record of a file is either a row of the frame or listed in `ragged`; none is lost. Row numbers are
those that Excel shows (the header is row 1; a cell with a line break is still one row).
"""

from __future__ import annotations

import csv
import errno
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from builder.language import mark
from builder.load.files import NotAFileError, content
from builder.load.names import is_plain, shown
from builder.load.text import Undecodable, utf8
from builder.model import Address, Finding, Message, Package, Resource, Severity, TextPart, TextTable

__all__ = ["tables", "trim"]

LONGEST_LINE = 1_000_000
"""Bytes. A longer line is not a row that anybody typed."""

MOST_COLUMNS = 1_000
"""Half a million commas in one line would keep the build busy for minutes."""

BLOCK = 16 * 2**20
"""Bytes that pyarrow reads at a time; a record of several long lines must still fit into one."""

UNREADABLE = {
    "nul": mark("byte {offset} is NUL, so this is not a text file"),
    "damaged": mark("byte {offset} is not valid UTF-8: the file is damaged"),
    "unknown": mark("byte {offset} belongs neither to UTF-8 nor to GB18030"),
}
NOT_THERE = (mark("the file does not exist"), mark("Add it, or take the resource out of datapackage.json."))
CANNOT_BE_READ = (mark("the file cannot be read ({error})"), mark("Check the file’s permissions."))
TROUBLE = {
    errno.ENOENT: NOT_THERE,
    errno.ENOTDIR: NOT_THERE,
    errno.ELOOP: (mark("this is a link that leads back to itself"), mark("Replace the link by a copy of the file.")),
    errno.ENAMETOOLONG: (mark("the path is too long for this system"), mark("Give the file a shorter name.")),
}
SAVE_AS = mark("Open it in Excel and save it as “CSV UTF-8 (comma delimited)”.")
LONG = (mark("row {row} is longer than a million characters, so this is not a table"), SAVE_AS)
QUOTES = (
    mark("row {row}: a quotation mark is opened and not closed, or is followed by more text"),
    mark("Put the whole cell in double quotes and write each quotation mark in it twice."),
)


def tables(package: Package) -> tuple[Mapping[str, TextTable], list[Finding]]:
    """Read every CSV of `package`. Returns the tables that could be read, and a finding for every other file."""
    loaded: dict[str, TextTable] = {}
    findings: list[Finding] = []
    for resource in package.resources.values():
        parts = []
        if not resource.paths:
            findings.append(
                unreadable(
                    resource, resource.path, mark("the folder holds no CSV file"), mark("Put the CSV files in it."), {}
                )
            )
        for path in resource.paths:
            result = read(package.root, resource, path)
            if isinstance(result, Finding):
                findings.append(result)
            else:
                parts.append(result)
        if parts and len(parts) == len(resource.paths):
            loaded[resource.name] = TextTable(resource, tuple(parts))
    return loaded, findings


def unreadable(
    resource: Resource, path: str, message: str, fix: str, values: Mapping[str, object], row: int = 0
) -> Finding:
    return Finding(
        "unreadable-file", Severity.ERROR, resource.name, Address(path, row), Message(message, fix, values)
    )


def read(root: Path, resource: Resource, path: Path) -> TextPart | Finding:
    name = shown(path.relative_to(root).as_posix())
    if not is_plain(str(path.relative_to(root))):
        message = mark("the file’s name holds characters that nobody can see, or is not written in UTF-8")
        return unreadable(resource, name, message, mark("Rename the file, for instance to 2026-10.csv."), {})
    try:
        data = content(path)
    except NotAFileError:
        message = mark("a folder, a pipe or a device stands where a CSV file is expected")
        return unreadable(resource, name, message, mark("Put the CSV file in its place."), {})
    except OSError as error:
        message, fix = TROUBLE.get(error.errno or 0, CANNOT_BE_READ)
        return unreadable(resource, name, message, fix, {"error": error.strerror})
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return unreadable(
            resource,
            name,
            mark("the file is empty"),
            mark("Export it again; it must at least have its header row."),
            {},
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return unreadable(resource, name, mark("this is an Excel or zip file that was renamed to .csv"), SAVE_AS, {})
    text = utf8(data)
    if isinstance(text, Undecodable):
        return unreadable(resource, name, UNREADABLE[text.reason], SAVE_AS, {"offset": text.offset})
    return cells(resource, name, text if b"\n" in text else text.replace(b"\r", b"\n"))


def cells(resource: Resource, name: str, text: bytes) -> TextPart | Finding:
    """Cut UTF-8 `text` into cells. It stays bytes: a million rows of Chinese are twice as large as a str."""
    row, problem = long_line(text), LONG
    if not row:
        row, problem = broken_record(text)
    if row:
        message, fix = problem
        return unreadable(resource, name, message, fix, {"row": row}, row)
    header, body = split_header(text)
    if not any(cell.strip() for cell in header):
        message = mark("row {row} is empty, it must hold the names of the columns")
        return unreadable(resource, name, message, mark("Delete the empty rows above the header."), {"row": 1}, 1)
    if len(header) > MOST_COLUMNS:
        message = mark("row 1 has {count} cells, so it does not hold the names of columns")
        return unreadable(resource, name, message, SAVE_AS, {"count": len(header)}, 1)
    names = [str(i) for i in range(len(header))]
    if not body:
        return TextPart(name, header, pd.DataFrame(columns=names, dtype="str"), (), None)
    ragged: list[tuple[int, int]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        ragged.append((int(row.number), row.actual_columns))
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(body),
        # one thread: only then does pyarrow know the number of a ragged row
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=False),
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    frame = table.to_pandas().astype("str")
    rows = row_numbers(len(frame), [number for number, _ in ragged])
    return TextPart(name, header, frame, tuple((number + 1, count) for number, count in ragged), rows)


def split_header(text: bytes) -> tuple[tuple[str, ...], bytes]:
    """Return the header's cells and the rest, without the empty lines at the end that exports often add."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in lines_of(text):
            taken.append(line)
            yield line

    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    header = tuple(next(csv.reader(lines())))
    # a line may end in \r, \n or both, whatever the other lines of the file do
    return header, text[len("".join(taken).encode()) :].rstrip(b"\r\n")


def lines_of(text: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")


def row_numbers(count: int, skipped: list[int]) -> tuple[int, ...] | None:
    """Number the rows that were kept as Excel does. `skipped` counts records of the body from 1."""
    if not skipped:
        return None
    gone = set(skipped)
    return tuple(n + 1 for n in range(1, count + len(skipped) + 1) if n not in gone)


def long_line(text: bytes) -> int:
    """Return the row of the first line over LONGEST_LINE, 0 when there is none."""
    start = row = 0
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        row += 1
        if end - start > LONGEST_LINE:
            return row
        start = end + 1
    return 0


def broken_record(text: bytes) -> tuple[int, tuple[str, str]]:
    """Return the first row that pyarrow would not read as it is written, and what is wrong with it; row 0: none.

    pyarrow reads an unclosed quotation mark to the end of the file, drops what follows a closed one, and gives
    up at a row of many lines that does not fit into a block.
    """
    row = line = 0
    if b'"' not in text:
        return row, QUOTES
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(lines_of(text), strict=True)
    try:
        for row, record in enumerate(reader, 1):
            if reader.line_num > line + 1 and sum(map(len, record)) > LONGEST_LINE:
                return row, LONG
            line = reader.line_num
    except csv.Error:
        return row + 1, QUOTES
    return 0, QUOTES


def trim() -> None:
    """Give back to the system what pyarrow keeps for later: a million rows leave some 300 MB behind."""
    pa.default_memory_pool().release_unused()
