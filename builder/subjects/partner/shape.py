"""What data.json says of partners."""

from __future__ import annotations

from builder.subjects.shape import COUNT, TEXT, counts, listed, record

__all__ = ["SHAPE"]

TALLY = counts(("offer", "need", "agreed", "possible", "project", "done"))
SHAPE = record(partners=COUNT, **TALLY, categories=listed(record(name=TEXT, **TALLY)))
