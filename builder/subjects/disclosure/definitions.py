"""What the figures of disclosures mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["DEFINITIONS", "TIMELINESS"]

TIMELINESS = Definition(
    anchor="disclosure-timeliness",
    name=mark("Disclosed on time"),
    meaning=mark("Of what had to be disclosed by the day the data describes, how much was disclosed within its limit."),
    numerator=("on_time",),
    denominator=("on_time", "late", "overdue"),
    counts={
        "on_time": mark("disclosed on time"),
        "late": mark("disclosed late"),
        "overdue": mark("missing: the limit has passed and nothing is disclosed"),
    },
    exclusions=mark(
        "items that are not for everybody; what is due later, or on the day the data describes and not disclosed yet; "
        "what was due before the period, unless it is still missing and its item is no recurring one; more than one "
        "disclosure for the same time"
    ),
    source=mark(
        "tables catalogue (level, time_type, frequency, limit_days, day_kind, valid_from_date) and disclosure "
        "(formed_date, period_end_date, published_date); calendar of working days"
    ),
)
DEFINITIONS = (TIMELINESS,)
