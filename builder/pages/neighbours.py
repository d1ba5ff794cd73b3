"""A grid among the grids of its area: the same figures for each, and for the area itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import TableKind, Unit
from builder.pages.children import ChildRow, few, few_kind
from builder.pages.sources import Sources

__all__ = ["Neighbours", "heading", "neighbours"]

MOST = 40
"""Grids of an area that are laid side by side; more are on the page of the area only."""

OPEN = 6
"""Rows that stand open on a page; more of them are folded."""


class Neighbour(NamedTuple):
    """One row; `is_own`: it is the grid whose page this is."""

    row: ChildRow
    is_own: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The grids of an area, by code, and above them the area. `is_folded`: they are more than stand open."""

    table: TableKind
    rows: tuple[Neighbour, ...]
    parent: ChildRow
    is_folded: bool


def neighbours(source: Sources, grid: str) -> Neighbours | None:
    """Return a grid among its siblings; None for the only one of its area, and where they are too many for a page."""
    areas = source.edition.tree.areas_of.get(grid, ())
    grids = source.edition.tree.grids.get(areas[-1], ()) if areas else ()
    table = few_kind(source)
    if not 1 < len(grids) <= MOST or len(table.columns) == 1:
        return None
    rows = few(source, *(Unit("grid", code) for code in grids))
    (parent,) = few(source, Unit("area", areas[-1]))
    return Neighbours(
        table=table,
        rows=tuple(Neighbour(row, row.code == grid) for row in rows),
        parent=parent,
        is_folded=len(rows) > OPEN,
    )


def heading(source: Sources, found: Neighbours | None) -> tuple[tuple[str, str], ...]:
    """Return anchor and heading of the section, nothing where there is none."""
    return (("neighbours", source.edition.translate(mark("Neighbors"))),) if found else ()
