"""What projects say of themselves in one sentence."""

from __future__ import annotations

from builder.frames import yuan
from builder.language import Translator, mark
from builder.model import Figure, Status, Unit
from builder.subjects.edition import Edition
from builder.subjects.project.block import ProjectBlock
from builder.subjects.project.definitions import FINISHED, SPENT
from builder.subjects.project.measure import ProjectFacts
from builder.subjects.project.tally import ProjectTally
from builder.subjects.sentence import Rows, counted, rows, whole

__all__ = ["figures", "totals"]


def figures(found: ProjectBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of projects; nothing where there are none."""
    if not found.categories:
        return ()
    totals = {
        Status.ON_TIME: found.on_time.total, Status.LATE: found.late.total, Status.OVERDUE: found.overdue.total,
    }  # fmt: skip
    at = rows("project", totals, unit, edition)
    return (sentence(found.tally, at, edition.translate),)


def sentence(tally: ProjectTally, at: Rows, _: Translator) -> Figure:
    label, due = _(mark("Projects")), tally.finished.denominator
    if not due:
        return Figure(label, FINISHED.anchor, tally.finished, text=_(mark("nothing has been due so far")))
    parts = [
        counted(_, mark("{count} were to be accepted"), due, at.block),
        counted(_, mark("{count} accepted by their day"), tally.on_time, at.of(tally.on_time, Status.ON_TIME)),
    ]
    if tally.late:
        parts.append(counted(_, mark("{count} accepted late"), tally.late, at.of(tally.late, Status.LATE)))
    if tally.unfinished:
        # a project may be late with an earlier stage, and be listed as overdue, before it is to be accepted
        place = at.of(tally.unfinished, Status.OVERDUE) if tally.unfinished == tally.overdue else at.block
        parts.append(counted(_, mark("{count} not accepted yet"), tally.unfinished, place, is_late=True))
    return Figure(label, FINISHED.anchor, tally.finished, counts=tuple(parts))


def totals(facts: ProjectFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of projects, and of their money."""
    _ = edition.translate
    spent = _(mark("{paid} of {budget} yuan")).format(paid=yuan(facts.total.paid), budget=yuan(facts.total.budget))
    at = whole("project", edition)
    return (sentence(facts.total, at, _), Figure(_(SPENT.name), SPENT.anchor, text=spent, path=at.block))
