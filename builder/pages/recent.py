"""What a unit published of late, of whatever subject, newest first."""

from __future__ import annotations

from builder.language import mark
from builder.model import Recent, Unit
from builder.pages.sources import Sources

__all__ = ["heading", "newest"]

MOST = 5
"""Named on a page; the subjects' own pages have the rest."""


def newest(source: Sources, *units: Unit) -> tuple[Recent, ...]:
    """Return the newest of what `units` together published."""
    found = {
        item.page.path: item
        for subject in source.subjects
        for unit in units
        if subject in source.having(unit.level)
        for item in subject.recent(source.facts(subject), unit, source.edition)
    }
    # by path among those of one day, so that the order of units does not matter
    ordered = sorted(sorted(found.values(), key=lambda item: item.page.path), key=lambda item: item.date, reverse=True)
    return tuple(ordered[:MOST])


def heading(source: Sources, found: tuple[Recent, ...]) -> tuple[tuple[str, str], ...]:
    """Return anchor and heading of the section, nothing where there is none."""
    return (("recent", source.edition.translate(mark("Recently published"))),) if found else ()
