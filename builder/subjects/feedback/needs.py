"""What feedback needs of a package."""

from __future__ import annotations

from builder.model import Needs, Use, extra
from builder.subjects.counts import needs
from builder.subjects.feedback.statistics import TABLE
from builder.subjects.feedback.tally import RATED

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "feedback",
        ("feedback_id",),
        (
            Use("feedback_id"), Use("grid_id", shown=True), Use("category", shown=True),
            Use("question", shown=True, figure=False), Use("received_date", "date", shown=True),
            Use("replied_date", "date", shown=True),
            # a status tells whether the limit has passed
            Use("limit_date", "date", shown=True, optional=True),
            *extra("result", figure=True),
            *extra("rating", figure=True, roles=("favourable", "unfavourable")),
            *extra("follow_up_date", type="date", figure=True),
            *extra("reply", "replied_by", "follow_up", "delay_reason"),
            *extra("expected_date", type="date"),
        ),
    ),
    needs(TABLE, RATED),
)  # fmt: skip
