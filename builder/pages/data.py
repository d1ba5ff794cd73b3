"""data/: the published package, file by file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Download, PageContext
from builder.pages.sources import Sources

__all__ = ["DataPage", "DataResource", "FieldRow", "page"]


class FieldRow(NamedTuple):
    """One published column of a table."""

    name: str
    title: str
    type: str
    description: str


class DataResource(NamedTuple):
    """One published table: its files and its columns."""

    name: str
    title: str
    description: str
    file: Download
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class DataPage(PageContext):
    """The published package. `example_json`: the data.json of a grid, {} where there is none; `archive`: all files."""

    title: str
    description: str
    licence: str
    licence_url: str
    resources: tuple[DataResource, ...]
    example_json: str
    archive: Download | None = None


def page(source: Sources, _key: tuple[str, ...]) -> DataPage:
    """Return the page of downloads."""
    edition, _ = source.edition, source.edition.translate
    package = edition.package
    title = _(mark("Open data"))
    licence = (package.descriptor.get("licenses") or [{}])[0]
    sections = (
        ("package", _(mark("Package"))), ("files", _(mark("Files"))), ("fields", _(mark("What the columns mean"))),
        ("format", _(mark("Formats"))),
    )  # fmt: skip
    return DataPage(
        head=edition.head(title, title, "data/", *sections),
        title=package.title,
        description=package.description,
        licence=str(licence.get("title", licence.get("name", ""))),
        licence_url=str(licence.get("path", "")),
        resources=tuple(resource(source, file) for file in source.files),
        example_json=json.dumps(source.example, ensure_ascii=False, indent=2),
        archive=next(iter(source.archives), None),
    )


def resource(source: Sources, file: Download) -> DataResource:
    found = source.tables.resources[file.resource]
    published = source.tables[file.resource]
    return DataResource(
        name=file.resource,
        title=found.title,
        description=found.description,
        file=file,
        fields=tuple(
            FieldRow(name=field.name, title=field.title, type=field.type, description=field.description)
            for field in found.schema.fields
            if field.name in published
        ),
    )
