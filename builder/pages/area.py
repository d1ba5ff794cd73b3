"""area/<area_id>/: one area's children side by side, by code, and the same table in other orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.language import mark
from builder.model import Block, Figure, Link, PageContext, Recent, TableKind, Unit
from builder.pages.children import (
    ChildRow,
    Order,
    Siblings,
    are_grids,
    children,
    kind,
    orders,
    siblings,
    units,
    whole,
)
from builder.pages.others import around, every, kind_label, left_out
from builder.pages.overdue import OverdueCount, counts, listed_at
from builder.pages.printed import Printable, printable
from builder.pages.recent import heading, newest
from builder.pages.sources import Sources
from builder.pages.units import blocks

__all__ = ["AreaPage", "order_keys", "order_page", "page"]


@dataclass(frozen=True, slots=True)
class AreaPage(PageContext):
    """One area. `orders`: the orders of the table as links, the present one with path "".

    `kind`: label of the level; `child_kind`: what the children are; `whole`: the area itself in the columns of
    their table, None where there is at most one. `siblings`: it among the areas beside it, None where these are of
    other streets. `late`: overdue by subject; `late_path`: where it is listed, "" for nowhere; `shared_count`: how
    much branches carry as a whole, which is in none of the children of a topmost area; 0 elsewhere. `tree_kind`:
    what the areas of the tree are called, "" for the main one; `left_out`: the subjects that this tree has no
    figures of. `printable`: the sheets of its grids. `map_path`: the map that shows the area, "" for none.
    """

    breadcrumbs: tuple[Link, ...]
    area_id: str
    name: str
    kind: str
    child_kind: str
    table: TableKind
    children: tuple[ChildRow, ...]
    whole: ChildRow | None
    siblings: Siblings | None
    orders: tuple[Link, ...]
    grid_count: int
    household_count: int
    late: tuple[OverdueCount, ...]
    late_path: str
    shared_count: int
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    recent: tuple[Recent, ...]
    tree_kind: str
    left_out: tuple[str, ...]
    printable: Printable | None
    map_path: str


def order_keys(source: Sources) -> Iterator[tuple[str, str]]:
    """Yield (area, order) of every page that shows an area's children in another order than by code."""
    for view, areas in every(source):
        names = {grids: [order.name for order in orders(view, grids) if order.name] for grids in (True, False)}
        for area in areas:
            if len(units(view, area)) > 1:
                yield from ((area, name) for name in names[are_grids(view, area)])


def page(source: Sources, key: tuple[str, ...]) -> AreaPage:
    """Return an area's page with its children by code."""
    return ordered(around(source, key[0]), key[0], "")


def order_page(source: Sources, key: tuple[str, ...]) -> AreaPage:
    """Return an area's page with its children in the order that the key names."""
    return ordered(around(source, key[0]), *key)


def ordered(source: Sources, code: str, order: str) -> AreaPage:
    edition, unit = source.edition, Unit("area", code)
    tree, name, path = edition.tree, edition.names.area(code).label, f"area/{code}/"
    levels = edition.package.resources["area"].schema["level"]
    level = levels.label(source.row("area", code)["level"])
    ways = orders(source, are_grids(source, code))
    rows = children(source, code, next(item for item in ways if item.name == order))
    below = tree.children.get(code, ())
    child_kind = levels.label(source.row("area", below[0])["level"]) if below else edition.title("grid")
    found, recent = blocks(source, unit), newest(source, unit)
    beside = siblings(source, code, level)
    above = tuple(edition.names.area(item) for item in tree.path(code)[:-1])
    return AreaPage(
        head=edition.head(
            name, f"{name} {level} {code}", f"{path}by-{order}/" if order else path,
            *((("children", child_kind),) if rows else ()),
            *((("siblings", edition.translate(mark("Beside its neighbors"))),) if beside else ()),
            *found.contents, *heading(source, recent), canonical=path,
        ),
        breadcrumbs=above,
        area_id=code,
        name=name,
        kind=level,
        child_kind=child_kind,
        table=kind(source, are_grids(source, code), child_kind),
        children=rows,
        whole=whole(source, code, are_grids(source, code)) if len(rows) > 1 else None,
        siblings=beside,
        orders=order_links(ways, path, order) if len(rows) > 1 else (),
        grid_count=edition.places.grid_count.get(code, 0),
        household_count=edition.places.households.get(code, 0),
        late=tuple(item for item in counts(source, unit) if item.count),
        late_path=listed_at(source, code),
        shared_count=0 if above or tree.kind else len(source.late.shared),
        figures=found.figures,
        blocks=found.shown,
        recent=recent,
        tree_kind=kind_label(source, tree.kind) if tree.kind else "",
        left_out=left_out(source),
        printable=printable(source, code),
        map_path=source.guide.maps.get(code, ""),
    )  # fmt: skip


def order_links(found: Sequence[Order], path: str, present: str) -> tuple[Link, ...]:
    """Return a link to each order; the one shown has no path."""
    return tuple(
        Link(item.label, "" if item.name == present else f"{path}by-{item.name}/" if item.name else path)
        for item in found
    )
