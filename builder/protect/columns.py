"""Columns that are neither `public` nor `counts` are dropped as soon as they are validated."""

from __future__ import annotations

from dataclasses import replace

from builder.model import Tables

__all__ = ["columns"]


def columns(tables: Tables) -> Tables:
    """Return the tables without the columns that are never published."""
    kept = {}
    for name, table in tables.tables.items():
        allowed = [field.name for field in table.resource.schema.fields if field.publish != "never"]
        kept[name] = replace(table, frame=table.frame[allowed])
    return replace(tables, tables=kept)
