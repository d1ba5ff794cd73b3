"""What feedback says of itself in one sentence."""

from __future__ import annotations

from builder.language import Translator, mark
from builder.model import Figure, Status, Unit
from builder.subjects.edition import Edition
from builder.subjects.feedback.block import FeedbackBlock
from builder.subjects.feedback.definitions import FOLLOWED, REPLY, SATISFIED
from builder.subjects.feedback.measure import FeedbackFacts
from builder.subjects.feedback.tally import FeedbackTally
from builder.subjects.sentence import Rows, counted, rows, whole

__all__ = ["figures", "totals"]


def figures(found: FeedbackBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of feedback; nothing where no reply was due."""
    totals = {
        Status.ON_TIME: found.on_time.total, Status.LATE: found.late.total, Status.OVERDUE: found.overdue.total,
    }  # fmt: skip
    at = rows("feedback", totals, unit, edition)
    return (sentence(found.tally, at, edition),) if found.tally.punctuality.denominator else ()


def sentence(tally: FeedbackTally, at: Rows, edition: Edition) -> Figure:
    _: Translator = edition.translate
    due = tally.punctuality.denominator
    kept, late, missing = tally.reply_kept, tally.reply_late, tally.reply_missing
    parts = [
        counted(_, mark("{count} were to be answered"), due, at.block),
        counted(_, mark("{count} answered in time"), kept, at.of(kept, Status.ON_TIME), tally.punctuality),
    ]
    if late:
        parts.append(counted(_, mark("{count} answered late"), late, at.of(late, Status.LATE)))
    if missing:
        place = at.of(missing, Status.OVERDUE)
        parts.append(counted(_, mark("{count} not answered yet"), missing, place, is_late=True))
    return Figure(
        edition.title("feedback"), REPLY.anchor, tally.punctuality, note=_(mark("in time")), counts=tuple(parts),
        word=_(mark("in time")),
    )  # fmt: skip


def totals(facts: FeedbackFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of feedback; rates that have no denominator are left out."""
    _, ratings = edition.translate, facts.ratings
    replies = (sentence(facts.total, whole("feedback", edition), edition),)
    found = ((SATISFIED, ratings.satisfaction), (FOLLOWED, ratings.follow_up)) if ratings else ()
    rated = tuple(Figure(_(item.name), item.anchor, ratio) for item, ratio in found if ratio.denominator)
    return (*(replies if facts.total.punctuality.denominator else ()), *rated)
