"""Duties in time: those that were done, for feeds, and those that are still to be done, for calendars."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import NEWS, Event, Link, News, Status, Unit
from builder.subjects.duty.block import listing_of
from builder.subjects.duty.measure import DutyFacts, DutyRow
from builder.subjects.edition import Edition

__all__ = ["agenda", "news"]

DONE = mark("Duty done: {title}")
TERMS = mark("{place}, due {due}, done {done}")
DUE = mark("Duty: {title}")
OVERDUE = mark("Duty overdue: {title}")


def news(facts: DutyFacts, unit: Unit, edition: Edition) -> Iterator[News]:
    """Yield the duties of a grid or a branch that were done last; one whose code is not published is not told."""
    listing = listing_of(facts, unit)
    for row in listing.newest(unit.code, "done_date", NEWS) if listing else ():
        if row.duty_id:
            place = place_of(row, edition)
            yield News(
                date=row.done_date,
                key=f"duty-{row.duty_id}-done",
                title=edition.say(DONE, title=row.title),
                text=edition.say(TERMS, place=place.label, due=row.due_date, done=row.done_date),
                path=f"{place.path}#duty",
            )


def agenda(facts: DutyFacts, unit: Unit, edition: Edition) -> Iterator[Event]:
    """Yield the duties of a grid or a branch that are to be done, overdue ones too, as days."""
    listing, words = listing_of(facts, unit), {Status.UPCOMING: DUE, Status.OVERDUE: OVERDUE}
    for row in listing.rows(unit.code) if listing else ():
        if row.duty_id and row.status in words:
            place = place_of(row, edition)
            yield Event(
                key=f"duty-{row.duty_id}",
                title=edition.say(words[row.status], title=row.title),
                text=place.label,
                start=row.due_date,
                end="",
                place="",
                path=f"{place.path}#duty",
            )


def place_of(row: DutyRow, edition: Edition) -> Link:
    """Return the grid of a duty, or the branch where it is of the branch as a whole."""
    return edition.names.grid(row.grid_id) if row.grid_id else edition.names.branch(row.branch_id)
