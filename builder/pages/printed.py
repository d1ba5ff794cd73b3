"""print/<area_id>/: a sheet of paper for each grid of a street, in one page for whoever prints them all.

Always holds: as many sheets as the street has grids, community by community, so that the sheets of a community follow
each other. The page is for the printer: it is another view of its area's page, and no search leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Link, PageContext, Unit
from builder.pages.sheet import Sheet, sheet
from builder.pages.sources import Sources
from builder.pages.units import blocks
from builder.places import street

__all__ = ["PrintPage", "Printable", "SheetGroup", "keys", "page", "printable"]


class SheetGroup(NamedTuple):
    """The sheets of the grids that lie in one area itself: the `first` to the `last` of the page's."""

    anchor: str
    label: str
    first: int
    last: int
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class PrintPage(PageContext):
    """The sheets of a street."""

    breadcrumbs: tuple[Link, ...]
    name: str
    sheet_count: int
    groups: tuple[SheetGroup, ...]


class Printable(NamedTuple):
    """Where the sheets of an area are: the `first` to the `last` of that page's. `is_whole`: they are all of it."""

    path: str
    first: int
    last: int
    is_whole: bool


def keys(source: Sources) -> list[tuple[str, ...]]:
    """Return the areas whose grids are printed together: the streets that lie in no other."""
    return [(code,) for code in streets(source)]


def streets(source: Sources) -> list[str]:
    tree = source.edition.tree
    ways = (tree.areas_of.get(grid, ()) for grid in source.shard.grids)
    found = {street(areas) for areas in ways if areas}
    return sorted(code for code in found if not found & set(tree.path(code)[:-1]))


def parts(source: Sources, area: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield an area and those below it at any depth, each with the grids that lie in it itself, of those with any."""
    tree = source.edition.tree
    if grids := tree.grids.get(area, ()):
        yield area, grids
    for child in tree.children.get(area, ()):
        yield from parts(source, child)


def page(source: Sources, key: tuple[str, ...]) -> PrintPage:
    """Return the page of a street's sheets."""
    (code,) = key
    edition, name = source.edition, source.edition.names.area(code).label
    groups: list[SheetGroup] = []
    number = 0
    for area, grids in parts(source, code):
        sheets = tuple(sheet(source, grid, blocks(source, Unit("grid", grid)).figures) for grid in grids)
        groups.append(
            SheetGroup(f"area-{area}", edition.names.area(area).label, number + 1, number + len(sheets), sheets)
        )
        number += len(sheets)
    title = edition.translate(mark("{area}: notices to print")).format(area=name)
    return PrintPage(
        head=edition.head(
            title, title, f"print/{code}/", *((group.anchor, group.label) for group in groups),
            canonical=f"area/{code}/",
        ),
        breadcrumbs=tuple(edition.names.area(item) for item in edition.tree.path(code)),
        name=name,
        sheet_count=number,
        groups=tuple(groups),
    )  # fmt: skip


def printable(source: Sources, area: str) -> Printable | None:
    """Return where the sheets of an area's grids are; None for one above the streets, of another tree, or empty."""
    tree, found = source.edition.tree, set(streets(source))
    home = next((code for code in tree.path(area) if code in found), "")
    if tree.kind or not home:
        return None
    order = [grid for _, grids in parts(source, home) for grid in grids]
    mine = {grid for _, grids in parts(source, area) for grid in grids}
    if not mine:
        return None
    first = next(number for number, grid in enumerate(order, 1) if grid in mine)
    is_whole = len(mine) == len(order)
    place = "" if is_whole else f"#area-{next(code for code, _ in parts(source, area))}"
    return Printable(f"print/{home}/{place}", first, first + len(mine) - 1, is_whole)
