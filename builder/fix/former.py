"""The file that is in the package so far: how it is written, and what another one in its place would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from builder import load
from builder.fix.layout import header, is_blank
from builder.fix.plan import planned, starting
from builder.model import Field, Resource, Schema

__all__ = ["Difference", "Former", "difference", "former", "key_of", "meant"]

Key = tuple[str, ...]
Row = Mapping[str, str]
NUMBERS = ("integer", "number")


@dataclass(frozen=True, slots=True)
class Former:
    """`headers`: field → how it is written there; `is_titled`: whether most of them are titles. `rows`: by field.

    `is_quoted`: all text stands in quotation marks; `is_whole`: no row has cells too many or too few.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    is_titled: bool = False
    is_quoted: bool = False
    is_whole: bool = True

    def spelt(self, item: Field) -> str:
        """Return the header of a column as this file has it, or as it would be in this file."""
        return self.headers.get(item.name, item.title if self.is_titled else item.name)

    def by_key(self, schema: Schema) -> Mapping[Key, Row]:
        """Return the rows by their primary key, each cell as `meant`; none where a column of it is missing."""
        if not schema.primary_key or not set(schema.primary_key) <= set(self.headers):
            return {}
        return {key_of(schema, row): row for row in self.rows}


def former(resource: Resource, name: str, data: bytes | None) -> Former:
    """Return what is known of the present file `name`; nothing where there is none, or none that can be read."""
    grid = load.grid(name, data, resource, titled=True) if data is not None else None
    if grid is None or isinstance(grid, load.Trouble) or not starting(resource.schema, grid.rows):
        return Former()
    plan = planned(resource.schema, grid.rows, in_order=False)
    head = header(resource.schema, plan.head.cells)
    places = {item.name: place for place, item in enumerate(head.fields) if item}
    body = [row for row in grid.rows[plan.titles + 1 :] if not is_blank(row)]
    whole = [row for row in body if plan.is_whole(row)]
    rows = tuple({name: row[place] for name, place in places.items()} for row in whole)
    headers = {name: head.cells[place] for name, place in places.items()}
    titled = sum(text.strip() != name for name, text in headers.items())
    is_quoted = grid.kind == "csv" and data is not None and data.startswith(b'"')
    return Former(headers, rows, 2 * titled > len(headers), is_quoted, len(whole) == len(body))


class Difference(NamedTuple):
    """Rows before and after; `gone`: the keys that are there no more. `is_told`: whether rows could be told apart."""

    before: int
    after: int
    added: int = 0
    changed: int = 0
    gone: tuple[Key, ...] = ()
    is_told: bool = False

    @property
    def lost(self) -> int:
        """How many rows go, as far as that is known."""
        return len(self.gone) if self.is_told else max(0, self.before - self.after)


def difference(resource: Resource, old: Former, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Difference:
    """Return what is different in new `rows` with the columns `names`, told by the primary key."""
    schema, before = resource.schema, len(old.rows)
    known = old.by_key(schema)
    if not known or not set(schema.primary_key) <= set(names):
        return Difference(before, len(rows))
    found = [dict(zip(names, row, strict=True)) for row in rows]
    keys = [key_of(schema, row) for row in found]
    common = [(name, schema[name]) for name in names if name in old.headers]
    changed = sum(
        any(row[name] != known[at][name] and meant(item, row[name]) != meant(item, known[at][name])
            for name, item in common)
        for at, row in zip(keys, found, strict=True) if at in known
    )  # fmt: skip
    was, now = Counter(key_of(schema, row) for row in old.rows), Counter(keys)
    gone = tuple(tuple(known[at][name] for name in schema.primary_key) for at in known if at not in now)
    return Difference(before, len(rows), (now - was).total(), changed, gone, is_told=True)


def key_of(schema: Schema, row: Row) -> Key:
    """Return the primary key of a row, each cell as `meant`."""
    return tuple(meant(schema[name], row[name]) for name in schema.primary_key)


def meant(item: Field | None, text: str) -> str:
    """Return one spelling for cells that are the same to `item`: 46000.00 and what a workbook makes of it, 46000."""
    if item is None or not text.isascii():
        return text
    if item.type == "datetime":
        return text.replace(" ", "T")
    if item.type == "date":
        return "-".join(part.zfill(2) for part in text.split("-"))
    if item.type in NUMBERS:
        try:
            return f"{Decimal(text).normalize():f}"
        except InvalidOperation:
            return text
    return text
