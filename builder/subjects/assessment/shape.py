"""What data.json says of how a grid's branch was assessed, and why something of it is not told."""

from __future__ import annotations

from builder.model import Json
from builder.subjects.shape import AMOUNT, TEXT, among, listed, maybe, record

__all__ = ["BANDED", "NOT_ASSESSED", "SHAPE", "reasons"]

NOT_ASSESSED, BANDED = "not_assessed", "banded"
WITHHELD = ("few", BANDED, "unknown", "closed")
"""As `ballots.WITHHELD`: a poll is told in bands or not at all."""

DECIMAL = maybe(AMOUNT)
REASON = among(NOT_ASSESSED, *WITHHELD)


def reasons(score: str, low: str, withheld: str = "") -> dict[str, Json]:
    """Return why a score is null: nothing where there is one."""
    return {} if score else {"reason": withheld or (BANDED if low else NOT_ASSESSED)}


SHAPE = record(
    branch_id=TEXT,
    periods=listed(
        record(
            ("reason",), period=TEXT, score=DECIMAL, score_low=DECIMAL, score_high=DECIMAL, grade=maybe(TEXT),
            reason=REASON,
        )
    ),
    lines=listed(
        record(
            ("reason",), indicator_id=TEXT, indicator=TEXT, weight=AMOUNT, score=DECIMAL, score_low=DECIMAL,
            score_high=DECIMAL, full_score=AMOUNT, points=DECIMAL, points_low=DECIMAL, points_high=DECIMAL,
            reason=REASON,
        )
    ),
)
