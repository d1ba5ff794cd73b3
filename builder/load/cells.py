"""Files to cells: every file of every table, whatever its kind, encoding and separator.

Every record of a file is a row of its part, listed in `ragged`, or named in a finding; none is lost. Row numbers are
those that Excel shows (the header is row 1; a cell with a line break is still one row).
"""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from builder.language import mark
from builder.load.beside import missing, strays
from builder.load.body import settled
from builder.load.columns import columns, compact
from builder.load.files import BrokenArchiveError, NotAFileError, TooLargeError, plain_content
from builder.load.kinds import kind
from builder.load.layout import FOREIGN, READABLE, Layout, layout, without_hint
from builder.load.names import shown
from builder.load.records import split_header, too_long, unreadable_record
from builder.load.shape import misshapen
from builder.load.sheets import part_of
from builder.load.text import Undecodable, is_empty, utf8
from builder.load.trouble import (
    CUT,
    UNREADABLE,
    Trouble,
    bomb,
    broken_archive,
    empty_file,
    finding,
    not_a_table,
    undecodable,
    uneven,
)
from builder.load.workbook import sheet
from builder.model import Finding, Message, Package, Resource, TextPart, TextTable

__all__ = ["tables", "trim"]

# mimalloc, which pyarrow would take, keeps a tenth more, and gives back only what Arrow has used
pa.set_memory_pool(pa.system_memory_pool())

READERS = 2
"""Files that are read at a time. Each is held as bytes until it is cut into columns, so more would cost memory."""

NAMED = re.compile(r"\w[\w .()（）-]{0,59}\.(?:csv(?:\.gz)?|xlsx)", re.IGNORECASE)
"""Staff name the files of a folder after a month or a street: more is allowed than in a descriptor, but no markup."""

NOTHING: Mapping[Path, bytes] = {}

CANNOT_BE_READ = (mark("the file cannot be read ({error})"), mark("Check the file’s permissions."))
TROUBLE = {
    errno.ELOOP: (mark("this is a link that leads back to itself"), mark("Replace the link by a copy of the file.")),
    errno.ENAMETOOLONG: (mark("the path is too long for this system"), mark("Give the file a shorter name.")),
}
NOT_THERE = (errno.ENOENT, errno.ENOTDIR)


class Read(NamedTuple):
    """What a file holds, None where it is no table, and what is to be said of its rows or of the whole file."""

    part: TextPart | None
    troubles: tuple[Trouble, ...] = ()


class Book(NamedTuple):
    """The bytes of a workbook: those are opened one after the other."""

    data: bytes


def tables(
    package: Package, instead: Mapping[Path, bytes] = NOTHING
) -> tuple[Mapping[str, TextTable], list[Finding]]:
    """Read every file of `package`. Returns the tables that could be read, and findings about files.

    A table of which some files could not be read has the others; one of which none could is left out. `instead`: file →
    the bytes that it is read with, whatever it has now.
    """
    loaded: dict[str, TextTable] = {}
    findings: list[Finding] = []
    wanted = [(resource, path) for resource in package.resources.values() for path in resource.paths]
    # pyarrow lets go of Python's lock while it works
    with ThreadPoolExecutor(READERS) as pool:
        results = list(pool.map(lambda item: compacted(opened(package, *item, instead=instead.get(item[1]))), wanted))
    read = iter([in_turn(package, *item, result) for item, result in zip(wanted, results, strict=True)])
    gone: list[Path] = []
    for resource in package.resources.values():
        if not resource.paths:
            message = Message(mark("the folder holds no CSV file"), mark("Put the CSV files in it."))
            findings.append(finding(Trouble(UNREADABLE, message), resource.name, resource.path))
        found, is_whole = [], True
        for path in resource.paths:
            item = next(read)
            if item is None:
                told, twin = missing(package, resource, path)
                findings.append(told)
                gone += [twin] if twin else []
                is_whole = False
                continue
            name = name_of(package, path)
            findings += [finding(trouble, resource.name, name) for trouble in item.troubles]
            found += [item.part] if item.part else []
            is_whole &= item.part is not None and not any(trouble.code == CUT for trouble in item.troubles)
        if found:
            loaded[resource.name] = TextTable(resource, tuple(found), is_whole)
    return loaded, [*findings, *strays(package, gone)]


def name_of(package: Package, path: Path) -> str:
    return shown(path.relative_to(package.root).as_posix())


def compacted(result: Read | Book | None) -> Read | Book | None:
    """Return a file that is read in as little memory as it needs, now that its bytes are gone."""
    if not isinstance(result, Read) or result.part is None:
        return result
    columns = list(reversed(result.part.columns))
    part, told = replace(result.part, columns=()), result.troubles
    part = replace(part, columns=tuple(compact(columns.pop()) for _ in part.header))
    trim()
    return Read(part, told)


def opened(package: Package, resource: Resource, path: Path, *, instead: bytes | None = None) -> Read | Book | None:
    """Return what a file holds, a workbook unopened; None when there is no such file."""
    if not NAMED.fullmatch(path.name):
        text = mark("the file’s name holds signs that cannot stand there, or is not written in UTF-8")
        return refused(Trouble(UNREADABLE, Message(text, mark("Rename the file, for instance to 2026-10.csv."))))
    try:
        data = plain_content(path, instead)
    except BrokenArchiveError:
        return refused(broken_archive())
    except TooLargeError:
        return refused(bomb())
    except NotAFileError:
        text = mark("a folder, a pipe or a device stands where a CSV file is expected")
        return refused(Trouble(UNREADABLE, Message(text, mark("Put the CSV file in its place."))))
    except OSError as error:
        if error.errno in NOT_THERE:
            return None
        words = TROUBLE.get(error.errno or 0, CANNOT_BE_READ)
        return refused(Trouble(UNREADABLE, Message(*words, {"error": error.strerror})))
    if path.suffix.lower() == ".xlsx":
        return Book(data)
    return of_text(package, resource, path, data)


def refused(trouble: Trouble) -> Read:
    return Read(None, (trouble,))


def in_turn(package: Package, resource: Resource, path: Path, result: Read | Book | None) -> Read | None:
    """Return a file that was read, opening it if it is a workbook."""
    if not isinstance(result, Book):
        return result
    found = sheet(result.data, resource) if result.data else empty_file()
    if isinstance(found, Trouble):
        return refused(found)
    part, trouble = part_of(found, resource, others(package, resource), name_of(package, path))
    return refused(trouble) if trouble and not part else Read(*settled(resource, part, (trouble,) if trouble else ()))


def others(package: Package, resource: Resource) -> Sequence[Resource]:
    return [item for item in package.resources.values() if item.name != resource.name]


def of_text(package: Package, resource: Resource, path: Path, data: bytes) -> Read:
    """Return the cells of a file that should be CSV."""
    if is_empty(data):
        return refused(empty_file())
    if found := kind(data):
        return refused(not_a_table(found))
    text = utf8(data)
    if isinstance(text, Undecodable):
        return refused(undecodable(resource, data, text))
    del data  # a copy, where the file has a byte order mark
    text = without_hint(text if b"\n" in text else text.replace(b"\r", b"\n"))
    return cells(resource, others(package, resource), name_of(package, path), text)


def cells(resource: Resource, known: Sequence[Resource], name: str, text: bytes) -> Read:
    """Cut UTF-8 `text` into cells. It stays bytes: a million rows of Chinese are twice as large as a str."""
    if trouble := too_long(text):
        return refused(trouble)
    found = layout(text, resource.schema)
    if trouble := misshapen(resource, found, known) or unreadable_record(text, found.separator):
        return refused(trouble)
    header, body = split_header(text, found.separator)
    header = widened(header, found)
    cut = columns(text, body, len(header), found.separator)
    if not cut.row_count and is_cut_otherwise(cut.last.values(), len(header), found.separator):
        return refused(uneven(found.separator))
    rows = row_numbers(cut.row_count, [number for number, _ in cut.ragged])
    ragged = tuple((number + 1, count) for number, count in cut.ragged)
    part = TextPart(name, header, cut.columns, cut.row_count, ragged, rows)
    return Read(*settled(resource, part, (), cut.last, is_open=not text.endswith((b"\n", b"\r"))))


def is_cut_otherwise(rows: Iterable[str], width: int, separator: str) -> bool:
    """Return whether records that do not have `width` cells would have them with another separator."""
    signs = [sign for sign in READABLE + FOREIGN if sign != separator]
    return width > 1 and any(row.count(sign) == width - 1 for row in rows for sign in signs)


def widened(header: tuple[str, ...], found: Layout) -> tuple[str, ...]:
    """Return the header with as many cells as most rows have, where one of them only ends in empty cells.

    Excel writes a comma for every column that was ever used, and saves some of them. Where each row has more cells than
    the header, a name is missing there.
    """
    below = [record for record in found.records[found.header + 1 :] if record]
    sizes = Counter(map(len, below))
    width, count = next(iter(sizes.most_common(1)), (len(header), 0))
    if 2 * count <= len(below):
        return header  # a single row with a comma too many says nothing of the others
    if width < len(header):
        return header[:width] if not any(cell.strip() for cell in header[width:]) else header
    is_empty_there = not any(cell.strip() for record in below for cell in record[len(header) :])
    is_each = len(sizes) == 1 and len(below) > 1
    return (*header, *[""] * (width - len(header))) if is_empty_there or is_each else header


def row_numbers(count: int, skipped: list[int]) -> tuple[int, ...] | None:
    """Number the rows that were kept as Excel does. `skipped` counts records of the body from 1."""
    if not skipped:
        return None
    return tuple(np.delete(np.arange(2, count + len(skipped) + 2), np.array(skipped) - 1).tolist())


def trim() -> None:
    """Give back to the system what pyarrow and the C library keep for later: a million rows leave 300 MB behind."""
    pa.default_memory_pool().release_unused()  # of the system's pool: all that the C library keeps
