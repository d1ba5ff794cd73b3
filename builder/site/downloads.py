"""data/: the published tables as CSV, the package that describes them, and each table as a workbook beside it.

Always holds: values are as they were received, and the schemas are the input's less the columns that are not
published. So the published package is an input in which `mingge check` finds no error, unless it withholds a column
that the engine cannot do without.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from builder.language import Translator
from builder.model import Download, Field, Package, PublishedTables, Resource, plain
from builder.site import workbook

__all__ = ["write"]

BATCH = 100_000
"""Rows that are written at a time."""

MOST_PLAIN_ROWS = 200_000
"""Rows. A longer table is published as .csv.gz, a tenth of the size: it would be 30 MB or more."""

WRITERS = 2
"""Tables that are written at a time."""

LEVEL = 5
"""Of zlib: the usual 6 takes half as long again for a twelfth less."""

KEPT = ("name", "title", "description", "version", "licenses", "sources", "mingge")


def write(
    tables: PublishedTables, package: Package, as_of: str, target: Path, translate: Translator
) -> tuple[Download, ...]:
    """Write every table that has a public column, and datapackage.json, which states `as_of`, into `target`/data.

    `translate`: the language of the workbooks' own words.
    """
    folder = target / "data"
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    own = workbook.words(translate)
    wanted = [(tables.resources[name], frame) for name, frame in tables.frames.items() if len(frame.columns)]
    # zlib lets go of Python's lock while it works
    with ThreadPoolExecutor(WRITERS) as pool:
        files = tuple(pool.map(lambda item: table_files(item[0], item[1], folder, own), wanted))
    for file in files:
        schema = published_schema(tables.resources[file.resource], tables)
        dump(schema, folder / "schemas" / f"{file.resource}.json")
    dump(published_package(package, tables, files, as_of), folder / "datapackage.json")
    return files


def dump(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def table_files(resource: Resource, frame: pd.DataFrame, folder: Path, own: workbook.Words) -> Download:
    """Write one table: as CSV, and as a workbook unless it has too many rows."""
    path = folder / (f"{resource.name}.csv" if len(frame) <= MOST_PLAIN_ROWS else f"{resource.name}.csv.gz")
    write_csv(resource, frame, path)
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    book = folder / f"{resource.name}.xlsx"
    has_book = len(frame) <= workbook.MOST_ROWS
    if has_book:
        workbook.write(resource, plain(frame), book, own)
    return Download(
        resource=resource.name, path=f"data/{path.name}", row_count=len(frame), byte_count=path.stat().st_size,
        sha256=digest, workbook=f"data/{book.name}" if has_book else "",
        workbook_byte_count=book.stat().st_size if has_book else 0,
    )  # fmt: skip


def write_csv(resource: Resource, frame: pd.DataFrame, path: Path) -> None:
    """Write rows as UTF-8 CSV: dates and times as ISO text, booleans in the schema's own words, an empty cell empty."""
    options = arrow_csv.WriteOptions(quoting_style="needed")
    whole = arrow_table(resource, frame.iloc[:0])
    with opened(path) as sink, arrow_csv.CSVWriter(sink, whole.schema, write_options=options) as writer:
        # as text a million rows are ten times as large
        for start in range(0, len(frame), BATCH):
            writer.write_table(arrow_table(resource, frame.iloc[start : start + BATCH]))


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """Open a file for writing, compressed if it is called .gz: the same bytes every time, without name or hour."""
    with path.open("wb") as file:
        if path.suffix == ".gz":
            with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
                yield packed
        else:
            yield file


def arrow_table(resource: Resource, frame: pd.DataFrame) -> pa.Table:
    texts = plain(frame)
    return pa.table({str(name): values(texts[name], resource.schema[str(name)]) for name in texts})


def values(column: pd.Series, field: Field) -> pa.Array:
    """Return a column as it is written."""
    if field.type == "date":
        return pa.array(column).cast(pa.date32())
    if field.type == "datetime":
        column = workbook.moments(field, column)
    if field.type == "boolean":
        column = workbook.in_words(field, column)
    return pa.array(column, from_pandas=True)


def published_schema(resource: Resource, tables: PublishedTables) -> Mapping[str, Any]:
    """Return the schema of the columns that are published, with the same rules as the input's."""
    schema, frame = resource.schema, tables[resource.name]
    kept = set(frame)
    result: dict[str, Any] = {
        "fields": [published_field(field, frame[field.name]) for field in schema.fields if field.name in kept],
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


def published_field(field: Field, column: pd.Series) -> Mapping[str, Any]:
    """Return the field's descriptor; a value that was received and is withheld is no longer required.

    The files that cells name lie beside the pages and not in the package, so nobody shall look for them there.
    """
    kept = {key: value for key, value in field.descriptor.items() if key != "attachment"}
    if not field.required or not column.isna().any():
        return kept
    return {**kept, "constraints": {rule: v for rule, v in kept["constraints"].items() if rule != "required"}}


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
        "path": file.path.removeprefix("data/"),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
        **({"compression": "gz"} if file.path.endswith(".gz") else {}),
        "schema": f"schemas/{resource.name}.json",
        # what was left out may leave fewer rows than a half-uploaded file would have
        "minimum_rows": min(resource.minimum_rows, file.row_count),
    }
