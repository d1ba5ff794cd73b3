"""What the figures of projects mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["DEFINITIONS", "FINISHED", "SPENT"]

FINISHED = Definition(
    anchor="project-finished",
    name=mark("Projects finished"),
    meaning=mark("Of the projects that were to be accepted by the day the data describes, how many have been."),
    numerator=("on_time", "late"),
    denominator=("on_time", "late", "unfinished"),
    counts={
        "on_time": mark("accepted on time"),
        "late": mark("accepted late"),
        "unfinished": mark("not accepted though the day has passed"),
    },
    exclusions=mark(
        "projects to be accepted after the day the data describes, or on that day and not accepted yet; projects to be "
        "accepted before the period that have been"
    ),
    source=mark("table project: accepted_due_date, accepted_date"),
)
SPENT = Definition(
    anchor="project-spent",
    name=mark("Budget spent"),
    meaning=mark("Of the budgets of the projects listed, how much has been paid by the day the data describes."),
    numerator=("paid",),
    denominator=("budget",),
    counts={"paid": mark("amounts paid"), "budget": mark("budgets")},
    exclusions=mark("projects to be accepted before the period that have been"),
    source=mark("table project: budget, paid"),
)
DEFINITIONS = (FINISHED, SPENT)
