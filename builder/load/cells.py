"""Text to cells.

Every record of a file is either a row of its part or listed in `ragged`; none is lost. Row numbers are
those that Excel shows (the header is row 1; a cell with a line break is still one row).
"""

from __future__ import annotations

import csv
import errno
import io
import re
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from builder.language import mark
from builder.load.columns import columns, compact
from builder.load.files import BrokenArchiveError, NotAFileError, plain_content
from builder.load.names import shown
from builder.load.quotes import well_quoted
from builder.load.text import Undecodable, utf8
from builder.load.trouble import finding, undecodable
from builder.model import Address, Finding, Message, Package, Resource, Severity, TextPart, TextTable

__all__ = ["tables", "trim"]

# mimalloc, which pyarrow would take, keeps a tenth more, and gives back only what Arrow has used
pa.set_memory_pool(pa.system_memory_pool())

LONGEST_LINE = 1_000_000
"""Bytes. A longer line is not a row that anybody typed."""

MOST_COLUMNS = 1_000
"""Half a million commas in one line would keep the build busy for minutes."""

READERS = 2
"""Files that are read at a time. Each is held as bytes until it is cut into columns, so more would cost memory."""

NAMED = re.compile(r"\w[\w .()（）-]{0,59}\.csv(?:\.gz)?", re.IGNORECASE)
"""Staff name the files of a folder after a month or a street: more is allowed than in a descriptor, but no markup."""

NOTHING: Mapping[Path, bytes] = {}

FILLED = re.compile(rb"[^\xef\xbb\xbf \t\r\n]")
"""What an empty file lacks."""

UNREADABLE = {
    "nul": mark("byte {offset} is NUL, so this is not a text file"),
    "damaged": mark("byte {offset} is not valid UTF-8: the file is damaged"),
    "unknown": mark("byte {offset} belongs neither to UTF-8 nor to GB18030"),
    "doubtful": mark(
        "the encoding is in doubt at byte {offset}: the cell is “{utf8}” in UTF-8, "
        "“{gb18030}” in GB18030 and “{western}” in Windows-1252"
    ),
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


def tables(
    package: Package, instead: Mapping[Path, bytes] = NOTHING
) -> tuple[Mapping[str, TextTable], list[Finding]]:
    """Read every CSV of `package`. Returns the tables that could be read, and a finding for every other file.

    `instead`: file → the bytes that it is read with, whatever it has now.
    """
    loaded: dict[str, TextTable] = {}
    findings: list[Finding] = []
    wanted = [(resource, path) for resource in package.resources.values() for path in resource.paths]
    # pyarrow lets go of Python's lock while it works
    with ThreadPoolExecutor(READERS) as pool:
        results = iter(list(pool.map(lambda item: compacted(read(package.root, *item, instead.get(item[1]))), wanted)))
    for resource in package.resources.values():
        if not resource.paths:
            message = mark("the folder holds no CSV file")
            findings.append(unreadable(resource, resource.path, message, mark("Put the CSV files in it."), {}))
        found = [next(results) for _ in resource.paths]
        findings += [item for item in found if isinstance(item, Finding)]
        parts = tuple(item for item in found if isinstance(item, TextPart))
        if parts and len(parts) == len(found):
            loaded[resource.name] = TextTable(resource, parts)
    return loaded, findings


def compacted(result: TextPart | Finding) -> TextPart | Finding:
    """Return a file that is read in as little memory as it needs, now that its bytes are gone."""
    if isinstance(result, Finding):
        return result
    columns = list(reversed(result.columns))
    result = replace(result, columns=())
    result = replace(result, columns=tuple(compact(columns.pop()) for _ in result.header))
    trim()
    return result


def unreadable(
    resource: Resource, path: str, message: str, fix: str, values: Mapping[str, object], row: int = 0
) -> Finding:
    return Finding("unreadable-file", Severity.ERROR, resource.name, Address(path, row), Message(message, fix, values))


def read(root: Path, resource: Resource, path: Path, instead: bytes | None = None) -> TextPart | Finding:
    name = shown(path.relative_to(root).as_posix())
    if not NAMED.fullmatch(path.name):
        message = mark("the file’s name holds signs that cannot stand there, or is not written in UTF-8")
        return unreadable(resource, name, message, mark("Rename the file, for instance to 2026-10.csv."), {})
    try:
        data = plain_content(path, instead)
    except BrokenArchiveError:
        message = mark("this is not a complete .gz file")
        return unreadable(resource, name, message, mark("Copy or compress the file again."), {})
    except NotAFileError:
        message = mark("a folder, a pipe or a device stands where a CSV file is expected")
        return unreadable(resource, name, message, mark("Put the CSV file in its place."), {})
    except OSError as error:
        message, fix = TROUBLE.get(error.errno or 0, CANNOT_BE_READ)
        return unreadable(resource, name, message, fix, {"error": error.strerror})
    if not FILLED.search(data):
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
        return finding(undecodable(resource, data, text), resource.name, name)
    del data  # a copy, where the file has a byte order mark
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
    found = columns(text, body, len(header))
    rows = row_numbers(found.row_count, [number for number, _ in found.ragged])
    ragged = tuple((number + 1, count) for number, count in found.ragged)
    return TextPart(name, header, found.columns, found.row_count, ragged, rows)


def split_header(text: bytes) -> tuple[tuple[str, ...], slice]:
    """Return the header's cells and where the rest is, without the empty lines at the end that exports often add."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in lines_of(text):
            taken.append(line)
            yield line

    csv.field_size_limit(sys.maxsize)  # a cell may be as long as it likes
    header = tuple(next(csv.reader(lines())))
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


def lines_of(text: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")


def row_numbers(count: int, skipped: list[int]) -> tuple[int, ...] | None:
    """Number the rows that were kept as Excel does. `skipped` counts records of the body from 1."""
    if not skipped:
        return None
    return tuple(np.delete(np.arange(2, count + len(skipped) + 2), np.array(skipped) - 1).tolist())


def long_line(text: bytes) -> int:
    """Return the row of the first line over LONGEST_LINE, 0 when there is none."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            return text.count(b"\n", 0, start) + 1
        start = end + 1
    return 0


def broken_record(text: bytes) -> tuple[int, tuple[str, str]]:
    """Return the first row that pyarrow would not read as it is written, and what is wrong with it; row 0: none.

    pyarrow reads an unclosed quotation mark to the end of the file, drops what follows a closed one, and gives
    up at a row of many lines that does not fit into a block.
    """
    row = line = 0
    csv.field_size_limit(sys.maxsize)
    if b'"' not in text or well_quoted(text, LONGEST_LINE):
        return row, QUOTES
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
    """Give back to the system what pyarrow and the C library keep for later: a million rows leave 300 MB behind."""
    pa.default_memory_pool().release_unused()  # of the system's pool: all that the C library keeps
