"""What the figures of projects mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["BUDGET", "CONTRACT", "DEFINITIONS", "FINISHED", "LATE", "OVERDUE", "PAID", "SPENT"]

OLDER = mark("projects to be accepted before the period that have been; in areas, projects without a grid")

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
        "accepted before the period that have been; in areas, projects without a grid"
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
    exclusions=OLDER,
    source=mark("table project: budget, paid"),
)
LATE = Definition(
    anchor="project-late",
    name=mark("Finished late"),
    meaning=mark("How many projects were accepted after the day that was planned."),
    numerator=("late",),
    counts={"late": mark("accepted late")},
    exclusions=OLDER,
    source=mark("table project: accepted_due_date, accepted_date"),
)
OVERDUE = Definition(
    anchor="project-overdue",
    name=mark("Late now"),
    meaning=mark("How many projects have a stage that is not done though its day has passed."),
    numerator=("overdue",),
    counts={"overdue": mark("projects with a stage not done whose planned day lies before the day the data describes")},
    exclusions=mark("nothing"),
    source=mark("table project: planned and actual days of all stages"),
)
BUDGET = Definition(
    anchor="project-budget",
    name=mark("Budgets of projects"),
    meaning=mark("How much the projects listed may cost, in yuan."),
    numerator=("budget",),
    counts={"budget": mark("budgets")},
    exclusions=OLDER,
    source=mark("table project: budget"),
)
CONTRACT = Definition(
    anchor="project-contract",
    name=mark("Contracts of projects"),
    meaning=mark("How much has been contracted for the projects listed, in yuan."),
    numerator=("contract",),
    counts={"contract": mark("contract amounts")},
    exclusions=OLDER,
    source=mark("table project: contract"),
)
PAID = Definition(
    anchor="project-paid",
    name=mark("Paid for projects"),
    meaning=mark("How much has been paid for the projects listed, in yuan."),
    numerator=("paid",),
    counts={"paid": mark("amounts paid")},
    exclusions=OLDER,
    source=mark("table project: paid"),
)
DEFINITIONS = (FINISHED, LATE, OVERDUE, SPENT, BUDGET, CONTRACT, PAID)
