"""Which table of a package a file is of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from builder import load
from builder.model import Package, Resource, plain_header

__all__ = ["recognised", "tables"]

AHEAD = 10
"""Rows among which the header is."""

SEVERAL = 2
"""Sheets from which on a workbook may hold several tables: that of a report has one for each file."""


def recognised(package: Package, name: str, data: bytes) -> tuple[Resource, ...]:
    """Return the table that a file is of; two, where it could be either, none where nothing tells.

    A name alone is enough where the header cannot be read: what is wrong with it is told of that table. Where the name
    is that of one table and the header is of another, neither is believed. Of a workbook the first sheet counts, if it
    is a table: further back are the lists that a form chooses from, and they look like other tables.
    """
    named = load.recognise(package, name)
    if found := by_header(package, named, load.first_rows(data)):
        return found
    for resource in (*named, *(item for item in package.resources.values() if item not in named)):
        grid = load.grid(name, data, resource, titled=True)
        if not isinstance(grid, load.Trouble):
            return by_header(package, named, grid.rows)
    return named[:1]


def tables(package: Package, name: str, data: bytes) -> tuple[Resource, ...]:
    """Return the tables of a workbook that has a sheet for each of several; () for any other file."""
    if not name.lower().endswith(".xlsx") or sheets(data) < SEVERAL:
        return ()
    found = []
    for resource in package.resources.values():
        grid = load.grid(name, data, resource, titled=True)
        if not isinstance(grid, load.Trouble) and grid.sheet and is_sheet_of(resource, grid.sheet):
            found.append(resource)
    return tuple(found) if len(found) > 1 else ()


def sheets(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return sum(part.startswith("xl/worksheets/sheet") for part in book.namelist())
    except zipfile.BadZipFile:
        return 0


def is_sheet_of(resource: Resource, sheet: str) -> bool:
    """Return whether a sheet is called like a table; Excel cuts long names off."""
    return any(plain_header(text).startswith(plain_header(sheet)) for text in (resource.title, resource.name))


def by_header(package: Package, named: Sequence[Resource], rows: Sequence[Sequence[str]]) -> tuple[Resource, ...]:
    """Return the table whose columns the first `rows` name best; `named`: those that the file is called like."""
    every = package.resources.values()
    header = max(rows[:AHEAD], key=lambda row: max(known(item, row) for item in every), default=())
    filled = sum(bool(cell.strip()) for cell in header)
    if fitting := [item for item in named if filled and 2 * known(item, header) >= filled]:
        return (fitting[0],)
    found = load.recognise(package, "", header)
    if named and found:
        return (named[0], found[0])
    is_either = len(found) > 1 and fit(found[0], header) == fit(found[1], header)
    return found[:2] if is_either else found[:1]


def known(resource: Resource, header: Sequence[str]) -> int:
    """Return how many columns of a table a header names."""
    return len({field.name for cell in header if cell.strip() and (field := resource.schema.named(cell))})


def fit(resource: Resource, header: Sequence[str]) -> tuple[int, int]:
    return known(resource, header), len(resource.schema.fields)
