"""Disclosures in time: what was published last."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import News, Unit
from builder.subjects.disclosure.measure import DisclosureFacts
from builder.subjects.edition import Edition

__all__ = ["news"]

PUBLISHED = mark("Published: {title}")


def news(facts: DisclosureFacts, unit: Unit, edition: Edition) -> Iterator[News]:
    """Yield the newest disclosures of a unit."""
    for row in facts.recent[unit.level].rows(unit.code):
        yield News(
            date=row.published_date,
            key=f"disclosure-{row.disclosure_id}",
            title=edition.say(PUBLISHED, title=row.title),
            text=edition.names.branch(row.branch_id).label,
            path=f"disclosure/{row.disclosure_id}/",
            own=True,
        )
