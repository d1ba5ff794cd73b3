"""What data.json says of the roster; `start_at` and `end_at` are those of the published table."""

from __future__ import annotations

from builder.subjects.shape import DATE, TEXT, listed, record

__all__ = ["SHAPE"]

MOMENT = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"}
SHAPE = record(
    **{"from": DATE}, to=DATE,
    shifts=listed(
        record(
            start=TEXT, end=TEXT, start_at=MOMENT, end_at=MOMENT, post=TEXT, place=TEXT, work_phone=TEXT, note=TEXT,
            branch_id=TEXT,
        )
    ),
)
