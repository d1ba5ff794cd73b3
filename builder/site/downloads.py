"""data/: the published tables as CSV, the package that describes them, and each table as a workbook beside it.

All of it together is in one archive, and the rows of each grid lie beside its page as well (docs/adr/0031).

Always holds: values are as they were received, and the schemas are the input's less the columns that are not
published. So the published package is an input in which `mingge check` finds no error, unless it withholds a column
that the engine cannot do without.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from builder.frames import slices, write_csv, write_slices
from builder.language import Translator
from builder.model import Download, Downloads, Field, Json, Package, PublishedTables, Resource, plain
from builder.site import workbook
from builder.site.outlines import GEOMETRY

__all__ = ["write"]

MOST_PLAIN_ROWS = 200_000
"""Rows. A longer table is published as .csv.gz, a tenth of the size: it would be 30 MB or more."""

WRITERS = 2
"""Tables that are written at a time."""

ARCHIVE = "all.zip"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that an archive can state: no file in it says when it was made."""

PACKED = frozenset({".gz", ".xlsx"})
UNIX = 3
LARGE = (1 << 31) - 1
NOTHING: Mapping[str, Json] = {}

KEPT = ("name", "title", "description", "version", "licenses", "sources", "mingge")


def write(
    tables: PublishedTables, package: Package, as_of: str, target: Path, translate: Translator,
    beside: Mapping[str, Json] = NOTHING,
) -> Downloads:  # fmt: skip
    """Write every table that has a public column, and datapackage.json, which states `as_of`, into `target`/data.

    `translate`: the language of the workbooks' own words; `beside`: JSON files that lie with the tables, by name.
    The rows of a grid go to `target`/grid/<code>/<table>.csv.
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
    for name, value in beside.items():
        dump(value, folder / name)
    by_grid(tables, target / "grid")
    return Downloads(files, archive(folder))


def by_grid(tables: PublishedTables, folder: Path) -> None:
    """Write the rows of each grid beside its page."""
    for grid in slices(tables):
        (folder / grid).mkdir(parents=True, exist_ok=True)
    write_slices(tables, lambda grid, table: folder / grid / f"{table}.csv")


def archive(folder: Path) -> Download:
    """Write all files below data/ into one, which is itself a data package; the same bytes for the same files."""
    path, paths = folder / ARCHIVE, sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(path, "w") as packed:
        for each in paths:
            info = zipfile.ZipInfo(each.relative_to(folder).as_posix(), FIRST_DAY)
            info.compress_type = zipfile.ZIP_STORED if each.suffix in PACKED else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o644 << 16, UNIX
            with each.open("rb") as source, packed.open(info, "w", force_zip64=each.stat().st_size > LARGE) as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
    return Download(
        resource="", path=f"data/{ARCHIVE}", row_count=len(paths), byte_count=path.stat().st_size,
        sha256=digest(path), workbook="", workbook_byte_count=0,
    )  # fmt: skip


def digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def dump(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def table_files(resource: Resource, frame: pd.DataFrame, folder: Path, own: workbook.Words) -> Download:
    """Write one table: as CSV, and as a workbook unless it has too many rows."""
    path = folder / (f"{resource.name}.csv" if len(frame) <= MOST_PLAIN_ROWS else f"{resource.name}.csv.gz")
    write_csv(resource, frame, path)
    book = folder / f"{resource.name}.xlsx"
    has_book = len(frame) <= workbook.MOST_ROWS
    if has_book:
        workbook.write(resource, plain(frame), book, own)
    return Download(
        resource=resource.name, path=f"data/{path.name}", row_count=len(frame), byte_count=path.stat().st_size,
        sha256=digest(path), workbook=f"data/{book.name}" if has_book else "",
        workbook_byte_count=book.stat().st_size if has_book else 0,
    )  # fmt: skip


def published_schema(resource: Resource, tables: PublishedTables) -> Mapping[str, Any]:
    """Return the schema of the columns that are published, with the same rules as the input's."""
    schema, frame = resource.schema, tables[resource.name]
    kept = set(frame)
    result: dict[str, Any] = {
        "fields": [published_field(field) for field in schema.fields if field.name in kept],
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


def published_field(field: Field) -> Mapping[str, Any]:
    """Return the field's descriptor.

    The files that cells name lie beside the pages and not in the package, so nobody shall look for them there.
    """
    return {key: value for key, value in field.descriptor.items() if key != "attachment"}


def published_package(
    package: Package, tables: PublishedTables, files: Sequence[Download], as_of: str
) -> Mapping[str, Any]:
    """Return the descriptor of what was written, with size and SHA-256 of every file."""
    kept = {key: package.descriptor[key] for key in KEPT if key in package.descriptor}
    kept["mingge"] = {**kept.get("mingge", {}), "as_of": as_of}
    if package.settings.geometry:
        kept["mingge"]["geometry"] = {**kept["mingge"]["geometry"], "path": GEOMETRY}
    resources = [published_resource(tables.resources[file.resource], file) for file in files]
    return kept | {"profile": "tabular-data-package", "resources": resources}


def published_resource(resource: Resource, file: Download) -> Mapping[str, Any]:
    return {
        "name": resource.name,
        "title": resource.title,
        **({"singular": resource.singular} if resource.singular else {}),
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
