"""Which kinds of pages there are: the only list. The site's shells, addresses and navigation follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from builder.model import Json, Kind, Level, PageContext, Planned, Search, Unit
from builder.pages import (
    area,
    beside,
    branch,
    changes,
    coverage,
    data,
    document,
    find,
    finder,
    grid,
    home,
    linked,
    maps,
    others,
    overdue,
    overdue_list,
    policy,
    printed,
    quality,
    records,
)
from builder.pages.sources import Sources
from builder.subjects.subject import AnySubject, Shown

__all__ = ["PageKey", "absent", "entries", "kinds", "made", "of_rows", "plan"]

PageKind = Kind[Sources]


class PageKey(NamedTuple):
    """One page to be made: its kind, and the codes that tell it from others of its kind."""

    kind: str
    key: tuple[str, ...]


def areas(source: Sources) -> list[tuple[str, ...]]:
    return [(code,) for _, codes in others.every(source) for code in codes]


def grids(source: Sources) -> list[tuple[str, ...]]:
    return [(code,) for code in source.shard.grids]


def branches(source: Sources) -> list[tuple[str, ...]]:
    return [(code,) for code in source.shard.branches]


def once(source: Sources) -> list[tuple[str, ...]]:
    """Return the key of a page that shows the whole: it is made with what lies in no street."""
    return [()] if source.shard.is_rest else []


def if_known(source: Sources) -> list[tuple[str, ...]]:
    return once(source) if source.openness else []


def if_late(keys: Callable[[Sources], Iterable[tuple[str, ...]]]) -> Callable[[Sources], Iterable[tuple[str, ...]]]:
    return lambda source: keys(source) if source.shard.is_rest and overdue.exists(source) else ()


def if_rest(keys: Callable[[Sources], Iterable[tuple[str, ...]]]) -> Callable[[Sources], Iterable[tuple[str, ...]]]:
    return lambda source: keys(source) if source.shard.is_rest else ()


def long(level: Level) -> Callable[[Sources], Iterable[tuple[str, ...]]]:
    return lambda source: [(unit.code,) for unit in sorted(source.edition.long) if unit.level == level]


def yearly(level: Level) -> Callable[[Sources], Iterable[tuple[str, ...]]]:
    return lambda source: records.year_keys(source, level)


KINDS: tuple[PageKind, ...] = (
    Kind("grid", "grid/{}/", "grid.html", grids, grid.page),
    Kind("records", "grid/{}/records/", "records_index.html", long("grid"), records.grid_page),
    Kind("records_year", "grid/{}/records/{}/", "records.html", yearly("grid"), records.grid_year),
    Kind("branch", "branch/{}/", "branch.html", branches, branch.page),
    Kind("branch_records", "branch/{}/records/", "records_index.html", long("branch"), records.branch_page),
    Kind("branch_records_year", "branch/{}/records/{}/", "records.html", yearly("branch"), records.branch_year),
    Kind("area", "area/{}/", "area.html", areas, area.page),
    Kind("area_records", "area/{}/records/", "records_index.html", long("area"), records.area_page),
    Kind("area_records_year", "area/{}/records/{}/", "records.html", yearly("area"), records.area_year),
    Kind("area_order", "area/{}/by-{}/", "area.html", area.order_keys, area.order_page),
    Kind("print", "print/{}/", "print.html", printed.keys, printed.page),
    Kind("home", "", "home.html", once, home.page),
    Kind("overdue", "overdue/", "overdue.html", if_late(once), overdue.page),
    Kind("overdue_area", "overdue/{}/", "overdue_area.html", if_late(overdue.area_keys), overdue_list.area_page),
    Kind(
        "overdue_branch", "overdue/by-branch/{}/", "overdue_area.html", if_late(overdue.branch_keys),
        overdue_list.branch_page,
    ),
    Kind("find", "find/", "find.html", once, find.page),
    Kind("find_list", "find/{}/", "find_list.html", find.keys, find.list_page),
    Kind("find_rest", "find/{}/{}/", "find_list.html", find.rest_keys, find.rest_page),
    Kind("map", "map/", "map.html", if_rest(maps.keys), maps.page),
    Kind("map_by", "map/by-{}/", "map.html", if_rest(maps.by_keys), maps.by_page),
    Kind("map_area", "map/area/{}/", "map.html", if_rest(maps.area_keys), maps.area_page),
    Kind("map_area_by", "map/area/{}/by-{}/", "map.html", if_rest(maps.area_by_keys), maps.area_by_page),
    Kind("changes", "changes/", "changes.html", once, changes.page),
    Kind("coverage", "coverage/", "coverage.html", once, coverage.page),
    Kind("data", "data/", "data.html", once, data.page),
    Kind("quality", "quality/", "quality.html", once, quality.page),
    Kind("policy", "policy/", "policy.html", if_known, policy.page),
)


def own(subject: AnySubject, kind: Kind[Any]) -> PageKind:
    """Return a subject's kind of page as one of ours: made from its own facts, with its street or with the whole."""

    def shown(source: Sources) -> Shown[Any]:
        return Shown(source.facts(subject), source.edition)

    return Kind(
        kind.name,
        kind.path,
        kind.template,
        lambda source: kind.keys(shown(source)) if kind.is_local or source.shard.is_rest else (),
        lambda source, key: kind.context(shown(source), key),
    )


def every(subjects: Sequence[AnySubject]) -> tuple[PageKind, ...]:
    """Return every kind of page that a site of these subjects may have."""
    return (*KINDS, *(own(subject, kind) for subject in subjects for kind in subject.kinds))


def of_rows(subjects: Sequence[AnySubject]) -> Mapping[str, str]:
    """Return table → the path of the page that each of its rows has: a kind that is called as the table is."""
    return {kind.name: kind.path for kind in every(subjects) if kind.path.count("{}") == 1}


def kinds(source: Sources) -> tuple[PageKind, ...]:
    """Return the kinds that this site has pages of, as its rest knows it: of those with a key in their path, all."""
    return tuple(kind for kind in every(source.subjects) if "{}" in kind.path or any(True for _ in kind.keys(source)))


def absent(source: Sources, lacking: Sequence[AnySubject]) -> tuple[PageKind, ...]:
    """Return the kinds that this site has no page of; `lacking`: the subjects that the package does not have."""
    found = {kind.name for kind in kinds(source)}
    return tuple(kind for kind in every((*source.subjects, *lacking)) if kind.name not in found)


LAST = "data"
"""The kind of page that shows files, so that these are written before it."""


def plan(source: Sources, is_last: bool = False) -> Iterator[PageKey]:
    """Yield the key of every page of a shard, kind by kind; a page depends on its key and on no other page.

    `is_last`: of the pages that are made when all others and the downloads are written, and those alone.
    """
    for kind in every(source.subjects):
        if (kind.name == LAST) == is_last:
            for key in kind.keys(source):
                yield PageKey(kind.name, key)


def entries(source: Sources) -> Iterator[tuple[str, Search]]:
    """Yield path and entry of all that is looked up in words: places are found by the finder (docs/adr/0027)."""
    for subject in source.subjects:
        yield from subject.entries(source.facts(subject), source.edition)


def made(source: Sources, page: PageKey) -> Planned:
    """Return the page of a key."""
    kind = next(item for item in every(source.subjects) if item.name == page.kind)
    context = for_machines(source, kind.context(source, page.key))
    planned = Planned(kind.name, kind.template, context, documented(source, page, context))
    if isinstance(context, changes.ChangesPage):
        return planned._replace(feed=changes.feed(source))
    title, unit = context.head.title, unit_of(context)
    if not unit or not context.head.feed:
        return planned
    return planned._replace(
        feed=beside.feed(source, unit, title),
        calendar=beside.calendar(source, unit, title) if context.head.calendar else None,
    )


def documented(source: Sources, page: PageKey, context: PageContext) -> Json:
    """Return what lies beside a page for programs: of a grid its figures, of lists what the finder looks through."""
    if isinstance(context, grid.GridPage):
        return document.document(source, context)
    if page.kind == "find":
        return finder.whole(source)
    return finder.part(source, *page.key) if page.kind == "find_list" else None


def unit_of(context: PageContext) -> Unit | None:
    """Return the unit that a page is the page of."""
    if isinstance(context, grid.GridPage):
        return Unit("grid", context.grid_id)
    if isinstance(context, branch.BranchPage):
        return Unit("branch", context.branch_id)
    return Unit("area", context.area_id) if isinstance(context, area.AreaPage) else None


def for_machines(source: Sources, context: PageContext) -> PageContext:
    """Return a page with what its head says to programs; a page that shows another one in another order says less."""
    head, unit = context.head, unit_of(context)
    if isinstance(context, grid.GridPage | branch.BranchPage | area.AreaPage):
        head = head._replace(description=linked.described(source, context))
    if head.canonical == head.path:
        is_of_all = isinstance(context, home.HomePage | changes.ChangesPage)
        is_followed = is_of_all or (unit and not getattr(context, "tree_kind", ""))
        head = head._replace(
            feed="feed.xml" if is_followed else "",
            calendar="calendar.ics" if unit and unit.level != "area" else "",
            linked=linked.linked(source, context),
        )
    return context if head == context.head else replace(context, head=head)
