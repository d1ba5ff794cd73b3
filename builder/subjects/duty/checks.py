"""Rules of duties."""

from __future__ import annotations

from builder.language import mark
from builder.rules import Check, not_after

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    not_after("duty", "done_date", "done-after-as-of", mark("No duty is done after the day the data describes.")),
)
