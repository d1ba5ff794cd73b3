"""What data.json says of projects."""

from __future__ import annotations

from builder.model import Json
from builder.subjects.shape import AMOUNT, TEXT, counts, listed, maybe, record

__all__ = ["SHAPE"]

TALLY: dict[str, Json] = {
    **counts(("on_time", "late", "unfinished", "upcoming", "overdue")),
    **dict.fromkeys(("budget", "contract", "paid"), maybe(AMOUNT)),
}
SHAPE = record(**TALLY, categories=listed(record(name=TEXT, **TALLY)))
