"""One correction in words, as a page, a feed and a grid's own page tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import mark
from builder.model import Change, SchemaChange
from builder.pages.sources import Sources

__all__ = ["Numbers", "Row", "numbers", "row", "said_of_schema"]

CELL: Mapping[str, str] = {
    "changed": mark("{field} was changed"),
    "late": mark("{field} was entered afterwards, for a day on which it had been published as empty"),
}
ROW: Mapping[str, str] = {
    "gone": mark("not published any more"),
    "back": mark("had gone and is published again as it was"),
    "reused": mark("had gone, and its number is published again with another content"),
    "repeated": mark("the same row is there once more"),
    "revised": mark("a count was revised"),
    "early": mark("is new in a release that describes an earlier day than the one before"),
}

SCHEMA: Mapping[str, str] = {
    "table-added": mark("The table “{table}” is new."),
    "table-removed": mark("The table “{table}” is not published any more."),
    "columns-added": mark("“{table}”: new columns {names}. What stands in them was not published before."),
    "columns-removed": mark("“{table}”: the columns {names} are not published any more."),
    "column-renamed": mark("“{table}”: a column has another name ({names}); its cells are compared."),
    "key-changed": mark("“{table}”: rows are told apart by other columns than before ({names})."),
}


class Row(NamedTuple):
    """One correction: which table, the row's key, what happened to it, and what it said before and says now.

    `is_quoted`: before and now are shown; "" is an empty cell. `reason` "": none was given. `day`: of the release.
    """

    what: str
    key: str
    said: str
    is_quoted: bool
    before: str
    after: str
    reason: str
    day: str = ""


class Numbers(NamedTuple):
    """How many corrections, new rows, rows that came to their end, and other progress."""

    corrections: int
    new: int
    closed: int
    other: int

    @property
    def progress(self) -> int:
        """All but the corrections."""
        return self.new + self.closed + self.other


def numbers(counts: Mapping[str, int]) -> Numbers:
    """Return the changes of each kind as a page counts them."""
    corrections = sum(counts.get(kind, 0) for kind in (*CELL, *ROW))
    new, closed = counts.get("new", 0), counts.get("closed", 0)
    return Numbers(corrections, new, closed, sum(counts.values()) - corrections - new - closed)


def row(source: Sources, change: Change, day: str = "") -> Row:
    """Return a correction in words."""
    edition = source.edition
    field = edition.label(change.resource, change.field) if change.field else ""
    is_quoted = bool(change.field) and change.before is not None and change.after is not None
    return Row(
        what=edition.title(change.resource),
        key=change.key,
        said=edition.say(CELL[change.kind], field=field) if change.field else edition.say(ROW[change.kind]),
        is_quoted=is_quoted,
        before=change.before or "",
        after=change.after or "",
        reason=change.reason,
        day=day,
    )


def said_of_schema(source: Sources, change: SchemaChange) -> str:
    """Return what is told of columns or a table that came, went or were renamed."""
    edition = source.edition
    names = ", ".join(edition.label(change.resource, name) for name in change.names)
    return edition.say(SCHEMA[change.kind], table=edition.title(change.resource), names=names)
