"""Cases counted, and the rates that the counts make."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Ratio
from builder.subjects.case.definitions import ON_TIME, RESOLUTION, RESPONSE, SATISFACTION

__all__ = ["COUNTED", "CaseTally", "RatingTally"]

COUNTED = (
    "received", "open", "overdue", "respond_kept", "respond_due", "resolve_kept", "resolve_due",
    "outcome_resolved", "outcome_recorded",
)  # fmt: skip
"""The fields of CaseTally that add up, which are also columns (0 or 1) of the rows that are counted."""


@dataclass(frozen=True, slots=True)
class CaseTally:
    """Cases of one unit that are listed one by one, received in the period. Counts add up.

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
    median_days: int | None = None

    @property
    def response(self) -> Ratio:
        """Responded within the limit ÷ responded or whose respond limit has passed."""
        return RESPONSE.of(self)

    @property
    def on_time(self) -> Ratio:
        """Resolved within the limit ÷ resolved or whose resolve limit has passed."""
        return ON_TIME.of(self)

    @property
    def resolution(self) -> Ratio:
        """Outcome “resolved” ÷ cases with a recorded outcome."""
        return RESOLUTION.of(self)


@dataclass(frozen=True, slots=True)
class RatingTally:
    """How residents rated listed cases that were resolved in a quarter, as far as that may be published."""

    satisfied: int
    dissatisfied: int

    @property
    def rated(self) -> int:
        """All ratings."""
        return self.satisfied + self.dissatisfied

    @property
    def satisfaction(self) -> Ratio:
        """Favourable ratings ÷ ratings."""
        return SATISFACTION.of(self)
