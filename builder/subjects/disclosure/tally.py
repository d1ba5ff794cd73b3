"""What had to be disclosed, counted, and the rate that the counts make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.model import Ratio
from builder.subjects.disclosure.definitions import TIMELINESS

__all__ = ["COUNTED", "DisclosureTally", "added"]

COUNTED = ("on_time", "late", "overdue", "upcoming")
"""The fields of DisclosureTally, which are also columns (0 or 1) of the rows that are counted."""


@dataclass(frozen=True, slots=True)
class DisclosureTally:
    """What one unit had to disclose. Counts add up: a parent's tally is the sum of its children's and its own.

    `overdue`: missing, the limit has passed; `upcoming`: due later, or today and not disclosed yet.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    upcoming: int = 0

    @property
    def due(self) -> int:
        """What was due by as_of, disclosed or not."""
        return self.on_time + self.late + self.overdue

    @property
    def timeliness(self) -> Ratio:
        """Disclosed within the limit ÷ due by as_of."""
        return TIMELINESS.of(self)


def added(items: Iterable[DisclosureTally]) -> DisclosureTally:
    """Return the tallies together."""
    found = tuple(items)
    return DisclosureTally(**{name: sum(getattr(item, name) for item in found) for name in COUNTED})
