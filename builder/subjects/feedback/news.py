"""Feedback in time: the replies."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import NEWS, News, Unit
from builder.subjects.edition import Edition
from builder.subjects.feedback.measure import FeedbackFacts

__all__ = ["news"]

ANSWERED = mark("Answered: {question}")
REPLY = mark("{place}: {reply}")


def news(facts: FeedbackFacts, unit: Unit, edition: Edition) -> Iterator[News]:
    """Yield the questions of a grid that were answered last, with their replies."""
    place = edition.names.grid(unit.code)
    for row in facts.rows.newest(unit.code, "replied_date", NEWS) if unit.level == "grid" else ():
        if row.feedback_id:
            question = row.headline or row.question
            yield News(
                date=row.replied_date,
                key=f"feedback-{row.feedback_id}-answered",
                title=edition.say(ANSWERED, question=question),
                text=edition.say(REPLY, place=place.label, reply=row.reply),
                path=f"{place.path}#feedback",
            )
