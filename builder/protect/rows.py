"""The tables as they are published row by row."""

from __future__ import annotations

from dataclasses import replace

from builder.model import Table, Tables
from builder.protect.ballots import hidden
from builder.protect.categories import category_ids

__all__ = ["rows"]


def rows(tables: Tables) -> Tables:
    """Return the tables with public columns only, without cases that may not be listed, and without few ballots."""
    published = {}
    for name, table in tables.tables.items():
        allowed = listed(table, category_ids(tables, "itemised")) if name == "case" else table
        if name == "assessment":
            allowed = hidden(allowed, tables.package.settings.minimum_ballots)
        public = [field.name for field in table.resource.schema.fields if field.publish == "public"]
        published[name] = replace(table, frame=allowed.frame[public].reset_index(drop=True))
    return replace(tables, tables=published)


def listed(table: Table, itemised: frozenset[str]) -> Table:
    """Return the cases of itemised categories that are not void."""
    frame = table.frame[table.frame["category_id"].isin(itemised)]
    if "is_void" in frame:
        frame = frame[~frame["is_void"].fillna(False).astype(bool)]
    return replace(table, frame=frame)
