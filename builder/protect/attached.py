"""Of the files in the folder only those that a published row names, in a column that is published, go any further."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.model import Attachment, Attachments, PublishedTables, named
from builder.model.attachment import FOLDER

__all__ = ["attached"]


def attached(
    tables: PublishedTables, files: Attachments, own: Mapping[str, str]
) -> tuple[tuple[str, Attachment], ...]:
    """Return the files that may be published with their paths below the site's root, by path.

    `own`: table → the path of the page that each of its rows has, with {} for the key. Files of such a row lie under
    its page; all others lie together.
    """
    found = {
        f"{place}{name}": files[name] for place, names in shown(tables, own) for name in names if name in files
    }
    return tuple(sorted(found.items(), key=lambda item: item[0]))


def shown(tables: PublishedTables, own: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield for each cell that names files where they lie, and their names."""
    for resource, frame in tables.frames.items():
        schema = tables.resources[resource].schema
        (key, *_) = schema.primary_key
        for field in schema.fields:
            if field.attachment and field.name in frame:
                filled = frame[frame[field.name].notna()]
                # a row whose key is not published has no page of its own
                page = own[resource] if resource in own and key in frame else f"{FOLDER}/"
                for code, cell in zip(filled[key] if key in frame else filled.index, filled[field.name], strict=True):
                    yield page.format(code), named(cell)
