"""Counts that add up, the ratios they make, and where one duty or case stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

__all__ = ["CaseTally", "DutyTally", "Period", "Ratio", "Status"]


class Ratio(NamedTuple):
    """A published rate is always a pair of counts; a denominator of 0 means “no figure”, never 0 %."""

    numerator: int
    denominator: int


class Period(NamedTuple):
    """Days `start` … `end`, both included."""

    start: date
    end: date


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
        return Ratio(self.on_time + self.late, self.due)

    @property
    def punctuality(self) -> Ratio:
        """Done on time ÷ due by as_of."""
        return Ratio(self.on_time, self.due)


@dataclass(frozen=True, slots=True)
class CaseTally:
    """Cases of one unit received in the period, void and protected ones left out. Counts add up.

    `median_days` is the Kaplan–Meier median of days to resolve; None while fewer than half are resolved.
    """

    received: int = 0
    open: int = 0
    overdue: int = 0
    respond_kept: int = 0
    respond_due: int = 0
    resolve_kept: int = 0
    resolve_due: int = 0
    outcome_resolved: int = 0
    outcome_recorded: int = 0
    satisfied: int = 0
    rated: int = 0
    median_days: int | None = None

    @property
    def response(self) -> Ratio:
        """Responded within the limit ÷ responded or whose respond limit has passed."""
        return Ratio(self.respond_kept, self.respond_due)

    @property
    def on_time(self) -> Ratio:
        """Resolved within the limit ÷ resolved or whose resolve limit has passed."""
        return Ratio(self.resolve_kept, self.resolve_due)

    @property
    def resolution(self) -> Ratio:
        """Outcome “resolved” ÷ cases with a recorded outcome."""
        return Ratio(self.outcome_resolved, self.outcome_recorded)

    @property
    def satisfaction(self) -> Ratio:
        """Favourable ratings ÷ cases with a valid rating."""
        return Ratio(self.satisfied, self.rated)


class Status(StrEnum):
    """Where one duty or case stands at as_of."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    UPCOMING = "upcoming"
    DONE = "done"
