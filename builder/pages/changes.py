"""changes/: what this release changed since the last one, corrections first and apart from progress, by grid.

Always holds: every number is the sum of what is shown below it and of what is said to be left out; all of it is in
changes/changes.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import (
    CORRECTIONS,
    PROGRESS,
    Change,
    Feed,
    Link,
    MonthOfChanges,
    News,
    PageContext,
    ReleaseChanges,
    corrected,
    newest,
)
from builder.pages.changed import Numbers, Row, numbers, row, said_of_schema
from builder.pages.sources import Sources

__all__ = ["ChangesPage", "GridBlock", "feed", "heading", "news", "of_grid", "page"]

PATH = "changes/"
GROUPS = 30
"""Grids whose corrections, and whose progress, are told on the page."""

ROWS = 20
"""Corrections of a grid, or of an earlier release, that are listed."""

ON_A_GRID = 5
"""Corrections on a grid's own page."""


class TableRow(NamedTuple):
    """How much changed in one table, or in all (`title` "")."""

    title: str
    numbers: Numbers


class Group(NamedTuple):
    """The corrections of one grid, of `number` the first; a `place` without a path has no page."""

    place: Link
    number: int
    rows: tuple[Row, ...]


class GridRow(NamedTuple):
    """The progress of one grid."""

    place: Link
    numbers: Numbers


class Rest(NamedTuple):
    """Grids that are not told one by one, and how many changes they have together."""

    grids: int
    number: int


class ReleaseRow(NamedTuple):
    """An earlier release: what it changed, of its corrections the first, and what is told of its columns."""

    as_of: str
    since: str
    numbers: Numbers
    rows: tuple[Row, ...]
    schema: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage(PageContext):
    """What changed since the release of `since`; "" where there is none to compare with."""

    since: str
    since_id: str
    is_backwards: bool
    total: Numbers
    count: int
    by_table: tuple[TableRow, ...]
    schema: tuple[str, ...]
    groups: tuple[Group, ...]
    rest: Rest
    progress: tuple[GridRow, ...]
    progress_rest: Rest
    releases: tuple[ReleaseRow, ...]
    months: tuple[MonthOfChanges, ...]
    shown: int


class GridBlock(NamedTuple):
    """What changed of late of one grid: since the last release, and the newest of its `number` corrections."""

    since: str
    numbers: Numbers
    rows: tuple[Row, ...]
    number: int


def page(source: Sources, _key: tuple[str, ...]) -> ChangesPage:
    """Return the page of changes."""
    changed, _ = source.changed, source.edition.translate
    latest = changed.latest or ReleaseChanges("", "", "", {})
    groups, rest = corrections(source, latest)
    progress, progress_rest = advanced(source)
    earlier = changed.history.releases[1 if changed.history.releases[:1] == (latest,) else 0 :]
    places = {name: at for at, name in enumerate(source.edition.package.resources)}
    title = _(mark("What changed"))
    sections = [
        ("corrections", _(mark("Corrections"))), ("progress", _(mark("Progress"))), ("all", _(mark("All changes"))),
    ] if changed.latest else []  # fmt: skip
    sections += [("earlier", _(mark("Earlier releases")))] if earlier or changed.history.months else []
    return ChangesPage(
        head=source.edition.head(
            title, _(mark("What changed since the last release: corrections, and apart from them what went on")), PATH,
            *sections,
        ),
        since=latest.since,
        since_id=latest.since_id,
        is_backwards=latest.is_backwards,
        total=of_release(latest),
        count=latest.number((*CORRECTIONS, *PROGRESS)),
        by_table=tuple(
            TableRow(source.edition.title(name), numbers(latest.counts[name]))
            for name in sorted(latest.counts, key=lambda name: (places.get(name, len(places)), name))
        ),
        schema=tuple(said_of_schema(source, item) for item in latest.schema),
        groups=groups,
        rest=rest,
        progress=progress,
        progress_rest=progress_rest,
        releases=tuple(told(source, release) for release in earlier),
        months=changed.history.months,
        shown=changed.shown,
    )  # fmt: skip


def of_release(release: ReleaseChanges) -> Numbers:
    """Return how much a release changed."""
    found = [numbers(kinds) for kinds in release.counts.values()]
    return Numbers(*(sum(column) for column in zip(*found, strict=True))) if found else Numbers(0, 0, 0, 0)


def place(source: Sources, code: str) -> Link:
    """Return the grid of a code; without a path where it has no page, without a label for what lies in no grid."""
    if not code or code not in source.guide.names.grids:
        return Link(code, "")
    return source.guide.names.grid(code)


def corrections(source: Sources, latest: ReleaseChanges) -> tuple[tuple[Group, ...], Rest]:
    """Return the corrections of the latest comparison by grid, those with the most first."""
    found: dict[str, list[Change]] = {}
    for change in latest.corrections:
        found.setdefault(change.grid, []).append(change)
    having = {code: corrected(kinds) for code, kinds in source.changed.totals.items() if corrected(kinds)}
    codes = sorted(having, key=lambda code: (-having[code], code))
    groups = tuple(
        Group(place(source, code), having[code], tuple(row(source, item) for item in found.get(code, ())[:ROWS]))
        for code in codes[:GROUPS]
    )
    return groups, Rest(len(codes[GROUPS:]), sum(having[code] for code in codes[GROUPS:]))


def advanced(source: Sources) -> tuple[tuple[GridRow, ...], Rest]:
    """Return the progress since the last release by grid, those with the most first."""
    having = {code: numbers(kinds) for code, kinds in source.changed.totals.items()}
    codes = sorted((code for code, each in having.items() if each.progress), key=lambda c: (-having[c].progress, c))
    rows = tuple(GridRow(place(source, code), having[code]) for code in codes[:GROUPS])
    return rows, Rest(len(codes[GROUPS:]), sum(having[code].progress for code in codes[GROUPS:]))


def told(source: Sources, release: ReleaseChanges) -> ReleaseRow:
    """Return an earlier release."""
    return ReleaseRow(
        as_of=release.as_of,
        since=release.since,
        numbers=of_release(release),
        rows=tuple(row(source, item) for item in release.corrections[:ROWS]),
        schema=tuple(said_of_schema(source, item) for item in release.schema),
    )


# ── a grid's own page, and feeds ─────────────────────────────────────────────────────────────────


def of_grid(source: Sources, code: str) -> GridBlock | None:
    """Return what changed of late of a grid; None where nothing did."""
    found = source.guide.changes.get(code)
    if found is None:
        return None
    rows = tuple(row(source, change, day) for day, change in found.corrections[:ON_A_GRID])
    return GridBlock(source.guide.since, numbers(found.counts), rows, found.number)


def heading(source: Sources, found: GridBlock | None) -> tuple[tuple[str, str], ...]:
    """Return anchor and heading of the section on a grid's page, nothing where there is none."""
    return (("changes", source.edition.translate(mark("Recent changes"))),) if found else ()


def news(source: Sources, code: str) -> Iterator[News]:
    """Yield the newest corrections of a grid."""
    found = source.guide.changes.get(code)
    for day, change in found.corrections if found else ():
        yield item(source, change, day)


def item(source: Sources, change: Change, day: str) -> News:
    """Return a correction as every feed tells it."""
    edition, said = source.edition, row(source, change)
    title = edition.say(mark("Correction: {table} {key}, {what}"), table=said.what, key=said.key, what=said.said)
    quoted = edition.say(mark("before: {before}; now: {after}. "), before=said.before or "—", after=said.after or "—")
    reason = said.reason or edition.say(mark("No reason was given."))
    at = place(source, change.grid)
    return News(
        date=day,
        key="-".join(("correction", day, change.resource, change.key, change.field, change.kind)),
        title=title,
        text=f"{quoted if said.is_quoted else ''}{reason}",
        path=f"{at.path}#changes" if at.path else f"{PATH}#corrections",
    )


def feed(source: Sources) -> Feed:
    """Return the feed of the page of changes: each release in a sentence, and its corrections."""
    return Feed(PATH, source.edition.translate(mark("What changed")), newest(every(source)))


def every(source: Sources) -> Iterator[News]:
    """Yield each release, the newest first, and behind it its corrections."""
    say = source.edition.say
    for release in source.changed.history.releases:
        found = of_release(release)
        yield News(
            date=release.as_of,
            key=f"changes-{release.as_of}-{release.since}",
            title=say(
                mark("{corrections} corrections, {progress} times progress since {since}"),
                corrections=str(found.corrections), progress=str(found.progress), since=release.since,
            ),
            text=say(mark("New rows: {new}; done: {closed}; other progress: {other}."), new=str(found.new),
                     closed=str(found.closed), other=str(found.other)),
            path=PATH,
        )  # fmt: skip
        for change in release.corrections:
            yield item(source, change, release.as_of)
