"""What cases say of themselves in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import Translator, mark
from builder.model import Count, Figure, Ratio, Status, Unit, alone
from builder.subjects.case.block import CaseBlock
from builder.subjects.case.definitions import ON_TIME, RECEIVED, RESPONSE, SATISFACTION
from builder.subjects.case.facts import CaseFacts
from builder.subjects.case.tally import CaseTally
from builder.subjects.case.trend import trend
from builder.subjects.edition import Edition
from builder.subjects.sentence import Rows, counted, rows, whole

__all__ = ["figures", "totals"]

ONE_DAY, DAYS = mark("half resolved within {count} day"), mark("half resolved within {count} days")


def figures(found: CaseBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of cases; satisfaction only where there are enough ratings for it."""
    _, tally = edition.translate, found.tally
    totals = {
        Status.ON_TIME: found.on_time.total, Status.LATE: found.done_late.total, Status.OVERDUE: found.overdue.total,
    }  # fmt: skip
    at = rows("case", totals, unit, edition)
    shown = tally.on_time if found.resolves else tally.response
    if not shown.denominator:  # no limits, so nothing is on time or late
        listed = "#case-open" if found.open.total == tally.open else at.block
        return (received(tally.received, at, edition, *(standing(tally, listed, edition) if found.resolves else ())),)
    if not found.resolves:
        return (responded(tally.response, at, edition),)
    on_time = resolved(tally.on_time, tally.overdue, at, edition)
    rated = found.quarters.ratings if found.quarters else ()
    if unit.level != "area" or not rated or rated[0].ratings is None:
        return (on_time,)
    words = _(mark("satisfied, of those rated"))
    satisfied = Figure(
        _(mark("Satisfaction")), SATISFACTION.anchor, rated[0].ratings.satisfaction, unit=_(mark("cases")),
        note=words, period=rated[0].period, path=at.block,
    )  # fmt: skip
    return on_time, satisfied


def received(number: int, at: Rows, edition: Edition, *parts: Count) -> Figure:
    counts = (counted(edition.translate, mark("{count} were received"), number, at.block), *parts)
    return Figure(edition.title("case"), RECEIVED.anchor, alone(number), counts=counts)


def standing(tally: CaseTally, listed: str, edition: Edition) -> Iterator[Count]:
    """Yield how many are open still, where limits say nothing of it, and after how many days half were resolved.

    `listed`: where those that are open stand.
    """
    _ = edition.translate
    if not tally.received:
        return
    yield counted(_, mark("{count} still open"), tally.open, listed)
    if tally.median_days:
        words = ONE_DAY if tally.median_days == 1 else DAYS
        yield counted(_, words, tally.median_days)


def responded(ratio: Ratio, at: Rows, edition: Edition) -> Figure:
    _: Translator = edition.translate
    counts = (
        counted(_, mark("{count} were to be responded to"), ratio.denominator, at.block),
        counted(_, mark("{count} responded to in time"), ratio.numerator, at.block, ratio),
    )
    word = _(mark("in time"))
    return Figure(edition.title("case"), RESPONSE.anchor, ratio, note=word, counts=counts, word=word)


def resolved(ratio: Ratio, overdue: int, at: Rows, edition: Edition) -> Figure:
    """Return what had to be resolved by now, and its parts: on time, late, and overdue still."""
    _, late = edition.translate, ratio.denominator - ratio.numerator - overdue
    parts: list[Count] = [
        counted(_, mark("{count} were to be resolved"), ratio.denominator, at.block),
        counted(_, mark("{count} resolved on time"), ratio.numerator, at.of(ratio.numerator, Status.ON_TIME), ratio),
    ]
    if late:
        parts.append(counted(_, mark("{count} resolved late"), late, at.of(late, Status.LATE)))
    if overdue:
        place = at.of(overdue, Status.OVERDUE)
        parts.append(counted(_, mark("{count} overdue still"), overdue, place, is_late=True))
    word = _(mark("in time"))
    return Figure(edition.title("case"), ON_TIME.anchor, ratio, note=word, counts=tuple(parts), word=word)


def totals(facts: CaseFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of cases; rates that have no denominator are left out."""
    _, total, at = edition.translate, facts.total, whole("case", edition)
    tops, has_limits = edition.tree.tops, total.on_time.denominator or total.response.denominator
    is_told = facts.resolves and not has_limits and len(tops) == 1  # a median of several cannot be had from theirs
    parts = standing(facts.of(Unit("area", tops[0])).tally, at.block, edition) if is_told else ()
    found = [received(total.received, at, edition, *parts)]
    if facts.resolves and total.on_time.denominator:
        found.insert(0, resolved(total.on_time, overdue(facts, edition), at, edition))
    if total.response.denominator:
        found.append(responded(total.response, at, edition)._replace(label=_(RESPONSE.name)))
    if total.ratings:
        satisfaction = total.ratings.satisfaction
        found.append(
            Figure(_(SATISFACTION.name), SATISFACTION.anchor, satisfaction, period=total.rated, path=at.block)
        )
    found[0] = found[0]._replace(trend=trend(facts, edition))
    return tuple(item for item in found if item.ratio and item.ratio.denominator)


def overdue(facts: CaseFacts, edition: Edition) -> int:
    return sum(facts.of(Unit("area", top)).tally.overdue for top in edition.tree.tops)
