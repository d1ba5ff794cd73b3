"""Cases in time: those that were resolved, of the ones that may be listed."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import NEWS, News, Unit
from builder.subjects.case.facts import CaseFacts
from builder.subjects.edition import Edition

__all__ = ["news"]

RESOLVED = mark("Resolved: {category}")
TERMS = mark("{place}, received {received}, resolved {resolved}")


def news(facts: CaseFacts, unit: Unit, edition: Edition) -> Iterator[News]:
    """Yield the cases of a grid that were resolved last."""
    place = edition.names.grid(unit.code)
    for row in facts.rows.newest(unit.code, "resolved_date", NEWS) if unit.level == "grid" else ():
        if row.case_id:
            text = edition.say(TERMS, place=place.label, received=row.received_date, resolved=row.resolved_date)
            yield News(
                date=row.resolved_date,
                key=f"case-{row.case_id}-resolved",
                title=edition.say(RESOLVED, category=facts.names.get(row.category, row.category)),
                text=f"{text} · {row.outcome}" if row.outcome else text,
                path=f"{place.path}#case",
            )
