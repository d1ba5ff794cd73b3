"""<level>/<code>/records/: an index of every record of a unit that is listed, and a page of each year.

Always holds: the counts of the index are those of the pages of years together, by status and by group. An address
stays what it is, however many records there are: it names the year, and a place on its page the group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import fill, mark
from builder.model import Entry, Level, Link, PageContext, Records, Status, Unit
from builder.pages.sources import Sources
from builder.pages.units import breadcrumbs
from builder.subjects.subject import AnySubject

__all__ = [
    "RecordsGroup", "RecordsIndexPage", "RecordsOf", "RecordsPage", "RecordsYear", "area_page", "area_year",
    "branch_page", "branch_year", "grid_page", "grid_year", "year_keys",
]  # fmt: skip

UNDATED = "undated"
"""The key of records that have no year."""

OPEN = 20
"""Records that a page of a year shows unfolded; of more, their groups are closed."""


class RecordsYear(NamedTuple):
    """How many records of one subject or group a year has, and where they stand; `statuses` where they have any."""

    link: Link
    number: int
    statuses: tuple[tuple[Status, int], ...]


class RecordsGroup(NamedTuple):
    """How many records a group has, such as a category or a month, year by year."""

    anchor: str
    name: str
    number: int
    years: tuple[RecordsYear, ...]


@dataclass(frozen=True, slots=True)
class RecordsOf:
    """The records of one subject: `count` of them, by year, and by group where they have groups."""

    anchor: str
    title: str
    count: int
    years: tuple[RecordsYear, ...]
    groups: tuple[RecordsGroup, ...]


@dataclass(frozen=True, slots=True)
class RecordsIndexPage(PageContext):
    """How many records there are of each subject and where they stand. The last breadcrumb is the unit."""

    breadcrumbs: tuple[Link, ...]
    name: str
    subjects: tuple[RecordsOf, ...]


@dataclass(frozen=True, slots=True)
class RecordsPage(PageContext):
    """Every record of one year; a block of each subject that has any. The last breadcrumb is the index."""

    breadcrumbs: tuple[Link, ...]
    name: str
    years: tuple[Link, ...]
    blocks: tuple[Records, ...]


def grid_page(source: Sources, key: tuple[str, ...]) -> RecordsIndexPage:
    """Return the index of a grid's records."""
    return index(source, Unit("grid", key[0]))


def branch_page(source: Sources, key: tuple[str, ...]) -> RecordsIndexPage:
    """Return the index of a branch's records, those of its grids included."""
    return index(source, Unit("branch", key[0]))


def area_page(source: Sources, key: tuple[str, ...]) -> RecordsIndexPage:
    """Return the index of an area's records."""
    return index(source, Unit("area", key[0]))


def grid_year(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the records of a grid of one year."""
    return of_year(source, Unit("grid", key[0]), key[1])


def branch_year(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the records of a branch of one year."""
    return of_year(source, Unit("branch", key[0]), key[1])


def area_year(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the records of an area of one year."""
    return of_year(source, Unit("area", key[0]), key[1])


def year_keys(source: Sources, level: Level) -> Iterator[tuple[str, str]]:
    """Yield unit and year of every page of a year."""
    for unit in sorted(unit for unit in source.edition.long if unit.level == level):
        yield from ((unit.code, year) for year in years(listed(source, unit)))


def places(source: Sources, unit: Unit) -> tuple[Link, ...]:
    """Return where a unit is, from the top down, and the unit itself."""
    names, code = source.edition.names, unit.code
    if unit.level == "grid":
        return (*breadcrumbs(source, code), names.grid(code))
    if unit.level == "branch":
        return tuple(names.branch(item) for item in (*source.branches_above(code), code))
    return tuple(names.area(item) for item in source.edition.tree.path(code))


Listed = Sequence[tuple[AnySubject, Records]]


def listed(source: Sources, unit: Unit) -> Listed:
    """Return every record of a unit, subject by subject; a subject that has none is left out."""
    found = ((subject, subject.records(source.facts(subject), unit, source.edition)) for subject in source.subjects)
    return [(subject, records) for subject, records in found if records is not None and records.entries()]


def years(found: Listed) -> list[str]:
    """Return the keys of the years that have records, the newest first, UNDATED last."""
    known = {entry.year for _, records in found for entry in records.entries()}
    return [*sorted(known - {""}, reverse=True), *([UNDATED] if "" in known else [])]


def year_link(source: Sources, unit: Unit, year: str, anchor: str = "") -> Link:
    _ = source.edition.translate
    label = _(mark("no year")) if year == UNDATED else fill(_, mark("{year}"), {"year": year})
    return Link(label, f"{source.edition.records(unit)}{year}/{anchor and f'#{anchor}'}")


def index(source: Sources, unit: Unit) -> RecordsIndexPage:
    found, where = listed(source, unit), places(source, unit)
    edition, name = source.edition, where[-1].label
    title = edition.translate(mark("{grid}: all records")).format(grid=name)
    contents = ((records.anchor, edition.title(subject.name)) for subject, records in found)
    return RecordsIndexPage(
        head=edition.head(title, title, edition.records(unit), *contents),
        breadcrumbs=where,
        name=name,
        subjects=tuple(counted(source, unit, subject, records) for subject, records in found),
    )


def counted(source: Sources, unit: Unit, subject: AnySubject, records: Records) -> RecordsOf:
    """Return the counts of a subject's records by year, by status and by group."""
    entries = records.entries()
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.anchor != records.anchor:
            groups.setdefault(entry.anchor, []).append(entry)
    return RecordsOf(
        anchor=records.anchor,
        title=source.edition.title(subject.name),
        count=len(entries),
        years=by_year(source, unit, entries, records.anchor),
        groups=tuple(
            RecordsGroup(anchor, mine[0].group, len(mine), by_year(source, unit, mine, anchor))
            for anchor, mine in groups.items()
        ),
    )


def by_year(source: Sources, unit: Unit, entries: Sequence[Entry], anchor: str) -> tuple[RecordsYear, ...]:
    """Return the counts of records by year, the newest first."""
    found: dict[str, Counter[Status]] = {}
    numbers = Counter(entry.year for entry in entries)
    for entry in entries:
        if entry.status is not None:
            found.setdefault(entry.year, Counter())[entry.status] += 1
    return tuple(
        RecordsYear(
            year_link(source, unit, year or UNDATED, anchor),
            numbers[year],
            tuple((status, found[year][status]) for status in Status if found.get(year, Counter())[status]),
        )
        for year in sorted(numbers, key=lambda year: (bool(year), year), reverse=True)
    )


def of_year(source: Sources, unit: Unit, key: str) -> RecordsPage:
    found, where, year = listed(source, unit), places(source, unit), "" if key == UNDATED else key
    edition, name = source.edition, where[-1].label
    count = sum(entry.year == year for _, records in found for entry in records.entries())
    mine = [(subject, records.of(year, is_folded=count > OPEN)) for subject, records in found]
    shown = [(subject, records) for subject, records in mine if records.entries()]
    above = Link(edition.translate(mark("All records")), edition.records(unit))
    link = year_link(source, unit, key)
    title = edition.translate(mark("{grid}: records of {year}")).format(grid=name, year=link.label)
    contents = ((records.anchor, edition.title(subject.name)) for subject, records in shown)
    others = (year_link(source, unit, other) for other in years(found))
    return RecordsPage(
        head=edition.head(title, title, link.path, *contents),
        breadcrumbs=(*where, above),
        name=title,
        years=tuple(Link(other.label, "" if other == link else other.path) for other in others),
        blocks=tuple(records for _, records in shown),
    )
