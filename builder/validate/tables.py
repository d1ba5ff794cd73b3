"""Put the stage together: header, cells, types, and the number of rows, for every file of every resource."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

import pandas as pd

from builder.language import mark
from builder.model import (
    Address,
    Finding,
    Findings,
    Listed,
    Message,
    Package,
    Part,
    Report,
    Resource,
    Severity,
    Table,
    Tables,
    TextPart,
    TextTable,
)
from builder.validate.cells import Now, submit
from builder.validate.defects import FileDefects
from builder.validate.header import columns, letter
from builder.validate.schema import usable
from builder.validate.typed import typed

__all__ = ["tables"]

def tables(
    package: Package,
    loaded: Mapping[str, TextTable],
    figures: Mapping[str, frozenset[str]],
    executor: Executor | None = None,
) -> tuple[Tables, Report]:
    """Validate and type every table that was loaded. `figures`: resource → columns that figures are made from.

    Returns the typed tables of all resources that lack no needed column, and the report of all defects. Columns
    that are never published are judged here and go no further. Raises BuilderError when a schema cannot be used.
    """
    for resource in package.resources.values():
        usable(resource)
    pool = executor or Now()
    prepared = [
        (table, [columns(table.resource, part, needed(table, figures)) for part in table.parts])
        for table in loaded.values()
    ]
    pending = [
        [
            submit(pool, *cells_of(table.resource, part, found))
            for part, (found, _) in zip(table.parts, headers, strict=True)
        ]
        for table, headers in prepared
    ]
    result: dict[str, Table] = {}
    counts: dict[str, int] = {}
    groups: list[Findings] = []
    for (loaded_table, headers), work in zip(prepared, pending, strict=True):
        resource, parts = loaded_table.resource, loaded_table.parts
        groups.append(Listed(tuple(item for _, header in headers for item in header)))
        for part, (found, _), cells in zip(parts, headers, work, strict=True):
            groups.append(FileDefects(resource, part, found, cells.result()))
        table = typed_table(resource, parts, [found for found, _ in headers])
        groups.append(Listed(tuple(too_few_rows(table))))
        counts[resource.name] = len(table.frame)
        if not any(item.code == "missing-column" for _, header in headers for item in header):
            result[resource.name] = table
    return Tables(package, result), Report(tuple(groups), counts)


def needed(table: TextTable, figures: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return figures.get(table.resource.name, frozenset())


def cells_of(
    resource: Resource, part: TextPart, found: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Mapping[str, Any]]]:
    """Return the known columns of a file under their fields' names, and the fields' descriptors."""
    names = [name for name in resource.schema.names if name in found]
    frame = part.frame[[found[name] for name in names]].set_axis(names, axis=1)
    return frame, [resource.schema[name].descriptor for name in names]


def typed_table(resource: Resource, parts: tuple[TextPart, ...], found: list[Mapping[str, str]]) -> Table:
    """Return the parts one below the other, without columns that are never published; one that no file has is empty."""
    sources, start = [], 0
    for part, names in zip(parts, found, strict=True):
        sources.append(
            Part(part.path, start, {name: letter(int(position)) for name, position in names.items()}, part.rows)
        )
        start += len(part.frame)
    kept = [field for field in resource.schema.fields if field.publish != "never"]
    columns = {field.name: typed(joined(field.name, parts, found), field.descriptor) for field in kept}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(start))
    return Table(resource, frame, tuple(sources))


def joined(name: str, parts: tuple[TextPart, ...], found: list[Mapping[str, str]]) -> pd.Series:
    columns = [
        part.frame[names[name]] if name in names else pd.Series([""] * len(part.frame), dtype="str")
        for part, names in zip(parts, found, strict=True)
    ]
    return columns[0].astype("str") if len(columns) == 1 else pd.concat(columns, ignore_index=True).astype("str")


def too_few_rows(table: Table) -> list[Finding]:
    """Half-uploaded files are common; an empty table must be allowed by name (`minimum_rows`)."""
    resource = table.resource
    if len(table.frame) >= resource.minimum_rows:
        return []
    message = Message(
        mark("{count} rows of data, at least {minimum} expected"),
        mark("Export the file again; if it may be this short, set minimum_rows in datapackage.json."),
        {"count": len(table.frame), "minimum": resource.minimum_rows},
    )
    return [Finding("too-few-rows", Severity.ERROR, resource.name, Address(table.parts[0].path), message)]
