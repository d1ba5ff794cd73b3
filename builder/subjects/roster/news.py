"""The roster in time: the shifts of the week, for calendars."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import Event, Unit
from builder.subjects.edition import Edition
from builder.subjects.roster.measure import RosterFacts

__all__ = ["agenda"]

ON_DUTY = mark("On duty: {post}")
NOBODY = mark("On duty")


def agenda(facts: RosterFacts, unit: Unit, edition: Edition) -> Iterator[Event]:
    """Yield the shifts of a grid or a branch; a branch may be on duty in several grids at a time."""
    if unit.level == "area":
        return
    for row in (facts.by_grid if unit.level == "grid" else facts.by_branch).rows(unit.code):
        grid = edition.names.grid(row.grid_id)
        moment = row.start.replace(" ", "T").replace(":", "")
        yield Event(
            key=f"roster-{row.grid_id}-{row.branch_id}-{moment}",
            title=edition.say(ON_DUTY, post=row.post) if row.post else edition.translate(NOBODY),
            text=" · ".join(filter(None, (grid.label, row.work_phone, row.note))),
            start=row.start,
            end=row.end,
            place=row.place,
            path=f"{grid.path}#roster",
        )
