"""overdue/<area_id>/ and overdue/by-branch/…: everything that is overdue, each place's own together.

Always holds: the rows of a page are what overdue/ counts under the page's name, and the count of a group is that of its
parts. What is overdue longest comes first: among rows, places and groups of places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Late, LateItem, Link, PageContext
from builder.pages.late import items, with_deadlines
from builder.pages.overdue import (
    NOBODY,
    SHARED,
    Group,
    OverdueCount,
    branch_groups,
    branch_label,
    counts,
    groups,
    shared_counts,
    shared_label,
)
from builder.pages.sources import Sources

__all__ = ["LateGroup", "LatePart", "OverdueListPage", "area_page", "branch_page"]


class LatePart(NamedTuple):
    """What is overdue in one grid, or of a branch as a whole: the longest first. `anchor`: its id on the page."""

    anchor: str
    link: Link
    items: tuple[LateItem, ...]


@dataclass(frozen=True, slots=True)
class LateGroup:
    """One community with its grids, or one branch with its own (`link` None: nobody)."""

    anchor: str
    link: Link | None
    parts: tuple[LatePart, ...]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(len(part.items) for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether it is one branch with nothing but what it carries as a whole: one list without parts."""
        return len(self.parts) == 1 and self.parts[0].link == self.link

    @property
    def days(self) -> int:
        """How long that has been overdue which is overdue longest."""
        return max(part.items[0].days for part in self.parts)


@dataclass(frozen=True, slots=True)
class OverdueListPage(PageContext):
    """All that is overdue in one area, or of some branches: `count` rows, `totals` of them of each subject."""

    breadcrumbs: tuple[Link, ...]
    name: str
    count: int
    totals: tuple[OverdueCount, ...]
    groups: tuple[LateGroup, ...]


def area_page(source: Sources, key: tuple[str, ...]) -> OverdueListPage:
    """Return the list of what is overdue in one area, or of branches as a whole."""
    (code,) = key
    group = next((item for item in groups(source) if item.key == code), None)
    if group is None:
        return made(source, f"overdue/{code}/", shared_label(source), shared_counts(source), whole(source))
    counted, found = counts(source, *group.units), communities(source, group)
    return made(source, f"overdue/{code}/", group.label, counted, found)


def branch_page(source: Sources, key: tuple[str, ...]) -> OverdueListPage:
    """Return the list of what a group of branches answers for, in grids or as a whole."""
    (code,) = key
    mine = [(branch, source.late.by_branch[branch]) for branch in branch_groups(source)[code]]
    late = [item for _, found in mine for item in found]
    totals = tuple(
        OverdueCount(source.edition.title(subject.name), sum(1 for item in late if item.subject == subject.name))
        for subject in with_deadlines(source)
    )
    found = (of_branch(source, branch, rows) for branch, rows in mine)
    return made(source, f"overdue/{SHARED}/{code}/", branch_label(source, code), totals, found)


def made(
    source: Sources, path: str, name: str, totals: tuple[OverdueCount, ...], found: Iterable[LateGroup]
) -> OverdueListPage:
    _ = source.edition.translate
    title = _(mark("{area}: what is overdue")).format(area=name)
    groups = tuple(sorted(found, key=lambda group: -group.days))
    contents = ((group.anchor, group.link.label if group.link else name) for group in groups if not group.is_whole)
    return OverdueListPage(
        head=source.edition.head(title, title, path, *contents),
        breadcrumbs=(Link(_(mark("Overdue")), "overdue/"),),
        name=name,
        count=sum(group.count for group in groups),
        totals=totals,
        groups=groups,
    )


def communities(source: Sources, group: Group) -> Iterator[LateGroup]:
    """Yield the areas that have grids of their own in which something is overdue, with these grids."""
    tree, names = source.edition.tree, source.edition.names
    for area in dict.fromkeys(tree.areas_of[grid][-1] for grid in group.grids):
        parts = (
            LatePart(f"grid-{grid}", names.grid(grid), items(source, source.late.by_grid[grid]))
            for grid in tree.grids[area]
            if grid in source.late.by_grid
        )
        if found := longest(parts):
            yield LateGroup(f"area-{area}", names.area(area), found)


def longest(parts: Iterable[LatePart]) -> tuple[LatePart, ...]:
    """Return parts by what is overdue longest in each; those of the same length stay as they were."""
    return tuple(sorted(parts, key=lambda part: -part.items[0].days))


def whole(source: Sources) -> Iterator[LateGroup]:
    """Yield what branches carry as a whole, branch by branch."""
    for branch in sorted({item.branch for item in source.late.shared}):
        link = source.edition.names.branch(branch)
        mine = items(source, [item for item in source.late.by_branch[branch] if not item.grid])
        yield LateGroup(f"branch-{branch}", link, (LatePart(f"whole-{branch}", link, mine),))


def of_branch(source: Sources, branch: str, late: Sequence[Late]) -> LateGroup:
    """Return what a branch answers for, grid by grid, what it carries as a whole first."""
    names = source.edition.names
    parts = []
    for grid in sorted({item.grid for item in late}):
        link = names.grid(grid) if grid else names.branch(branch)
        mine = items(source, [item for item in late if item.grid == grid])
        parts.append(LatePart(f"{branch or NOBODY}-{grid or 'whole'}", link, mine))
    link_or_none = names.branch(branch) if branch else None
    return LateGroup(f"branch-{branch or NOBODY}", link_or_none, longest(parts))
