"""overdue/<area_id>/ and overdue/by-branch/…: everything overdue that may be listed, each place's own together.

Always holds: the rows of a page and what it says is only counted are what overdue/ counts under the page's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Late, LateItem, Link, PageContext, Unit
from builder.pages.late import items, overdue_count, with_deadlines
from builder.pages.overdue import (
    NOBODY,
    SHARED,
    Group,
    branch_groups,
    branch_label,
    counts,
    groups,
    shared_counts,
    shared_label,
)
from builder.pages.sources import Sources

__all__ = ["LateGroup", "LatePart", "OverdueListPage", "OverdueTotal", "area_page", "branch_page"]


@dataclass(frozen=True, slots=True)
class OverdueTotal:
    """What is overdue of one subject on a page, and how much of it is only counted."""

    label: str
    count: int
    unlisted: int


class LatePart(NamedTuple):
    """What is overdue in one grid, or of a branch as a whole: the longest first. `anchor`: its id on the page."""

    anchor: str
    link: Link
    items: tuple[LateItem, ...]


@dataclass(frozen=True, slots=True)
class LateGroup:
    """One community with its grids, or one branch with its own (`link` None: nobody); `count` holds `unlisted`."""

    anchor: str
    link: Link | None
    count: int
    unlisted: int
    parts: tuple[LatePart, ...]


@dataclass(frozen=True, slots=True)
class OverdueListPage(PageContext):
    """All that is overdue in one area, or of some branches."""

    breadcrumbs: tuple[Link, ...]
    name: str
    totals: tuple[OverdueTotal, ...]
    groups: tuple[LateGroup, ...]


def area_page(source: Sources, key: tuple[str, ...]) -> OverdueListPage:
    """Return the list of what is overdue in one area, or of branches as a whole."""
    (code,) = key
    group = next((item for item in groups(source) if item.key == code), None)
    if group is None:
        late, counted, name = source.late.shared, shared_counts(source), shared_label(source)
        found = tuple(whole(source, late))
    else:
        late, counted, name = source.late.in_grids(group.grids), counts(source, *group.units), group.label
        found = tuple(communities(source, group))
    listed = [sum(1 for item in late if item.subject == subject.name) for subject in with_deadlines(source)]
    totals = (
        OverdueTotal(item.label, item.count, item.count - rows) for item, rows in zip(counted, listed, strict=True)
    )
    return made(source, f"overdue/{code}/", name, tuple(totals), found)


def branch_page(source: Sources, key: tuple[str, ...]) -> OverdueListPage:
    """Return the list of what a group of branches answers for, in grids or as a whole, as far as it may be listed."""
    (code,) = key
    mine = [(branch, source.late.by_branch[branch]) for branch in branch_groups(source)[code]]
    late = [item for _, found in mine for item in found]
    totals = tuple(
        OverdueTotal(
            source.edition.title(subject.name), sum(1 for item in late if item.subject == subject.name), 0
        )
        for subject in with_deadlines(source)
    )  # fmt: skip
    found = tuple(of_branch(source, branch, rows) for branch, rows in mine)
    return made(source, f"overdue/{SHARED}/{code}/", branch_label(source, code), totals, found)


def made(
    source: Sources, path: str, name: str, totals: tuple[OverdueTotal, ...], found: tuple[LateGroup, ...]
) -> OverdueListPage:
    _ = source.edition.translate
    title = _(mark("{area}: what is overdue")).format(area=name)
    contents = ((group.anchor, group.link.label if group.link else name) for group in found)
    return OverdueListPage(
        head=source.edition.head(title, title, path, *contents),
        breadcrumbs=(Link(_(mark("Overdue")), "overdue/"),),
        name=name,
        totals=totals,
        groups=found,
    )


def communities(source: Sources, group: Group) -> Iterator[LateGroup]:
    """Yield the areas that have grids of their own in which something is overdue, with these grids, by code."""
    tree, names = source.edition.tree, source.edition.names
    for area in dict.fromkeys(tree.areas_of[grid][-1] for grid in group.grids):
        parts = tuple(
            LatePart(f"grid-{grid}", names.grid(grid), items(source, source.late.by_grid[grid]))
            for grid in tree.grids[area]
            if grid in source.late.by_grid
        )
        count = own(source, area)
        if count:
            listed = sum(len(part.items) for part in parts)
            yield LateGroup(f"area-{area}", names.area(area), count, count - listed, parts)


def own(source: Sources, area: str) -> int:
    """Return how much is overdue in the grids that lie in an area itself, what may not be listed included."""
    below = (overdue_count(source, Unit("area", child)) for child in source.edition.tree.children.get(area, ()))
    return overdue_count(source, Unit("area", area)) - sum(below)


def whole(source: Sources, late: Sequence[Late]) -> Iterator[LateGroup]:
    """Yield what branches carry as a whole, branch by branch."""
    for branch in sorted({item.branch for item in late}):
        link = source.edition.names.branch(branch)
        mine = items(source, [item for item in source.late.by_branch[branch] if not item.grid])
        yield LateGroup(f"branch-{branch}", link, len(mine), 0, (LatePart(f"whole-{branch}", link, mine),))


def of_branch(source: Sources, branch: str, late: Sequence[Late]) -> LateGroup:
    """Return what a branch answers for, grid by grid, what it carries as a whole first."""
    names = source.edition.names
    parts = []
    for grid in sorted({item.grid for item in late}):
        link = names.grid(grid) if grid else names.branch(branch)
        mine = items(source, [item for item in late if item.grid == grid])
        parts.append(LatePart(f"{branch or NOBODY}-{grid or 'whole'}", link, mine))
    link_or_none = names.branch(branch) if branch else None
    return LateGroup(f"branch-{branch or NOBODY}", link_or_none, len(late), 0, tuple(parts))
