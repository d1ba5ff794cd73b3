"""What disclosures say of themselves in one sentence."""

from __future__ import annotations

from builder.language import Translator, mark
from builder.model import Figure, Status, Unit
from builder.subjects.disclosure.block import DisclosureBlock
from builder.subjects.disclosure.definitions import TIMELINESS
from builder.subjects.disclosure.measure import DisclosureFacts
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.edition import Edition
from builder.subjects.sentence import Rows, counted, rows, whole

__all__ = ["figures", "totals"]


def figures(found: DisclosureBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of disclosures: what was due, and of that first what was on time."""
    tally = found.tally
    # what was disclosed is counted item by item there, of an area too
    totals = {Status.ON_TIME: tally.on_time, Status.LATE: tally.late, Status.OVERDUE: found.missing.total}
    at = rows("disclosure", totals, unit, edition)
    # the lists of areas are of grids, and what is missing is of branches
    return (sentence(tally, at._replace(late=found.overdue_path), edition),)


def sentence(tally: DisclosureTally, at: Rows, edition: Edition) -> Figure:
    _: Translator = edition.translate
    label, word = edition.title("disclosure"), _(mark("in time"))
    if not tally.due:
        return Figure(label, TIMELINESS.anchor, tally.timeliness, text=_(mark("nothing has been due so far")))
    place = at.of(tally.on_time, Status.ON_TIME)
    parts = [
        counted(_, mark("{count} were to be disclosed"), tally.due, at.block),
        counted(_, mark("{count} disclosed on time"), tally.on_time, place, tally.timeliness),
    ]
    if tally.late:
        parts.append(counted(_, mark("{count} disclosed late"), tally.late, at.of(tally.late, Status.LATE)))
    if tally.overdue:
        place = at.of(tally.overdue, Status.OVERDUE)
        parts.append(counted(_, mark("{count} missing still"), tally.overdue, place, is_late=True))
    return Figure(label, TIMELINESS.anchor, tally.timeliness, note=word, counts=tuple(parts), word=word)


def totals(facts: DisclosureFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of disclosures."""
    return (sentence(facts.whole.tally, whole("disclosure", edition), edition),)
