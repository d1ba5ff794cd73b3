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

Cells = Mapping[str, str]
"""Field → what its cell says."""


class Row(NamedTuple):
    """A row that differs. `row`: its number in the new file, 0 where it is gone; `columns`: titles of what differs."""

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

    def note(self, kind: str, row: Row, pages: set[str]) -> None:
        """Count a row that differs."""
        self.counts[kind] += 1
        self.pages.update(pages)
        rows: list[Row] = getattr(self, kind)
        if len(rows) < SHOWN:
            rows.append(row)


def difference(
    resource: Resource, old: Sequence[Cells], new: Sequence[Cells], numbers: Sequence[int]
) -> Difference | None:
    """Return what differs between rows; `numbers`: of each new row in its file.

    None when a row lacks a column of the primary key, or the schema states none. Of rows with the same key the last
    counts: that there are several is a finding.
    """
    key = resource.schema.primary_key
    if not key or any(not set(key) <= set(rows[0]) for rows in (old, new) if rows):
        return None
    before = {tuple(row[name].strip() for name in key): row for row in old}
    after = {tuple(row[name].strip() for name in key): (number, row) for number, row in zip(numbers, new, strict=True)}
    found, links = Difference(), linked(resource)
    for code, (number, row) in after.items():
        if (earlier := before.get(code)) is None:
            found.note("added", Row(number, code), set(pages(row, links)))
            continue
        differing = [name for name in {**earlier, **row} if earlier.get(name, "").strip() != row.get(name, "").strip()]
        if differing:
            titles = tuple(resource.schema[name].title for name in differing)
            found.note("changed", Row(number, code, titles), {*pages(earlier, links), *pages(row, links)})
        else:
            found.same += 1
    for code, row in before.items():
        if code not in after:
            found.note("removed", Row(0, code), set(pages(row, links)))
    return found


def linked(resource: Resource) -> Mapping[str, str]:
    """Return field → the resource whose page its cells name."""
    links = {key.field: key.target for key in resource.schema.foreign_keys if key.target in PLACES}
    if resource.name in PLACES and resource.schema.primary_key:
        links[resource.schema.primary_key[0]] = resource.name
    return links


def pages(cells: Cells, links: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of the pages that a row belongs to, as `grid/320812001001001/`."""
    for name, target in links.items():
        # a code of letters and digits, for nothing else is a path of the site
        if (code := cells.get(name, "")) and code.isascii() and code.replace("-", "").replace("_", "").isalnum():
            yield f"{target}/{code}/"
