"""What data.json says of disclosures."""

from __future__ import annotations

from builder.subjects.shape import DATE, TEXT, counts, listed, maybe, record

__all__ = ["SHAPE"]

TALLY = counts(("due", "on_time", "late", "overdue", "upcoming"))
SHAPE = record(
    branch_id=maybe(TEXT), **TALLY, items=listed(record(item_id=TEXT, name=TEXT, **TALLY, next_due_date=maybe(DATE)))
)
