"""The roster on a page: who is on duty on the day the data describes, and in its week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.model import Block, Json, Link, OnDuty, Status, Unit
from builder.subjects.edition import Edition
from builder.subjects.roster.measure import RosterFacts, Shift

__all__ = ["PlacedShift", "RosterBlock", "block", "document", "on_duty"]


class PlacedShift(NamedTuple):
    """A shift with what the page does not say anyway: on a grid's page its branch, on a branch's page its grid."""

    shift: Shift
    other: Link


@dataclass(frozen=True, slots=True)
class RosterBlock(Block):
    """Shifts of `today` (as_of) and of the week from `monday` to `sunday`, today's included."""

    template: ClassVar[str] = "roster.html"
    anchor: ClassVar[str] = "roster"

    today: str
    monday: str
    sunday: str
    on_duty: tuple[PlacedShift, ...]
    week: tuple[PlacedShift, ...]


def block(facts: RosterFacts, unit: Unit, edition: Edition) -> RosterBlock | None:
    """Return the roster of a grid or a branch; None for an area, and for a branch that is on duty nowhere."""
    level, code = unit
    if level == "area":
        return None
    rows = (facts.by_grid if level == "grid" else facts.by_branch).rows(code)
    if level == "branch" and not rows:
        return None
    names = edition.names
    week = tuple(
        PlacedShift(row, names.branch(row.branch_id) if level == "grid" else names.grid(row.grid_id)) for row in rows
    )
    return RosterBlock(
        today=edition.scope.as_of.isoformat(),
        monday=facts.monday.isoformat(),
        sunday=facts.sunday.isoformat(),
        on_duty=tuple(item for item in week if item.shift.status == Status.OPEN),
        week=week,
    )


def on_duty(found: RosterBlock) -> tuple[OnDuty, ...]:
    """Return who answers on the day that the data describes."""
    shifts = (item.shift for item in found.on_duty)
    return tuple(OnDuty(item.post, item.work_phone, item.start, item.end) for item in shifts)


def document(found: RosterBlock) -> Json:
    """Return the block for data.json."""
    names = ("start", "end", "post", "place", "work_phone", "note", "branch_id")
    return {
        "from": found.monday,
        "to": found.sunday,
        "shifts": [
            {
                **{name: getattr(item.shift, name) for name in names},
                **{f"{name}_at": f"{getattr(item.shift, name).replace(' ', 'T')}:00" for name in ("start", "end")},
            }
            for item in found.week
        ],
    }
