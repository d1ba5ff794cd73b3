"""What duties say of themselves in one sentence."""

from __future__ import annotations

from builder.language import Translator, mark
from builder.model import Figure, Status, Unit
from builder.subjects.duty.block import DutyBlock
from builder.subjects.duty.definitions import PUNCTUALITY
from builder.subjects.duty.measure import DutyFacts
from builder.subjects.duty.tally import DutyTally
from builder.subjects.edition import Edition
from builder.subjects.sentence import Rows, counted, rows, whole

__all__ = ["figures", "totals"]


def figures(found: DutyBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of duties: what was due, and of that first what was done on time."""
    totals = {
        Status.ON_TIME: found.on_time.total, Status.LATE: found.done_late.total, Status.OVERDUE: found.overdue.total,
    }  # fmt: skip
    return (sentence(found.tally, rows("duty", totals, unit, edition), edition.translate),)


def sentence(tally: DutyTally, at: Rows, _: Translator) -> Figure:
    label = _(mark("What had to be done"))
    if not tally.due:
        return Figure(label, PUNCTUALITY.anchor, tally.punctuality, text=_(mark("nothing has been due so far")))
    late, overdue = tally.late, tally.overdue
    place = at.of(tally.on_time, Status.ON_TIME)
    parts = [
        counted(_, mark("{count} were due"), tally.due, at.block),
        counted(_, mark("{count} done on time"), tally.on_time, place, tally.punctuality),
    ]
    if late:
        parts.append(counted(_, mark("{count} done late"), late, at.of(late, Status.LATE)))
    if overdue:
        place = at.of(overdue, Status.OVERDUE)
        parts.append(counted(_, mark("{count} not done yet"), overdue, place, is_late=True))
    word = _(mark("in time"))
    return Figure(label, PUNCTUALITY.anchor, tally.punctuality, note=word, counts=tuple(parts), word=word)


def totals(facts: DutyFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of duties."""
    return (sentence(facts.total, whole("duty", edition), edition.translate),)
