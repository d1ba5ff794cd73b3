"""overdue/: everything that is overdue, counted by area and by branch.

Always holds: the counts by area, with what branches carry as a whole, add up to the total here and on the home page,
and so do the counts by branch. What a branch carries as a whole lies in no area and has a page of its own. A site is
built from rows that may be listed, so whatever is counted is listed: `overdue_list` makes the pages that names lead to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import LateItem, Link, PageContext, TableColumn, TableKind, Unit
from builder.pages.late import items, with_deadlines
from builder.pages.sources import Sources
from builder.places import OVERDUE

__all__ = [
    "NOBODY", "SHARED", "Group", "OverdueCount", "OverdueGroup", "OverduePage", "area_keys", "branch_groups",
    "branch_keys", "branch_label", "counts", "exists", "groups", "kind", "listed_around", "listed_at", "listed_of",
    "page", "shared_counts", "shared_label", "total",
]  # fmt: skip

SHARED = "by-branch"
"""The key of what belongs to a branch as a whole."""

LONGEST = 10
"""Matters named on overdue/ itself."""

NOBODY = "~none"
"""The key of what no branch answers for: no code begins like this."""


@dataclass(frozen=True, slots=True)
class OverdueCount:
    """How much of one subject is overdue."""

    label: str
    count: int


class OverdueGroup(NamedTuple):
    """One area (or the branches as a whole) with what is overdue in it, and the page that lists it."""

    link: Link
    counts: tuple[OverdueCount, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(item.count for item in self.counts)


@dataclass(frozen=True, slots=True)
class OverduePage(PageContext):
    """The counts by area; `totals` are their sums, subject by subject, and `count` is all of it.

    `longest`: the first of it. `shared_count`: how much of it branches carry as a whole: the last of the
    `groups`. `branches`: the same by those who answer for it, in groups of branches; `branch_table`: their table.
    """

    table: TableKind
    branch_table: TableKind
    count: int
    totals: tuple[OverdueCount, ...]
    longest: tuple[LateItem, ...]
    groups: tuple[OverdueGroup, ...]
    shared_count: int
    branches: tuple[OverdueGroup, ...]


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
    """Return how much of each subject is overdue in `units` together, which are of one level."""
    return tuple(
        OverdueCount(
            source.edition.title(subject.name),
            sum(subject.deadlines.count(source.facts(subject), unit) for unit in units),
        )
        for subject in with_deadlines(source, units[0].level)
        if subject.deadlines
    )


def shared_counts(source: Sources) -> tuple[OverdueCount, ...]:
    """Return how much of each subject branches carry as a whole."""
    return tuple(
        OverdueCount(
            source.edition.title(subject.name), sum(1 for item in source.late.shared if item.subject == subject.name)
        )
        for subject in with_deadlines(source)
    )


def shared_label(source: Sources) -> str:
    """Return what the group of what branches carry as a whole is called."""
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
    branches, longest = tuple(by_branch(source)), items(source, source.late.everything[:LONGEST])
    contents = [("areas", _(mark("By area")))]
    contents += [("longest", _(mark("Overdue longest")))] if longest else []
    contents += [("branches", source.edition.title("branch"))] if branches else []
    return OverduePage(
        head=source.edition.head(title, title, "overdue/", *contents),
        table=table,
        branch_table=kind(source, by="branch"),
        count=sum(group.total for group in found),
        totals=tuple(
            OverdueCount(column.title, sum(group.counts[at].count for group in found))
            for at, column in enumerate(table.columns[1:-1])
        ),
        longest=longest,
        groups=tuple(found),
        shared_count=len(source.late.shared),
        branches=branches,
    )


def by_branch(source: Sources) -> Iterator[OverdueGroup]:
    """Yield what is overdue by groups of branches."""
    for key, codes in branch_groups(source).items():
        listed = Counter(item.subject for code in codes for item in source.late.by_branch[code])
        yield OverdueGroup(
            Link(branch_label(source, key), f"overdue/{SHARED}/{key}/"),
            tuple(
                OverdueCount(source.edition.title(subject.name), listed[subject.name])
                for subject in with_deadlines(source)
            ),
        )


def branch_groups(source: Sources) -> dict[str, list[str]]:
    """Return key → the branches of one page that something is overdue of, by code; NOBODY last, if at all.

    A group is what hangs below one branch of the second level, so that a street's branches are on a page or a few. A
    package without branches has none.
    """
    if not source.edition.names.branches:
        return {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(source.late.by_branch, key=lambda code: (not code, code)):
        found[branch_group(source, code)].append(code)
    return dict(sorted(found.items(), key=lambda item: (item[0] == NOBODY, item[0])))


def branch_group(source: Sources, code: str) -> str:
    way = (*source.branches_above(code), code)
    return way[min(1, len(way) - 1)] if code else NOBODY


def branch_label(source: Sources, key: str) -> str:
    """Return what a group of branches is called."""
    if key == NOBODY:
        return source.edition.translate(mark("No branch answers for it"))
    return source.edition.names.branch(key).label


def branch_keys(source: Sources) -> Iterator[tuple[str]]:
    """Yield the key of every page that lists what is overdue by branch."""
    yield from ((key,) for key in branch_groups(source))


def kind(source: Sources, by: str = "area") -> TableKind:
    """Return the kind of the table of what is overdue `by` area or branch: a column of each subject, and their sum."""
    title = source.edition.title
    subjects = (TableColumn(title(subject.name), "number", OVERDUE.anchor) for subject in with_deadlines(source))
    whole = TableColumn(source.edition.translate(mark("Total")), "number", OVERDUE.anchor)
    return TableKind("overdue", (TableColumn(title(by), "text"), *subjects, whole))


def total(source: Sources) -> int:
    """Return how much is overdue in all, as overdue/ says."""
    return len(source.late.everything)


def area_keys(source: Sources) -> Iterator[tuple[str]]:
    """Yield the key of every page that lists what is overdue."""
    yield from ((group.key,) for group in groups(source))
    if source.late.shared:
        yield (SHARED,)


def listed_at(source: Sources, area: str) -> str:
    """Return the path of the page that lists everything overdue in an area; of the topmost, the page of counts.

    "" for an area of another tree: such lists are made for the main one.
    """
    return "" if source.edition.tree.kind else source.edition.overdue(area)


def listed_around(source: Sources, grid: str) -> str:
    """Return where all that is overdue in a grid is listed: its own rows, or its area where there are none."""
    areas = source.edition.tree.areas_of.get(grid, ())
    if not areas:
        return "overdue/"
    place = f"grid-{grid}" if source.late.by_grid.get(grid) else f"area-{areas[-1]}"
    return f"overdue/{areas[min(1, len(areas) - 1)]}/#{place}"


def listed_of(source: Sources, branch: str) -> str:
    """Return where all that a branch answers for is listed."""
    if branch not in source.late.by_branch:
        return "overdue/"
    return f"overdue/{SHARED}/{branch_group(source, branch)}/#branch-{branch}"
