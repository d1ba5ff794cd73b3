"""data/: the published package, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from builder.language import mark
from builder.pages.context import DataPage, DataResource, FieldRow
from builder.pages.sources import Sources

__all__ = ["PublishedFile", "data"]


class PublishedFile(NamedTuple):
    """A CSV that was written under data/."""

    resource: str
    path: str
    row_count: int
    byte_count: int


def data(source: Sources, files: Sequence[PublishedFile], example: Mapping[str, Any]) -> DataPage:
    """Return the page of downloads. `example`: one grid's data.json."""
    package = source.tables.package
    title = source.translate(mark("Open data"))
    licence = (package.descriptor.get("licenses") or [{}])[0]
    return DataPage(
        head=source.head(title, title, "data/", "package", "files", "format"),
        title=package.title,
        description=package.description,
        licence=str(licence.get("title", licence.get("name", ""))),
        licence_url=str(licence.get("path", "")),
        resources=tuple(
            DataResource(
                file.resource, package.resources[file.resource].title, package.resources[file.resource].description,
                file.path, file.row_count, file.byte_count, fields(source, file.resource),
            )
            for file in files
        ),
        example_json=json.dumps(example, ensure_ascii=False, indent=2),
    )  # fmt: skip


def fields(source: Sources, resource: str) -> tuple[FieldRow, ...]:
    schema = source.tables.package.resources[resource].schema
    return tuple(FieldRow(f.name, f.title, f.type, f.description) for f in schema.fields if f.publish == "public")
