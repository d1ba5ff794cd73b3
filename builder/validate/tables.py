"""Put the stage together: header, cells, types, and the number of rows, for every file of every resource."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pyarrow as pa

from builder.language import mark
from builder.model import (
    Address,
    Damage,
    Finding,
    Findings,
    Lacking,
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
    letter,
)
from builder.validate.cells import Defects, Looked, look, submit
from builder.validate.damaged import damaged
from builder.validate.defects import FileDefects
from builder.validate.encoded import joined, same
from builder.validate.exchanged import exchanged
from builder.validate.garbled import garbled_file
from builder.validate.header import Header, columns
from builder.validate.schema import usable
from builder.validate.shifted import emptied, settled
from builder.validate.supposed import meant, replaced
from builder.validate.typed import typed_column
from builder.validate.zones import private_cells

__all__ = ["tables"]

THREADS = 2
"""Columns that Arrow looks at together; it lets go of Python's lock."""

Found = Mapping[str, str]
"""Field → the position of its column in a file."""


def tables(
    package: Package,
    loaded: Mapping[str, TextTable],
    figures: Mapping[str, frozenset[str]],
    executor: Executor | None = None,
    *,
    refused: Collection[str] = (),
    exempt: Collection[str] = (),
) -> tuple[Tables, Report]:
    """Validate and type every table that was loaded. `figures`: resource → columns that figures are made from.

    `refused`: columns with this `publish` may have no cells, but for the tables that are `exempt`.

    Returns the typed tables of all resources that lack no needed column and no file, those that lack something apart
    (`Tables.lacking`), and the report of all defects. Columns that are never published are judged here and go no
    further. Raises BuilderError when a schema cannot be used.
    """
    every = tuple(package.resources.values())
    prepared = [
        (table, [
            columns(table.resource, part, figures.get(name, frozenset()), () if name in exempt else refused, every)
            for part in table.parts
        ])
        for name, table in loaded.items()
    ]
    with ThreadPoolExecutor(THREADS) as threads:
        looked = [
            [looking(threads, table, part, head.places) for part, head in zip(table.parts, headers, strict=True)]
            for table, headers in prepared
        ]
        # importing Frictionless takes as long as Arrow's look at a million rows
        for resource in package.resources.values():
            usable(resource)
        pending = [[submit(executor, part) for part in parts] for parts in looked]
    by_name = dict(zip(loaded, prepared, strict=True))
    result: dict[str, Table] = {}
    lacking: dict[str, Lacking] = {}
    counts: dict[str, int] = {}
    groups: list[Findings] = []
    damage = Damage()
    for (text, headers), work in zip(prepared, pending, strict=True):
        resource = text.resource
        unwanted = () if resource.name in exempt else refused
        parts = tuple(zip(text.parts, headers, strict=True))
        groups.append(
            Listed(tuple(item for part, head in parts for item in private_cells(resource, part, head.places, unwanted)))
        )
        results = [cells.result() for cells in work]
        for at, (part, header) in enumerate(parts):
            if meaning := exchanged(resource, part, header.places, results[at]):
                headers[at] = header._replace(places=meaning.places, findings=(*header.findings, meaning.finding))
                with ThreadPoolExecutor(THREADS) as threads:
                    results[at] = submit(executor, looking(threads, text, part, meaning.places)).result()
        groups.append(Listed(tuple(item for header in headers for item in header.findings)))
        parts = tuple(zip(text.parts, headers, strict=True))
        refusals = [
            settled(resource, part, header.places, cells)
            for (part, header), cells in zip(parts, results, strict=True)
        ]
        for (part, header), here in zip(parts, refusals, strict=True):
            is_sure = resource.schema.is_public and header.is_known
            # a report lives long: it must not keep a million rows of text
            known = {} if is_sure else keys_of(resource, here, by_name)
            whole, left = garbled_file(resource, part, here)
            groups.append(Listed(whole))
            groups.append(FileDefects(resource, replace(part, columns=()), header.places, left, is_sure, known))
        table = typed_table(text, headers, [item for here in refusals for item in here])
        table = emptied(table, refusals)
        damage = damaged(damage, table, refusals, sum(len(part.ragged) for part in text.parts))
        groups.append(Listed(tuple(too_few_rows(table)) if text.is_whole else ()))
        counts[resource.name] = len(table.frame)
        missing = frozenset[str]().union(*(header.lacking for header in headers))
        # of a table that lost all its rows, everything that points at it would seem to be wrong
        is_whole = text.is_whole and bool(len(table.frame) or not resource.minimum_rows)
        if missing or not is_whole:
            lacking[resource.name] = Lacking(table, missing, is_whole)
        else:
            result[resource.name] = table
    return Tables(package, result, lacking=lacking, damage=damage), Report(tuple(groups), counts)


def looking(threads: Executor, text: TextTable, part: TextPart, found: Found) -> Looked:
    """Have the known columns of a file looked at."""
    fields = [field for field in text.resource.schema.fields if field.name in found]
    cells = [part.columns[int(found[field.name])] for field in fields]
    return look(threads, cells, fields, text.resource.schema.primary_key)


def typed_table(text: TextTable, headers: Sequence[Header], defects: Sequence[Defects] = ()) -> Table:
    """Return the files one below the other; a column that no file has is empty. Never published ones are left out.

    A cell that was refused (`defects`) is what it was meant to be, as far as that is known.
    """
    sources, start = [], 0
    for part, header in zip(text.parts, headers, strict=True):
        letters = {name: letter(int(position)) for name, position in header.places.items()}
        sources.append(Part(part.path, start, letters, part.rows, header.is_known))
        start += part.row_count
    found = [header.places for header in headers]
    fields = [field for field in text.resource.schema.fields if field.publish != "never"]
    frame = pd.DataFrame(
        {
            field.name: typed_column(
                replaced(cells_of(field.name, text.parts, found), meant(field, defects)), field.descriptor
            )
            for field in fields
        },
        index=pd.RangeIndex(start),
    )
    return Table(text.resource, frame, tuple(sources))


def keys_of(
    resource: Resource, defects: Sequence[Defects], tables: Mapping[str, tuple[TextTable, Sequence[Header]]]
) -> Mapping[str, frozenset[str]]:
    """Return field → the codes that it may hold, as far as anybody may read them: those that point at a public table.

    Only of fields that have `defects`.
    """
    damaged_fields = {item.field for item in defects}
    found: dict[str, frozenset[str]] = {}
    for key in resource.schema.foreign_keys:
        table, headers = tables.get(key.target, (None, ()))
        if table is not None and key.field in damaged_fields and table.resource.schema.is_public:
            cells = cells_of(key.target_field, table.parts, [header.places for header in headers])
            found[key.field] = frozenset(cells.unique().to_pylist()) - {"", None}
    return found


def cells_of(name: str, parts: Sequence[TextPart], found: Sequence[Found]) -> pa.ChunkedArray:
    """Return the cells of a field in all files, empty ones for a file that lacks the column."""
    return joined(
        [
            part.columns[int(places[name])] if name in places else same("", part.row_count)
            for part, places in zip(parts, found, strict=True)
        ]
    )


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
