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
from builder.model import Field, Resource

__all__ = ["Difference", "Former", "difference", "former"]

Key = tuple[str, ...]
Row = Mapping[str, str]
NUMBERS = ("integer", "number")


@dataclass(frozen=True, slots=True)
class Former:
    """`headers`: field → how it is written there; `is_titled`: whether most of them are titles. `rows`: by field.

    `is_quoted`: all text stands in quotation marks.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    is_titled: bool = False
    is_quoted: bool = False

    def spelt(self, item: Field) -> str:
        """Return the header of a column as this file has it, or as it would be in this file."""
        return self.headers.get(item.name, item.title if self.is_titled else item.name)

    def by_key(self, key: Sequence[str]) -> Mapping[Key, Row]:
        """Return the rows by the primary key `key`; none where a column of it is missing."""
        if not key or not set(key) <= set(self.headers):
            return {}
        return {tuple(row[name] for name in key): row for row in self.rows}


def former(resource: Resource, name: str, data: bytes | None) -> Former:
    """Return what is known of the present file `name`; nothing where there is none, or none that can be read."""
    grid = load.grid(name, data, resource, titled=True) if data is not None else None
    if grid is None or isinstance(grid, load.Trouble) or not starting(resource.schema, grid.rows):
        return Former()
    plan = planned(resource.schema, grid.rows, in_order=False)
    head = header(resource.schema, plan.head.cells)
    places = {item.name: place for place, item in enumerate(head.fields) if item}
    rows = tuple(
        {name: row[place] for name, place in places.items()}
        for row in grid.rows[plan.titles + 1 :]
        if plan.is_whole(row) and not is_blank(row)
    )
    headers = {name: head.cells[place] for name, place in places.items()}
    titled = sum(text.strip() != name for name, text in headers.items())
    return Former(headers, rows, 2 * titled > len(headers), grid.kind == "csv" and data[:1] == b'"')


class Difference(NamedTuple):
    """Rows before and after; `gone`: the keys that are there no more. `is_told`: whether rows could be told apart."""

    before: int
    after: int
    added: int = 0
    changed: int = 0
    gone: tuple[Key, ...] = ()
    is_told: bool = False


def difference(resource: Resource, old: Former, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Difference:
    """Return what is different in new `rows` with the columns `names`, told by the primary key."""
    key, before = resource.schema.primary_key, len(old.rows)
    known = old.by_key(key)
    if not known or not set(key) <= set(names):
        return Difference(before, len(rows))
    found = [dict(zip(names, row, strict=True)) for row in rows]
    keys = [tuple(row[name] for name in key) for row in found]
    common = [name for name in names if name in old.headers]
    changed = sum(
        any(row[name] != known[at][name] for name in common)
        for at, row in zip(keys, found, strict=True) if at in known
    )  # fmt: skip
    was, now = Counter(tuple(row[name] for name in key) for row in old.rows), Counter(keys)
    return Difference(
        before, len(rows), (now - was).total(), changed, tuple(at for at in known if at not in now), is_told=True
    )


def same_number(item: Field, old: str, new: str) -> bool:
    """Return whether two cells are the same number, such as 46000.00 and what a workbook makes of it."""
    if item.type not in NUMBERS or not old.isascii() or not new.isascii():
        return False
    try:
        return Decimal(old) == Decimal(new)
    except InvalidOperation:
        return False
