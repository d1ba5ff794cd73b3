"""What data.json says of feedback."""

from __future__ import annotations

from builder.subjects.shape import COUNT, TEXT, counts, listed, maybe, record

__all__ = ["SHAPE"]

TALLY = counts((
    "received", "open", "overdue", "reply_kept", "reply_late", "reply_missing", "replied", "changed",
))  # fmt: skip
SHAPE = record(**TALLY, median_days=maybe(COUNT), categories=listed(record(name=TEXT, **TALLY)))
