"""data/: the published tables as CSV and the package that describes them.

Always holds: the published package is a valid input. Its values are clean, its schemas are those of the input less
the columns that are not published, and `mingge check` finds in it no error that was not in the input.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from builder.model import Download, Field, Package, PublishedTables, Resource

__all__ = ["write"]

KEPT = ("name", "title", "description", "version", "licenses", "sources", "mingge")


def write(tables: PublishedTables, package: Package, as_of: str, target: Path) -> tuple[Download, ...]:
    """Write every published table and datapackage.json, which states `as_of`, into `target`/data."""
    folder = target / "data"
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    files = tuple(table_files(tables.resources[name], frame, folder) for name, frame in tables.frames.items())
    for name in tables.frames:
        dump(published_schema(tables.resources[name], tables), folder / "schemas" / f"{name}.json")
    dump(published_package(package, tables, files, as_of), folder / "datapackage.json")
    return files


def dump(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def table_files(resource: Resource, frame: pd.DataFrame, folder: Path) -> Download:
    """Write one table; dates as ISO text, booleans in the schema's own words."""
    columns = {str(name): words(frame[name], resource.schema[str(name)]) for name in frame}
    path = folder / f"{resource.name}.csv"
    with path.open("wb") as sink:
        arrow_csv.write_csv(pa.table(columns), sink, arrow_csv.WriteOptions(quoting_style="needed"))
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    return Download(
        resource=resource.name, path=f"data/{path.name}", row_count=len(frame), byte_count=path.stat().st_size,
        sha256=digest, workbook="", workbook_byte_count=0,
    )  # fmt: skip


def words(column: pd.Series, field: Field) -> pa.Array:
    """Return a column as it is written: text for all but numbers."""
    if field.type == "date":
        return pa.array(column.dt.strftime("%Y-%m-%d").astype("str"), from_pandas=True)
    if field.type == "boolean":
        true, false = (field.descriptor.get(f"{name}Values", [name]) for name in ("true", "false"))
        return pa.array(column.map({True: true[0], False: false[0]}).astype("str"), from_pandas=True)
    return pa.array(column, from_pandas=True)


def published_schema(resource: Resource, tables: PublishedTables) -> Mapping[str, Any]:
    """Return the schema of the columns that are published, with the same rules as the input's."""
    schema, kept = resource.schema, set(tables[resource.name])
    result: dict[str, Any] = {
        "fields": [field.descriptor for field in schema.fields if field.name in kept],
        "missingValues": [""],
    }
    if schema.primary_key and set(schema.primary_key) <= kept:
        result["primaryKey"] = list(schema.primary_key)
    keys = [
        {"fields": [key.field], "reference": {"resource": key.target, "fields": [key.target_field]}}
        for key in schema.foreign_keys
        if key.field in kept and key.target_field in tables[key.target or resource.name]
    ]
    return result | ({"foreignKeys": keys} if keys else {})


def published_package(
    package: Package, tables: PublishedTables, files: Sequence[Download], as_of: str
) -> Mapping[str, Any]:
    """Return the descriptor of what was written, with size and SHA-256 of every file."""
    kept = {key: package.descriptor[key] for key in KEPT if key in package.descriptor}
    kept["mingge"] = {**kept.get("mingge", {}), "as_of": as_of}
    resources = [published_resource(tables.resources[file.resource], file) for file in files]
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
        "encoding": "utf-8",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
        "schema": f"schemas/{resource.name}.json",
        # what was left out may leave fewer rows than a half-uploaded file would have
        "minimum_rows": min(resource.minimum_rows, file.row_count),
    }
