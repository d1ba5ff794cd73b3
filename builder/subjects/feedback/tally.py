"""Feedback counted, and the rates that the counts make."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import NO_RATIO, Ratio
from builder.subjects.feedback.definitions import CHANGED, FOLLOWED, REPLY, SATISFIED

__all__ = ["COUNTED", "RATED", "FeedbackTally", "RatingTally"]

COUNTED = ("received", "open", "overdue", "reply_kept", "reply_late", "reply_missing", "replied", "changed")
"""The fields of FeedbackTally that add up, which are also columns (0 or 1) of the rows that are counted."""

RATED = ("favourable", "unfavourable", "followed_up")
"""The same of RatingTally."""


@dataclass(frozen=True, slots=True)
class FeedbackTally:
    """Feedback of one unit received in the period; `open` and `overdue` also what came before and waits still.

    `median_days`: Kaplan–Meier median of the days to a reply, None while fewer than half are answered.
    """

    received: int = 0
    open: int = 0
    overdue: int = 0
    reply_kept: int = 0
    reply_late: int = 0
    reply_missing: int = 0
    replied: int = 0
    changed: int = 0
    median_days: int | None = None

    @property
    def punctuality(self) -> Ratio:
        """Answered by the limit ÷ answered, or whose limit has passed."""
        return REPLY.of(self)

    @property
    def change(self) -> Ratio:
        """Answered with a result ÷ answered."""
        return CHANGED.of(self)


@dataclass(frozen=True, slots=True)
class RatingTally:
    """What residents thought of the replies of a quarter, all together; `followed_up` None: it is not published."""

    favourable: int
    unfavourable: int
    followed_up: int | None = None

    @property
    def satisfaction(self) -> Ratio:
        """Rated favourably ÷ rated."""
        return SATISFIED.of(self)

    @property
    def follow_up(self) -> Ratio:
        """Followed up ÷ rated unfavourably."""
        return NO_RATIO if self.followed_up is None else FOLLOWED.of(self)
