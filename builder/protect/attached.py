"""Of the files in the folder only those that a published row names, in a column that is published, go any further."""

from __future__ import annotations

from builder.model import Attachment, Attachments, PublishedTables, named

__all__ = ["attached"]


def attached(tables: PublishedTables, files: Attachments) -> tuple[Attachment, ...]:
    """Return the files that may be published, by name."""
    shown = {
        name
        for resource, frame in tables.frames.items()
        for field in tables.resources[resource].schema.fields
        if field.attachment and field.name in frame
        for cell in frame[field.name].dropna().unique()
        for name in named(cell)
    }
    return tuple(files[name] for name in sorted(shown & set(files)))
