"""data/: the published package, file by file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Download, PageContext
from builder.pages.sources import Sources

__all__ = ["DataPage", "DataResource", "FieldRow", "Join", "page"]


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


class Join(NamedTuple):
    """One column whose values stand in a column of another file, by which the two are joined."""

    table: str
    file: str
    column: str
    target: str
    target_file: str
    target_column: str


@dataclass(frozen=True, slots=True)
class DataPage(PageContext):
    """The published package. `joins`: how its files belong together. `example_json`: the data.json of a grid, {} where
    there is none."""

    title: str
    description: str
    licence: str
    licence_url: str
    resources: tuple[DataResource, ...]
    joins: tuple[Join, ...]
    example_json: str


def page(source: Sources, _key: tuple[str, ...]) -> DataPage:
    """Return the page of downloads."""
    edition, _ = source.edition, source.edition.translate
    package = edition.package
    title = _(mark("Open data"))
    licence = (package.descriptor.get("licenses") or [{}])[0]
    joined = tuple(joins(source))
    sections = [("package", _(mark("Package"))), ("files", _(mark("Files")))]
    sections += [("joins", _(mark("How the files belong together")))] if joined else []
    sections += [("fields", _(mark("What the columns mean"))), ("format", _(mark("Formats")))]
    return DataPage(
        head=edition.head(title, title, "data/", *sections),
        title=package.title,
        description=package.description,
        licence=str(licence.get("title", licence.get("name", ""))),
        licence_url=str(licence.get("path", "")),
        resources=tuple(resource(source, file) for file in source.files),
        joins=joined,
        example_json=json.dumps(source.example, ensure_ascii=False, indent=2),
    )


def joins(source: Sources) -> Iterator[Join]:
    """Yield every column that leads to another published file, as the schemas declare it."""
    files = {file.resource: file.path for file in source.files}
    for name in files:
        found = source.tables.resources[name]
        for key in found.schema.foreign_keys:
            other = source.tables.resources.get(key.target)
            if other and key.target in files and key.field in source.tables.frames[name]:
                yield Join(found.title, files[name], key.field, other.title, files[key.target], key.target_field)


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
