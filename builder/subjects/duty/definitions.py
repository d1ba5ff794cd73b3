"""What the figures of duties mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["DEFINITIONS", "FULFILMENT", "LATE", "OVERDUE", "PUNCTUALITY", "UPCOMING"]

COUNTS = {
    "on_time": mark("done on time"),
    "late": mark("done late"),
    "overdue": mark("overdue and not done"),
    "upcoming": mark("due after the day the data describes, or on that day and not done yet"),
}
EXCLUSIONS = mark(
    "duties due after the day the data describes, or on that day and not done yet; duties due before the period that "
    "have been done; in areas, duties of a branch as a whole"
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
LATE = Definition(
    anchor="duty-late",
    name=mark("Duties done late"),
    meaning=mark("How many duties were done after their due date."),
    numerator=("late",),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
OVERDUE = Definition(
    anchor="duty-overdue",
    name=mark("Duties overdue"),
    meaning=mark("How many duties are not done though their due date has passed."),
    numerator=("overdue",),
    counts=COUNTS,
    exclusions=EXCLUSIONS,
    source=SOURCE,
)
UPCOMING = Definition(
    anchor="duty-upcoming",
    name=mark("Duties not due yet"),
    meaning=mark("How many duties are still to be done in time, or were done before they were due."),
    numerator=("upcoming",),
    counts=COUNTS,
    exclusions=mark("nothing"),
    source=SOURCE,
)
DEFINITIONS = (FULFILMENT, PUNCTUALITY, LATE, OVERDUE, UPCOMING)
