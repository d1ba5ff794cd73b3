"""What lies beside a page for programs: its feed and its calendar, made where the page is made.

Always holds: an entry reads the same on every feed, and a feed is the newest of all that belongs to it, however the
package is divided. Of an area that spans streets the streets' own feeds are handed on (`told`) when all are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from builder.model import Calendar, Event, Feed, News, Unit, newest
from builder.pages import changes
from builder.pages.sources import Sources

__all__ = ["calendar", "digests", "feed", "with_news"]

Told = Mapping[str, tuple[News, ...]]


def with_news(source: Sources, parts: Iterable[Told]) -> Sources:
    """Return `source` with what the feeds of every part of the package told (path → news; "": all of it)."""
    found: dict[str, tuple[News, ...]] = {}
    for part in parts:
        for path, news in part.items():
            found[path] = newest((*found.get(path, ()), *news))
    return replace(source, told=found)


def feed(source: Sources, unit: Unit, title: str) -> Feed | None:
    """Return the feed of a grid, a branch or an area; None for an area that waits for what other streets tell."""
    if unit.level == "area" and (source.shard.is_rest or source.edition.tree.kind):
        return None
    return Feed(f"{unit.level}/{unit.code}/", title, told(source, unit), shared=is_handed_on(source, unit))


def is_handed_on(source: Sources, unit: Unit) -> bool:
    """Return whether the area around is made elsewhere, and its feed from this one."""
    tree = source.edition.tree
    if unit.level == "branch":
        return False
    above = tree.parent.get(unit.code) if unit.level == "area" else next(iter(tree.areas_of[unit.code][::-1]), None)
    return above not in source.shard.areas


def digests(source: Sources) -> Iterator[Feed]:
    """Yield the feeds of areas that span streets, and that of the home page, when all others are told."""
    found = [
        Feed(f"area/{code}/", source.edition.names.area(code).label, told(source, Unit("area", code)))
        for code in source.shard.areas
    ]
    yield from found
    everything = (item for part in (source.told.get("", ()), *(each.news for each in found)) for item in part)
    yield Feed("", "", newest(everything))


def told(source: Sources, unit: Unit) -> tuple[News, ...]:
    """Return the newest of a unit, made once: an area's are those of all below it and its own."""
    known = source.told.get(f"{unit.level}/{unit.code}/")
    if known is not None:
        return known
    if unit not in source.news:
        source.news[unit] = newest(every(source, unit))
    return source.news[unit]


def every(source: Sources, unit: Unit) -> Iterator[News]:
    """Yield all that a feed chooses from; nothing of a day after the one that the data describes."""
    edition, last = source.edition, source.edition.scope.as_of.isoformat()
    for subject in source.having(unit.level):
        found = subject.news(source.facts(subject), unit, edition)
        yield from (item for item in found if item.date[:10] <= last)
    if unit.level == "grid":
        yield from changes.news(source, unit.code)
    if unit.level == "area":
        below: list[Unit] = [Unit("area", code) for code in edition.tree.children.get(unit.code, ())]
        below += [Unit("grid", code) for code in edition.tree.grids.get(unit.code, ())]
        for each in below:
            yield from told(source, each)


def calendar(source: Sources, unit: Unit, title: str) -> Calendar:
    """Return the calendar of a grid or a branch, each event once."""
    found: dict[str, Event] = {}
    for subject in source.having(unit.level):
        for item in subject.agenda(source.facts(subject), unit, source.edition):
            found.setdefault(item.key, item)
    events = sorted(found.values(), key=lambda item: (item.start, item.key))
    return Calendar(f"{unit.level}/{unit.code}/", title, tuple(events))
