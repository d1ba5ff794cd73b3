"""Units side by side: one row each, a column from each subject, in the order of codes or of one column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from builder.language import mark
from builder.model import NO_RATIO, Link, Ratio, TableColumn, TableKind, Unit
from builder.pages.late import overdue_count, with_deadlines
from builder.pages.sources import Sources
from builder.places import GRIDS, OVERDUE
from builder.subjects.subject import AnySubject, Column

__all__ = [
    "Cell", "ChildRow", "Order", "Siblings", "are_grids", "children", "kind", "orders", "siblings", "units", "whole",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a ratio, a plain count, how much is overdue, or words; the other three are None or ""."""

    ratio: Ratio | None = None
    count: int | None = None
    overdue: int | None = None
    text: str = ""


class ChildRow(NamedTuple):
    """One child of an area (an area or a grid). `grid_count` is 0 for grids."""

    link: Link
    code: str
    grid_count: int
    overdue_count: int
    cells: tuple[Cell, ...]


class Siblings(NamedTuple):
    """An area among those beside it, by code. `whole`: the area that all of them lie in."""

    table: TableKind
    rows: tuple[ChildRow, ...]
    whole: ChildRow


class Order(NamedTuple):
    """One order of the table: its name in addresses ("" for by code), what it is called, and its key."""

    name: str
    label: str
    key: Callable[[Unit], tuple[object, ...]]


def share(ratio: Ratio) -> tuple[bool, float]:
    """Sort the smallest share first, units without a figure last."""
    return (ratio.denominator == 0, ratio.numerator / ratio.denominator if ratio.denominator else 0.0)


class Placed(NamedTuple):
    """One column of the table: its heading, and how a unit's cell is made."""

    head: TableColumn
    cell: Callable[[Unit], Cell]


def columns(source: Sources, are_grids: bool, has_deadlines: bool) -> list[tuple[AnySubject, Column[Any]]]:
    """Return the columns of the subjects that have deadlines, or of the others."""
    return [
        (subject, column)
        for subject in source.having("grid" if are_grids else "area")
        if bool(subject.deadlines) == has_deadlines
        for column in subject.columns(source.facts(subject), source.edition, are_grids)
    ]


def layout(source: Sources, are_grids: bool) -> list[Placed]:
    """Return the columns of a table of grids or of areas: what can be overdue, how much of it is, then the rest."""
    edition = source.edition
    title, late = edition.title("grid"), edition.translate(mark("Overdue"))
    found = []
    if not are_grids:
        sizes = edition.places.grid_count
        head = TableColumn(title, "number", GRIDS.anchor)
        found.append(Placed(head, lambda unit: Cell(count=sizes.get(unit.code, 0))))
    found += [placed(source, *item) for item in columns(source, are_grids, True)]
    if with_deadlines(source, "grid" if are_grids else "area"):
        head = TableColumn(late, "number", OVERDUE.anchor)
        found.append(Placed(head, lambda unit: Cell(overdue=overdue_count(source, unit))))
    found += [placed(source, *item) for item in columns(source, are_grids, False)]
    if are_grids and "branch_grid" in edition.package.resources:
        found.append(Placed(TableColumn(edition.title("branch"), "text"), lambda unit: branch(source, unit)))
    return found


def placed(source: Sources, subject: AnySubject, column: Column[Any]) -> Placed:
    facts = source.facts(subject)

    def cell(unit: Unit) -> Cell:
        value = column.cell(facts, unit)
        if not isinstance(value, Ratio):
            return Cell(text=value)
        return Cell(count=value.numerator) if value.denominator < 0 else Cell(ratio=value)

    return Placed(TableColumn(column.label, "number" if column.definition else "text", column.definition), cell)


def branch(source: Sources, unit: Unit) -> Cell:
    code = source.edition.tree.responsible.get(unit.code, "")
    return Cell(text=source.edition.names.branch(code).label if code else "—")


def units(source: Sources, area: str) -> list[Unit]:
    """Return the areas just under `area`, or its grids where it has no areas, by code."""
    tree = source.edition.tree
    areas = [Unit("area", code) for code in tree.children.get(area, ())]
    return areas + [Unit("grid", code) for code in tree.grids.get(area, ())]


def orders(source: Sources, are_grids: bool) -> tuple[Order, ...]:
    """Return the orders that make sense for the package and for what stands in the table."""
    _ = source.edition.translate
    found = [Order("", _(mark("by code")), lambda unit: (unit.code,))]
    if with_deadlines(source, "grid" if are_grids else "area"):
        found.append(
            Order("overdue", _(mark("most overdue first")), lambda unit: (-overdue_count(source, unit), unit.code))
        )
    for subject, column in columns(source, are_grids, True) + columns(source, are_grids, False):
        if column.order:
            found.append(Order(subject.name, column.order, by_share(source, subject, column)))
    return tuple(found)


def by_share(source: Sources, subject: AnySubject, column: Column[Any]) -> Callable[[Unit], tuple[object, ...]]:
    def key(unit: Unit) -> tuple[object, ...]:
        value = column.cell(source.facts(subject), unit)
        return (*share(value if isinstance(value, Ratio) else NO_RATIO), unit.code)

    return key


def children(source: Sources, area: str, order: Order | None = None) -> tuple[ChildRow, ...]:
    """Return an area's children, by code or in another order."""
    found = units(source, area)
    shown = layout(source, are_grids(source, area))
    ordered = sorted(found, key=order.key) if order else found
    return tuple(row(source, unit, shown) for unit in ordered)


def whole(source: Sources, area: str, of_grids: bool) -> ChildRow:
    """Return an area in the columns of its children: of what adds up their sum, of a rate that of all of them.

    What is told of a single grid in words, such as its branch, is not told of all.
    """
    shown = layout(source, of_grids)
    texts = [item.head.type == "text" for item in shown]
    found = row(source, Unit("area", area), [item for item, is_text in zip(shown, texts, strict=True) if not is_text])
    cells = iter(found.cells)
    return found._replace(cells=tuple(Cell(text="—") if is_text else next(cells) for is_text in texts))


def siblings(source: Sources, area: str, level: str) -> Siblings | None:
    """Return an area among those beside it; None where it has none, or where they lie in other streets.

    A page is made from the rows of its own street (docs/adr/0011), so a street has no siblings here: they stand side by
    side on the page of the area above it. Of other trees every area is known. `level`: what such areas are called.
    """
    tree = source.edition.tree
    way = tree.path(area)
    if len(way) < (2 if tree.kind else 3) or len(tree.children[way[-2]]) == 1:
        return None
    return Siblings(kind(source, False, level), children(source, way[-2]), whole(source, way[-2], False))


def are_grids(source: Sources, area: str) -> bool:
    """Return whether the table of an area's children is one of grids."""
    return not source.edition.tree.children.get(area)


def kind(source: Sources, are_grids: bool, first: str = "") -> TableKind:
    """Return the kind of a table of grids or of areas; `first` is the heading of their names."""
    shown = layout(source, are_grids)
    of_areas = "other-areas" if source.edition.tree.kind else "areas"
    return TableKind("grids" if are_grids else of_areas, (TableColumn(first, "text"), *(item.head for item in shown)))


def row(source: Sources, unit: Unit, shown: list[Placed]) -> ChildRow:
    edition = source.edition
    names = edition.names.grid if unit.level == "grid" else edition.names.area
    return ChildRow(
        link=names(unit.code),
        code=unit.code,
        grid_count=edition.places.grid_count.get(unit.code, 0) if unit.level == "area" else 0,
        overdue_count=overdue_count(source, unit),
        cells=tuple(item.cell(unit) for item in shown),
    )
