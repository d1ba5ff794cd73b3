"""<level>/<code>/records/: every record of a grid, a branch or an area that may be listed, subject by subject."""

from __future__ import annotations

from dataclasses import dataclass

from builder.language import mark
from builder.model import Block, Link, PageContext, Unit
from builder.pages.sources import Sources
from builder.pages.units import breadcrumbs

__all__ = ["RecordsPage", "area_page", "branch_page", "grid_page"]


@dataclass(frozen=True, slots=True)
class RecordsPage(PageContext):
    """Every record of the period; a block of each subject that lists its rows. The last breadcrumb is the unit."""

    breadcrumbs: tuple[Link, ...]
    name: str
    blocks: tuple[Block, ...]


def grid_page(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the page of a grid's records."""
    (code,) = key
    return page(source, Unit("grid", code), (*breadcrumbs(source, code), source.edition.names.grid(code)))


def branch_page(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the page of a branch's records, those of its grids included."""
    (code,) = key
    names = source.edition.names
    return page(
        source, Unit("branch", code), tuple(names.branch(item) for item in (*source.branches_above(code), code))
    )


def area_page(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the page of an area's records."""
    (code,) = key
    edition = source.edition
    return page(source, Unit("area", code), tuple(edition.names.area(item) for item in edition.tree.path(code)))


def page(source: Sources, unit: Unit, places: tuple[Link, ...]) -> RecordsPage:
    edition, name = source.edition, places[-1].label
    found = [
        (subject, block)
        for subject in source.subjects
        if (block := subject.records(source.facts(subject), unit, edition)) is not None
    ]
    title = edition.translate(mark("{grid}: all records")).format(grid=name)
    contents = ((block.anchor, edition.title(subject.name)) for subject, block in found)
    return RecordsPage(
        head=edition.head(title, title, edition.records(unit), *contents),
        breadcrumbs=places,
        name=name,
        blocks=tuple(block for _, block in found),
    )
