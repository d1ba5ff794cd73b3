"""What disclosures say of themselves in one sentence."""

from __future__ import annotations

from builder.language import Translator, mark
from builder.model import Figure, Unit
from builder.subjects.disclosure.block import DisclosureBlock
from builder.subjects.disclosure.definitions import TIMELINESS
from builder.subjects.disclosure.measure import DisclosureFacts
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.edition import Edition
from builder.subjects.sentence import counted, whole

__all__ = ["figures", "totals"]


def figures(found: DisclosureBlock, _unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of disclosures: what was due, and of that first what was on time."""
    missing = "#disclosure-overdue" if len(found.missing) == found.tally.overdue else "#disclosure"
    return (sentence(found.tally, found.more or "#disclosure", missing, edition),)


def sentence(tally: DisclosureTally, listed: str, missing: str, edition: Edition) -> Figure:
    _: Translator = edition.translate
    label, word = edition.title("disclosure"), _(mark("disclosed on time"))
    if not tally.due:
        return Figure(label, TIMELINESS.anchor, tally.timeliness, text=_(mark("nothing has been due so far")))
    parts = [
        counted(_, mark("{count} were to be disclosed"), tally.due, listed),
        counted(_, mark("{count} disclosed on time"), tally.on_time, listed, tally.timeliness),
    ]
    if tally.late:
        parts.append(counted(_, mark("{count} disclosed late"), tally.late, listed))
    if tally.overdue:
        parts.append(counted(_, mark("{count} missing still"), tally.overdue, missing, is_late=True))
    return Figure(label, TIMELINESS.anchor, tally.timeliness, counts=tuple(parts), word=word)


def totals(facts: DisclosureFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of disclosures."""
    at = whole("disclosure", edition)
    return (sentence(facts.whole.tally, at.block, at.late, edition),)
