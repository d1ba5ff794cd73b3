"""Put the stage together: header, cells, types, and the number of rows, for every file of every resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

import pandas as pd

from builder.language import mark
from builder.model import (
    Address,
    Finding,
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
from builder.validate.cells import CHUNK, Defect, defects
from builder.validate.formulas import formulas
from builder.validate.header import columns, letter
from builder.validate.schema import usable
from builder.validate.typed import CONTROL, typed
from builder.validate.words import finding

__all__ = ["tables"]

P = ParamSpec("P")
T = TypeVar("T")


class Now(Executor):
    """Runs work at once in this process: for packages too small to be worth another one."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` and return its finished future."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


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
        (table.resource, [columns(table.resource, part, needed(table, figures)) for part in table.parts], table.parts)
        for table in loaded.values()
    ]
    pending = [
        [submit(pool, resource, part, found) for part, (found, _) in zip(parts, headers, strict=True)]
        for resource, headers, parts in prepared
    ]
    result: dict[str, Table] = {}
    counts: dict[str, int] = {}
    findings: list[Finding] = []
    for (resource, headers, parts), work in zip(prepared, pending, strict=True):
        findings += [item for _, header in headers for item in header]
        for part, (found, _), futures in zip(parts, headers, work, strict=True):
            findings += part_findings(resource, part, found, futures)
        table = typed_table(resource, parts, [found for found, _ in headers])
        findings += too_few_rows(table)
        counts[resource.name] = sum(len(part.frame) for part in parts)
        if not any(item.code == "missing-column" for _, header in headers for item in header):
            result[resource.name] = table
    return Tables(package, result), Report(tuple(findings), counts)


def needed(table: TextTable, figures: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return figures.get(table.resource.name, frozenset())


def submit(pool: Executor, resource: Resource, part: TextPart, found: Mapping[str, str]) -> list[Future[list[Defect]]]:
    names = [name for name in resource.schema.names if name in found]
    frame = part.frame[[found[name] for name in names]].set_axis(names, axis=1)
    fields = [resource.schema[name].descriptor for name in names]
    return [
        pool.submit(defects, frame.iloc[start : start + CHUNK], fields)
        for start in range(0, len(frame), CHUNK)
        if names
    ]


def part_findings(
    resource: Resource, part: TextPart, found: Mapping[str, str], futures: list[Future[list[Defect]]]
) -> list[Finding]:
    """Put the chunks' defects back to file, row and column, with the ragged rows, in the file's order."""
    findings = [ragged(resource, part, row, count) for row, count in part.ragged]
    for index, future in enumerate(futures):
        for defect in sorted(future.result()):
            row = index * CHUNK + defect.row
            number = part.rows[row] if part.rows else row + 2
            field = resource.schema[defect.field] if defect.field else None
            position = int(found[defect.field]) if defect.field else -1
            value = str(part.frame.iat[row, position]) if field else ""
            address = Address(part.path, number, letter(position) if field else "")
            findings.append(finding(resource.name, address, field, defect, value))
    findings += control_characters(resource, part, found)
    findings += formulas(resource, part, found)
    return sorted(findings, key=lambda item: item.address.row)


def ragged(resource: Resource, part: TextPart, row: int, count: int) -> Finding:
    message = Message(
        mark("the row has {count} cells, the header has {expected}"),
        mark("A comma is missing or too many; a cell with a comma must stand in double quotes."),
        {"count": count, "expected": len(part.header)},
    )
    return Finding("ragged-row", Severity.ERROR, resource.name, Address(part.path, row), message)


def control_characters(resource: Resource, part: TextPart, found: Mapping[str, str]) -> list[Finding]:
    """A warning for cells with characters that nobody sees but that can turn the text after them around."""
    return [
        Finding(
            "control-character", Severity.WARNING, resource.name,
            Address(part.path, part.rows[row] if part.rows else int(row) + 2, letter(int(position))),
            Message(
                mark("the cell holds an invisible control character, shown as � on the site"),
                mark("Type the cell again instead of pasting it."),
            ),
            resource.schema[name].title,
        )
        for name, position in found.items()
        if resource.schema[name].type == "string"
        for row in part.frame[position].str.contains(CONTROL, regex=True).to_numpy().nonzero()[0]
    ]  # fmt: skip


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
