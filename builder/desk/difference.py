"""What a new file changes of a table, row by row: by its primary key, whatever the order of rows and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from builder.model import Resource

__all__ = ["Difference", "Row", "difference"]

SHOWN = 10
"""Rows of each kind that are named one by one."""

PLACES = ("grid", "branch", "area")
"""What has a page of its own, as resources are called."""

Rows = Sequence[Sequence[str]]


class Row(NamedTuple):
    """A row that differs. `row`: its number in the file that has it; `key`: its code; `columns`: titles of cells."""

    row: int
    key: tuple[str, ...]
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Difference:
    """How many rows were added, removed and changed, and the first SHOWN of each.

    `pages`: the page of each grid, branch and area that such rows belong to → how many of them do.
    """

    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    same: int = 0
    pages: Counter[str] = field(default_factory=Counter)


def difference(resource: Resource, old: Rows, new: Rows) -> Difference | None:
    """Return what differs; None when one of them has no column of the primary key, or none is stated.

    Both begin with their header. Of rows with the same key the last counts: that there are several is a finding.
    """
    before, after = keyed(resource, old), keyed(resource, new)
    if before is None or after is None:
        return None
    found, links = Difference(), linked(resource)

    def note(kind: str, row: Row, *cells: Mapping[str, str]) -> None:
        found.counts[kind] += 1
        rows: list[Row] = getattr(found, kind)
        if len(rows) < SHOWN:
            rows.append(row)
        found.pages.update({page for item in cells for page in pages(item, links)})

    for key, (number, cells) in after.items():
        if key not in before:
            note("added", Row(number, key), cells)
            continue
        earlier = before[key][1]
        names = [name for name in {**earlier, **cells} if earlier.get(name, "") != cells.get(name, "")]
        if names:
            note("changed", Row(number, key, tuple(resource.schema[name].title for name in names)), earlier, cells)
        else:
            found.same += 1
    for key, (number, cells) in before.items():
        if key not in after:
            note("removed", Row(number, key), cells)
    return found


def keyed(resource: Resource, rows: Rows) -> dict[tuple[str, ...], tuple[int, dict[str, str]]] | None:
    header = [resource.schema.named(cell) for cell in rows[0]] if rows else []
    names = [item.name if item else "" for item in header]
    key = resource.schema.primary_key
    if rows and (not key or not set(key) <= set(names)):
        return None
    found = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        if any(cells.values()):
            found[tuple(cells.get(name, "") for name in key)] = number, cells
    return found


def linked(resource: Resource) -> Mapping[str, str]:
    """Return field → the resource whose page its cells name."""
    links = {key.field: key.target for key in resource.schema.foreign_keys if key.target in PLACES}
    if resource.name in PLACES and resource.schema.primary_key:
        links[resource.schema.primary_key[0]] = resource.name
    return links


def pages(cells: Mapping[str, str], links: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of the pages that a row belongs to, as `grid/320812001001001/`."""
    for name, target in links.items():
        # a code of letters and digits, for nothing else is a path of the site
        if (code := cells.get(name, "")) and code.isascii() and code.replace("-", "").replace("_", "").isalnum():
            yield f"{target}/{code}/"
