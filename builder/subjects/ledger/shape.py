"""What data.json says of the accounts of a grid's branch."""

from __future__ import annotations

from builder.subjects.shape import AMOUNT, DATE, FLAG, TEXT, listed, maybe, record

__all__ = ["SHAPE"]

SHAPE = record(
    branch_id=TEXT,
    periods=listed(
        record(
            period=TEXT, start=DATE, end=DATE, opening=maybe(AMOUNT), income=maybe(AMOUNT), spending=maybe(AMOUNT),
            balance=maybe(AMOUNT), closed=FLAG,
        )
    ),
)
