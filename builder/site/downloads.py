"""data/: the published tables as CSV and the package that describes them.

Any Frictionless tool validates it. Files are UTF-8 with BOM for Excel. A cell that a spreadsheet would run
as a formula, or a code that it would turn into a rounded number, begins with an apostrophe (docs/adr/0004);
the schemas say so.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from builder.model import Field, Resource, Table, Tables

__all__ = ["Download", "write"]

GUARDED = r"^(?:[=+\-@＝＋－＠\t\r\n']|0[0-9]+$|[0-9]{12,}$)"
"""Begins like a formula (or like a guard), or is a code that Excel would show as a number.

The characters are those of OWASP’s page on CSV injection; a full-width one may be made narrow on the way in.
"""

OURS = ("publish", "aliases", "fix", "roles", "vote")


class Download(NamedTuple):
    """One CSV below data/ as it was written."""

    resource: str
    path: str
    row_count: int
    byte_count: int
    sha256: str


def write(tables: Tables, target: Path) -> tuple[Download, ...]:
    """Write every table of `tables` (public columns only) and datapackage.json into `target`/data."""
    folder = target / "data"
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    files = tuple(csv_file(table, folder) for table in tables.tables.values())
    for table in tables.tables.values():
        dump(published_schema(table, tables), folder / "schemas" / f"{table.resource.name}.json")
    dump(published_package(tables, files), folder / "datapackage.json")
    return files


def dump(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def csv_file(table: Table, folder: Path) -> Download:
    """Write one table; dates as ISO text, booleans in the schema's own words."""
    columns = [words(table.frame[name], table.resource.schema[str(name)]) for name in table.frame]
    name = f"{table.resource.name}.csv"
    with (folder / name).open("wb") as sink:
        sink.write(codecs.BOM_UTF8)
        arrow_csv.write_csv(
            pa.table(columns, names=list(table.frame)), sink, arrow_csv.WriteOptions(quoting_style="needed")
        )
    digest = hashlib.sha256()
    with (folder / name).open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return Download(
        table.resource.name, f"data/{name}", len(table.frame), (folder / name).stat().st_size, digest.hexdigest()
    )


def words(column: pd.Series, field: Field) -> pa.Array:
    """Return a column as it is written: text for all but numbers."""
    if field.type == "string":
        begins = column.str.contains(GUARDED, regex=True).fillna(False).astype(bool)
        return pa.array(column.mask(begins, "'" + column), from_pandas=True)
    if field.type == "date":
        return pa.array(column.dt.strftime("%Y-%m-%d").astype("str"), from_pandas=True)
    if field.type == "boolean":
        true, false = (field.descriptor.get(f"{name}Values", [name]) for name in ("true", "false"))
        return pa.array(column.map({True: true[0], False: false[0]}).astype("str"), from_pandas=True)
    return pa.array(column, from_pandas=True)


def guarded(value: str) -> str:
    """Return a value that a schema lists as it is written in the file."""
    return f"'{value}" if re.search(GUARDED, value) else value


def published_schema(table: Table, tables: Tables) -> Mapping[str, Any]:
    """Return a standard Table Schema of the columns that are published, without our own properties."""
    schema, kept = table.resource.schema, set(table.frame)
    result: dict[str, Any] = {
        "fields": [published_field(field) for field in schema.fields if field.name in kept],
        "missingValues": [""],
    }
    if schema.primary_key and set(schema.primary_key) <= kept:
        result["primaryKey"] = list(schema.primary_key)
    keys = [
        {"fields": [key.field], "reference": {"resource": key.target, "fields": [key.target_field]}}
        for key in schema.foreign_keys
        if key.field in kept and key.target_field in (tables[key.target] if key.target else table.frame)
    ]
    return result | ({"foreignKeys": keys} if keys else {})


def published_field(field: Field) -> Mapping[str, Any]:
    result = {key: value for key, value in field.descriptor.items() if key not in OURS}
    constraints = dict(result.get("constraints", {}))
    if field.type == "string":
        if "pattern" in constraints:
            body = str(constraints["pattern"]).removeprefix("^").removesuffix("$")
            constraints["pattern"] = f"^'?(?:{body})$"
        if "maxLength" in constraints:
            constraints["maxLength"] += 1
        if "enum" in constraints:
            constraints["enum"] = [guarded(value) for value in constraints["enum"]]
        if "categories" in result:
            result["categories"] = [{**item, "value": guarded(item["value"])} for item in result["categories"]]
    return result | ({"constraints": constraints} if constraints else {})


def published_package(tables: Tables, files: Sequence[Download]) -> Mapping[str, Any]:
    """Return the descriptor of what was written, with size and SHA-256 of every file."""
    source = tables.package.descriptor
    kept = {
        key: source[key]
        for key in ("name", "title", "description", "version", "licenses", "sources", "mingge")
        if key in source
    }
    resources = [published_resource(tables.package.resources[file.resource], file) for file in files]
    return kept | {"profile": "tabular-data-package", "resources": resources}


def published_resource(resource: Resource, file: Download) -> Mapping[str, Any]:
    return {
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "path": f"{resource.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
        "schema": f"schemas/{resource.name}.json",
    }
