"""What the figures of duties mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["DEFINITIONS", "FULFILMENT", "PUNCTUALITY"]

COUNTS = {
    "on_time": mark("done on time"),
    "late": mark("done late"),
    "overdue": mark("overdue and not done"),
}
EXCLUSIONS = mark(
    "duties due after the day the data describes, or on that day and not done yet; duties due before the period that "
    "have been done"
)
SOURCE = mark("table duty: due_date, done_date")

FULFILMENT = Definition(
    anchor="duty-fulfilment",
    name=mark("Duties fulfilled"),
    meaning=mark("Of the duties that were due by the day the data describes, how many have been done."),
    numerator=("on_time", "late"),
    denominator=("on_time", "late", "overdue"),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
PUNCTUALITY = Definition(
    anchor="duty-punctuality",
    name=mark("Duties done on time"),
    meaning=mark("Of the duties that were due by the day the data describes, how many were done by their due date."),
    numerator=("on_time",),
    denominator=("on_time", "late", "overdue"),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
DEFINITIONS = (FULFILMENT, PUNCTUALITY)
