"""coverage/: the party net laid over the governance net, what is missing by name, and which street reported what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Link, PageContext, Ratio, TableColumn, TableKind, Unit
from builder.pages.late import with_deadlines
from builder.pages.sources import Sources
from builder.places import homes
from builder.places.coverage import GRID, REPORTED, RESPONSIBLE, Coverage, Tally, coverage

__all__ = ["CoverageArea", "CoveragePage", "CoverageSection", "Reported", "ReportedRow", "kind", "page"]


class CoverageArea(NamedTuple):
    """One area with its share."""

    link: Link
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class CoverageSection:
    """One question: the share of all and of each street; `lacking`: every one that is not as it should be, with a
    number that says how or None.
    """

    anchor: str
    title: str
    meaning: str
    ratio: Ratio
    areas: tuple[CoverageArea, ...]
    lacking: tuple[tuple[Link, int | None], ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """What a street reported of one table: rows of the period, and how much of it is overdue."""

    row_count: int
    overdue: int


class ReportedRow(NamedTuple):
    """One street: a cell for each table."""

    link: Link
    cells: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage(PageContext):
    """`matrix`: its table's kind; `reporting`: per table its title, the share of streets and its remarks."""

    sections: tuple[CoverageSection, ...]
    matrix: TableKind
    rows: tuple[ReportedRow, ...]
    reporting: tuple[tuple[str, Ratio, int], ...]


def page(source: Sources, _key: tuple[str, ...]) -> CoveragePage:
    """Return the page of coverage."""
    edition, _ = source.edition, source.edition.translate
    found = coverage(edition.tree, edition.places.held, source.tables, edition.scope.as_of)
    sections = tuple(section(source, item) for item in found)
    title, matrix = _(mark("Coverage")), tuple(rows(source))
    contents = [(item.anchor, item.title) for item in sections]
    contents += [("reported", _(mark("Who has reported what")))] if matrix and edition.places.reported else []
    return CoveragePage(
        head=edition.head(title, title, "coverage/", *contents),
        sections=sections,
        matrix=kind(source),
        rows=matrix if edition.places.reported else (),
        reporting=tuple(
            (edition.title(name), REPORTED.of(reporting(row.cells[at] for row in matrix)), source.report.of(name))
            for at, name in enumerate(edition.places.reported)
        ),
    )


def reporting(cells: Iterable[Reported]) -> Tally:
    """Return how many streets have reported."""
    found = [bool(cell.row_count) for cell in cells]
    return Tally(sum(found), len(found) - sum(found))


def section(source: Sources, item: Coverage) -> CoverageSection:
    """Return one question with names and links."""
    edition, definition = source.edition, item.definition
    named = {GRID.anchor: edition.names.area, RESPONSIBLE.anchor: edition.names.grid}
    link = named.get(definition.anchor, edition.names.branch)
    return CoverageSection(
        anchor=definition.anchor,
        title=edition.translate(definition.name),
        meaning=edition.translate(definition.meaning),
        ratio=item.ratio,
        areas=tuple(
            CoverageArea(edition.names.area(area), definition.of(item.by_area[area]))
            for area in streets(source)
            if area in item.by_area
        ),
        lacking=tuple((link(code), number) for code, number in item.lacking.items()),
    )


def streets(source: Sources) -> list[str]:
    """Return the areas just under the topmost, by code."""
    tree = source.edition.tree
    return [area for top in tree.tops for area in tree.children.get(top, ())]


def rows(source: Sources) -> Iterable[ReportedRow]:
    """Yield what each street reported."""
    edition, late = source.edition, {subject.name: subject for subject in with_deadlines(source)}
    lying = homes(edition.tree, source.guide.branch_parent)
    # what a branch carries as a whole is reported where the branch lies, so it is overdue there
    whole = Counter((item.subject, area) for item in source.late.shared for area in lying.get(item.branch, ()))
    for area in streets(source):
        cells = []
        for name, counts in edition.places.reported.items():
            deadlines = late[name].deadlines if name in late else None
            overdue = deadlines.count(source.facts(late[name]), Unit("area", area)) if deadlines else 0
            cells.append(Reported(counts.get(area, 0), overdue + whole[name, area]))
        yield ReportedRow(edition.names.area(area), tuple(cells))


def kind(source: Sources) -> TableKind:
    """Return the kind of the table of what each street reported: a column of each table."""
    edition = source.edition
    tables = (TableColumn(edition.title(name), "text") for name in edition.places.reported)
    return TableKind("reported", (TableColumn(edition.title("area"), "text"), *tables))
