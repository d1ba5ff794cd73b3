"""grid/<grid_id>/records/: every record of a grid that may be listed, subject by subject."""

from __future__ import annotations

from dataclasses import dataclass

from builder.language import mark
from builder.model import Block, Link, PageContext, Unit
from builder.pages.sources import Sources
from builder.pages.units import breadcrumbs

__all__ = ["RecordsPage", "page"]


@dataclass(frozen=True, slots=True)
class RecordsPage(PageContext):
    """Every record of the period; a block of each subject that lists its rows."""

    breadcrumbs: tuple[Link, ...]
    name: str
    blocks: tuple[Block, ...]


def page(source: Sources, key: tuple[str, ...]) -> RecordsPage:
    """Return the page of a grid's records."""
    (code,) = key
    edition = source.edition
    grid = edition.names.grid(code)
    found = [
        (subject, block)
        for subject in source.subjects
        if (block := subject.records(source.facts(subject), Unit("grid", code), edition)) is not None
    ]
    title = edition.translate(mark("{grid}: all records")).format(grid=grid.label)
    contents = ((block.anchor, edition.title(subject.name)) for subject, block in found)
    return RecordsPage(
        head=edition.head(title, title, edition.records(code), *contents),
        breadcrumbs=(*breadcrumbs(source, code), grid),
        name=grid.label,
        blocks=tuple(block for _, block in found),
    )
