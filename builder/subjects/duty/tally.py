"""Duties counted, and the rates that the counts make."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Ratio
from builder.subjects.duty.definitions import FULFILMENT, PUNCTUALITY

__all__ = ["COUNTED", "DutyTally"]

COUNTED = ("on_time", "late", "overdue", "upcoming")
"""The fields of DutyTally, which are also columns (0 or 1) of the rows that are counted."""


@dataclass(frozen=True, slots=True)
class DutyTally:
    """Duties of one unit. Counts add up: a parent's tally is the sum of its children's.

    `on_time + late + overdue` is the number due by as_of (done, or the due date has passed);
    `upcoming` are due later, or today and not yet done.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    upcoming: int = 0

    @property
    def due(self) -> int:
        """Duties due by as_of, done or not."""
        return self.on_time + self.late + self.overdue

    @property
    def fulfilment(self) -> Ratio:
        """Done by as_of ÷ due by as_of."""
        return FULFILMENT.of(self)

    @property
    def punctuality(self) -> Ratio:
        """Done on time ÷ due by as_of."""
        return PUNCTUALITY.of(self)
