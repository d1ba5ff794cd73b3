"""What the figures of disclosures mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["DEFINITIONS", "LATE", "MISSING", "TIMELINESS", "UPCOMING"]

COUNTS = {
    "on_time": mark("disclosed on time"),
    "late": mark("disclosed late"),
    "overdue": mark("missing: the limit has passed and nothing is disclosed"),
    "upcoming": mark("due later, or on the day the data describes and not disclosed yet"),
}
EXCLUSIONS = mark(
    "items that are not for everybody; what is due later, or on the day the data describes and not disclosed yet; "
    "what was due before the period, unless it is still missing and its item is no recurring one; more than one "
    "disclosure for the same time"
)
SOURCE = mark(
    "tables catalogue (level, time_type, frequency, limit_days, day_kind, valid_from_date) and disclosure "
    "(formed_date, period_end_date, published_date); calendar of working days"
)

TIMELINESS = Definition(
    anchor="disclosure-timeliness",
    name=mark("Disclosed on time"),
    meaning=mark("Of what had to be disclosed by the day the data describes, how much was disclosed within its limit."),
    numerator=("on_time",),
    denominator=("on_time", "late", "overdue"),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
LATE = Definition(
    anchor="disclosure-late",
    name=mark("Disclosed late"),
    meaning=mark("How much was disclosed after its limit."),
    numerator=("late",),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
MISSING = Definition(
    anchor="disclosure-missing",
    name=mark("Missing"),
    meaning=mark("How much is not disclosed though its limit has passed."),
    numerator=("overdue",),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
UPCOMING = Definition(
    anchor="disclosure-upcoming",
    name=mark("Disclosures not due yet"),
    meaning=mark("How much will have to be disclosed, and is not due yet."),
    numerator=("upcoming",),
    counts=COUNTS,
    exclusions=mark("items that are not for everybody; items without a fixed time that nothing has been formed for"),
    source=SOURCE,
)
DEFINITIONS = (TIMELINESS, LATE, MISSING, UPCOMING)
