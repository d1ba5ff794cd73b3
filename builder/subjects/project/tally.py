"""Projects counted, and the figures that the counts make."""

from __future__ import annotations

from typing import NamedTuple

from builder.model import Ratio
from builder.subjects.project.definitions import FINISHED, SPENT

__all__ = ["COUNTED", "COUNTS", "MONEY", "ProjectTally", "added"]


class ProjectTally(NamedTuple):
    """Projects of one unit, amounts in cents. Everything adds up: a parent's tally is the sum of its children's.

    `on_time + late + unfinished` were to be accepted by as_of, `upcoming` are later. `overdue`: those of all that
    have a stage whose day has passed and that is not done.
    """

    on_time: int = 0
    late: int = 0
    unfinished: int = 0
    upcoming: int = 0
    overdue: int = 0
    budget: int = 0
    contract: int = 0
    paid: int = 0

    @property
    def finished(self) -> Ratio:
        """Accepted ÷ to be accepted by as_of."""
        return FINISHED.of(self)

    @property
    def spent(self) -> Ratio:
        """Paid ÷ budget, in cents."""
        return SPENT.of(self)


COUNTED = ProjectTally._fields
MONEY = ("budget", "contract", "paid")
COUNTS = tuple(name for name in COUNTED if name not in MONEY)


def added(items: list[ProjectTally]) -> ProjectTally:
    """Return several tallies together."""
    return ProjectTally(*(sum(values) for values in zip(*items, strict=True))) if items else ProjectTally()
