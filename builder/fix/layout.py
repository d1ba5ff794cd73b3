"""Where the header of a file is, which field each column is, and what of its shape takes no judgement to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from builder.model import Field, Schema, plain_header

__all__ = ["Header", "header", "is_blank", "spelt", "title_rows"]

MOST_TITLES = 5
"""Rows above a header. What is further down is no title."""


class Header(NamedTuple):
    """The columns of a file. `fields`: of each column, None for one that is unknown or there twice.

    `is_sure`: each is a column of the schema, and there once.
    """

    cells: tuple[str, ...]
    fields: tuple[Field | None, ...]
    is_sure: bool


def is_blank(cells: Iterable[str]) -> bool:
    """Return whether no cell says anything: spaces of any kind, or nothing."""
    return not any(cell.strip() for cell in cells)


def header(schema: Schema, cells: Sequence[str]) -> Header:
    """Return which fields the header `cells` name."""
    named = [schema.named(cell) for cell in cells]
    twice = {item.name for item in named if item and named.count(item) > 1}
    fields = tuple(None if item is None or item.name in twice else item for item in named)
    return Header(tuple(cells), fields, all(field is not None for field in fields))


def title_rows(schema: Schema, rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows stand above the header, where that is beyond doubt; else 0.

    A title is a row of one cell that is no header, or a blank one. The header below has nothing but names of columns,
    each once, and at least two.
    """
    for number, cells in enumerate(rows[: MOST_TITLES + 1]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 or (filled and schema.named(filled[0])):
            named = [schema.named(cell) for cell in filled]
            is_header = len(named) > 1 and all(named) and len({item.name for item in named if item}) == len(named)
            return number if is_header else 0
    return 0


def spelt(field: Field, cell: str) -> str:
    """Return the header `cell` as the schema spells it: its name, title or alias, whichever was meant."""
    known = (field.name, field.title, *field.aliases)
    if cell in known:
        return cell
    return next(text for text in known if plain_header(text) == plain_header(cell))
