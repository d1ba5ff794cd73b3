"""overdue/ and overdue/<area_id>/: everything that is overdue, counted by area and listed without an end.

Always holds: the counts on overdue/ add up to the total there and on the home page, and each group's page lists all
of it that may be listed and says how much may not. What a branch carries as a whole lies in no area and has a page
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Late, LateItem, Link, PageContext, TableColumn, TableKind, Unit
from builder.pages.late import items, with_deadlines
from builder.pages.sources import Sources

__all__ = [
    "SHARED", "OverdueAreaPage", "OverdueCount", "OverdueGroup", "OverduePage", "OverdueSection", "area_keys",
    "area_page", "counts", "exists", "kind", "listed_around", "listed_at", "page", "total",
]  # fmt: skip

SHARED = "by-branch"
"""The key of what belongs to a branch as a whole."""


@dataclass(frozen=True, slots=True)
class OverdueCount:
    """How much of one subject is overdue."""

    label: str
    count: int


class OverdueGroup(NamedTuple):
    """One area (or the branches as a whole) with what is overdue in it, and the page that lists it."""

    link: Link
    counts: tuple[OverdueCount, ...]


class OverdueSection(NamedTuple):
    """What is overdue of one subject: what may be listed, and how much more is only counted."""

    anchor: str
    title: str
    items: tuple[LateItem, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class OverduePage(PageContext):
    """The counts by area; `totals` are their sums, subject by subject."""

    table: TableKind
    totals: tuple[OverdueCount, ...]
    groups: tuple[OverdueGroup, ...]


@dataclass(frozen=True, slots=True)
class OverdueAreaPage(PageContext):
    """All that is overdue in one area, subject by subject, the longest overdue first."""

    breadcrumbs: tuple[Link, ...]
    name: str
    sections: tuple[OverdueSection, ...]


class Group(NamedTuple):
    """A part of the package that has one page: `units` count it, `grids` list it."""

    key: str
    label: str
    units: tuple[Unit, ...]
    grids: tuple[str, ...]


def groups(source: Sources) -> list[Group]:
    """Return the areas just under the topmost; a topmost area that has grids of its own is one more."""
    tree, names = source.edition.tree, source.edition.names
    found = []
    for top in tree.tops:
        for area in tree.children.get(top, ()):
            found.append(Group(area, names.area(area).label, (Unit("area", area),), grids_in(source, area)))
        if own := tree.grids.get(top, ()):
            found.append(Group(top, names.area(top).label, tuple(Unit("grid", grid) for grid in own), own))
    return found


def grids_in(source: Sources, area: str) -> tuple[str, ...]:
    """Return the grids of an area at any depth."""
    tree = source.edition.tree
    below = (grid for child in tree.children.get(area, ()) for grid in grids_in(source, child))
    return (*tree.grids.get(area, ()), *below)


def exists(source: Sources) -> bool:
    """Return whether anything in the package can be overdue at all."""
    return bool(with_deadlines(source))


def counts(source: Sources, *units: Unit) -> tuple[OverdueCount, ...]:
    """Return how much of each subject is overdue in `units` together."""
    return tuple(
        OverdueCount(
            source.edition.title(subject.name),
            sum(subject.deadlines.count(source.facts(subject), unit) for unit in units),
        )
        for subject in with_deadlines(source)
        if subject.deadlines
    )


def shared_counts(source: Sources) -> tuple[OverdueCount, ...]:
    return tuple(
        OverdueCount(
            source.edition.title(subject.name), sum(1 for item in source.late.shared if item.subject == subject.name)
        )
        for subject in with_deadlines(source)
    )


def shared_label(source: Sources) -> str:
    return source.edition.translate(mark("Of branches as a whole, in no single grid"))


def page(source: Sources, _key: tuple[str, ...] = ()) -> OverduePage:
    """Return the page that counts what is overdue."""
    _ = source.edition.translate
    title = _(mark("Overdue"))
    found = [
        OverdueGroup(Link(group.label, f"overdue/{group.key}/"), counts(source, *group.units))
        for group in groups(source)
    ]
    if source.late.shared:
        found.append(OverdueGroup(Link(shared_label(source), f"overdue/{SHARED}/"), shared_counts(source)))
    table = kind(source)
    return OverduePage(
        head=source.edition.head(title, title, "overdue/", ("areas", _(mark("By area")))),
        table=table,
        totals=tuple(
            OverdueCount(column.title, sum(group.counts[at].count for group in found))
            for at, column in enumerate(table.columns[1:])
        ),
        groups=tuple(found),
    )


def kind(source: Sources) -> TableKind:
    """Return the kind of the table of what is overdue by area: a column of each subject."""
    edition = source.edition
    subjects = (TableColumn(edition.title(subject.name), "number") for subject in with_deadlines(source))
    return TableKind("overdue", (TableColumn(edition.title("area"), "text"), *subjects))


def total(source: Sources) -> int:
    """Return how much is overdue in all, as overdue/ says."""
    return sum(item.count for item in page(source).totals)


def area_keys(source: Sources) -> Iterator[tuple[str]]:
    """Yield the key of every page that lists what is overdue."""
    yield from ((group.key,) for group in groups(source))
    if source.late.shared:
        yield (SHARED,)


def listed_at(source: Sources, area: str) -> str:
    """Return the path of the page that lists everything overdue in an area; of the topmost, the page of counts."""
    path = source.edition.tree.path(area)
    return f"overdue/{path[1]}/" if len(path) > 1 else "overdue/"


def listed_around(source: Sources, grid: str) -> str:
    """Return the path of the page that lists everything overdue around a grid."""
    areas = source.edition.tree.areas_of.get(grid, ())
    return f"overdue/{areas[1] if len(areas) > 1 else areas[0]}/" if areas else "overdue/"


def area_page(source: Sources, key: tuple[str, ...]) -> OverdueAreaPage:
    """Return the list of what is overdue in one area, or of branches as a whole."""
    (code,) = key
    edition, _ = source.edition, source.edition.translate
    group = next((item for item in groups(source) if item.key == code), None)
    name = group.label if group else shared_label(source)
    late = source.late.in_grids(group.grids) if group else source.late.shared
    counted = counts(source, *group.units) if group else shared_counts(source)
    title = _(mark("{area}: what is overdue")).format(area=name)
    found = sections(source, late, counted)
    return OverdueAreaPage(
        head=edition.head(title, title, f"overdue/{code}/", *((item.anchor, item.title) for item in found)),
        breadcrumbs=(Link(_(mark("Overdue")), "overdue/"),),
        name=name,
        sections=found,
    )


def sections(
    source: Sources, late: tuple[Late, ...], counted: tuple[OverdueCount, ...]
) -> tuple[OverdueSection, ...]:
    """Return what is overdue subject by subject."""
    found = []
    for subject, count in zip(with_deadlines(source), counted, strict=True):
        mine = [item for item in late if item.subject == subject.name]
        found.append(OverdueSection(subject.name, count.label, items(source, mine), count.count - len(mine)))
    return tuple(found)
