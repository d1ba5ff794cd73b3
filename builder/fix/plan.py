"""How the records of a file are to be written: which are titles, which columns are kept, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.fix.layout import Header, header, is_blank, title_rows
from builder.model import Schema

__all__ = ["Plan", "planned", "starting"]


@dataclass(frozen=True, slots=True)
class Plan:
    """`titles`: rows above the header; `width`: cells of a whole record; those behind, up to `column_count`, are empty.

    `kept`: the positions of the columns that are written, in the order in which they are; `extra`: of those that are
    not, because neither their header nor any cell says anything.
    """

    head: Header
    titles: int
    width: int
    column_count: int
    kept: tuple[int, ...]
    extra: tuple[int, ...]

    def is_whole(self, cells: Sequence[str]) -> bool:
        """Return whether a record has all its cells, and nothing beyond them."""
        return len(cells) >= self.width and is_blank(cells[self.width :])


def planned(schema: Schema, rows: Sequence[Sequence[str]], *, in_order: bool) -> Plan:
    """Return the plan for a file of these `rows`, its header among them.

    `in_order`: the columns in the schema's order. They stay as they are where one is unknown, or a row is too short or
    too long, so that it is not sure which cell belongs to which.
    """
    titles = title_rows(schema, rows)
    cells = rows[titles]
    body = rows[titles + 1 :]
    empty = {place for place, text in enumerate(cells) if not text.strip()} - {
        place for row in body for place, text in enumerate(row) if text.strip()
    }
    width = len(cells)
    while width - 1 in empty:
        width -= 1
    head = header(schema, cells[:width])
    kept = list(range(width))
    if all(len(row) >= width and is_blank(row[width:]) for row in body if not is_blank(row)):
        kept = [place for place in kept if place not in empty]
        known = [head.fields[place] for place in kept]
        if in_order and all(known):
            kept.sort(key=lambda place: schema.names.index(getattr(head.fields[place], "name", "")))
    extra = tuple(place for place in range(len(cells)) if place not in kept)
    return Plan(head, titles, width, len(cells), tuple(kept), extra)


def starting(schema: Schema, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether `rows` begin with something that can be the header of a table of `schema`."""
    return any(schema.named(text) for row in rows[title_rows(schema, rows) :][:1] for text in row)
