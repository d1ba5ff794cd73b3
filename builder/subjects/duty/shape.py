"""What data.json says of duties."""

from __future__ import annotations

from builder.subjects.duty.tally import COUNTED
from builder.subjects.shape import TEXT, counts, listed, record

__all__ = ["SHAPE"]

TALLY = counts(("due", *COUNTED))
SHAPE = record(**TALLY, categories=listed(record(name=TEXT, **TALLY)))
