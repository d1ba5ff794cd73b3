"""What the figures of cases mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = [
    "BY_QUARTER", "DEFINITIONS", "MEDIAN", "MONTHLY", "ON_TIME", "OPEN", "OVERDUE", "RECEIVED", "RESOLUTION",
    "RESPONSE", "SATISFACTION", "STANDS_OUT",
]  # fmt: skip

EXCLUSIONS = mark(
    "cases received outside the period, void cases, categories that are not listed one by one, cases without a grid or "
    "a category"
)
NOT_LISTED = mark("void cases, categories that are not listed one by one, cases without a grid or a category")

RESPONSE = Definition(
    anchor="response-rate",
    name=mark("Responded in time"),
    meaning=mark("Of the cases that had to be responded to, how many were responded to within the limit."),
    numerator=("respond_kept",),
    denominator=("respond_due",),
    counts={
        "respond_kept": mark("responded to within the limit"),
        "respond_due": mark("responded to, or the respond limit has passed"),
    },
    exclusions=EXCLUSIONS,
    source=mark("table case: received_date, responded_date; table case_category: respond_limit_days"),
    needs=("case.responded_date",),
)
ON_TIME = Definition(
    anchor="on-time-rate",
    name=mark("Resolved on time"),
    meaning=mark("Of the cases that had to be resolved, how many were resolved within the limit."),
    numerator=("resolve_kept",),
    denominator=("resolve_due",),
    counts={
        "resolve_kept": mark("resolved within the limit"),
        "resolve_due": mark("resolved, or the limit has passed"),
    },
    exclusions=EXCLUSIONS,
    source=mark(
        "table case: received_date, resolved_date, limit_date, extended_to_date; table case_category: "
        "resolve_limit_days"
    ),
    needs=("case_category.resolve_limit_days", "case.limit_date"),
)
RESOLUTION = Definition(
    anchor="resolution-rate",
    name=mark("Problem solved"),
    meaning=mark("Of the cases with a recorded outcome, how many were solved."),
    numerator=("outcome_resolved",),
    denominator=("outcome_recorded",),
    counts={"outcome_resolved": mark("outcome “solved”"), "outcome_recorded": mark("with a recorded outcome")},
    exclusions=EXCLUSIONS,
    source=mark("table case: outcome"),
    needs=("case.outcome",),
)
SATISFACTION = Definition(
    anchor="satisfaction-rate",
    name=mark("Satisfied"),
    meaning=mark("Of the residents who rated how their case was handled, how many were satisfied."),
    numerator=("satisfied",),
    denominator=("satisfied", "dissatisfied"),
    counts={"satisfied": mark("rated as satisfied"), "dissatisfied": mark("rated as not satisfied")},
    exclusions=mark(
        "cases that are not listed one by one, or were not resolved in the quarter; where few are satisfied or few are "
        "not, neither number is published; communities and grids, which have too few ratings in a quarter"
    ),
    source=mark("table case_statistic: measure, count"),
    needs=("case_statistic",),
)
BY_QUARTER = Definition(
    anchor="cases-by-quarter",
    name=mark("Cases by quarter"),
    meaning=mark("How many cases of categories that are not listed one by one were received in a quarter."),
    formula=mark(
        "counted once, when the quarter has been over for the days that the package sets, and kept; a small count is "
        "not shown, nor one from which a small one would follow"
    ),
    exclusions=mark("void cases, cases without a grid or a category: they have lines of their own for the whole"),
    source=mark("table case_statistic: period, place_id, measure, item, count, status"),
    needs=("case_statistic",),
)
MEDIAN = Definition(
    anchor="median-days",
    name=mark("Median days to resolve"),
    meaning=mark("Within how many days one half of the cases was resolved; open cases are included."),
    formula=mark("the first day on which the Kaplan–Meier estimate of the share still open is one half or less"),
    exclusions=EXCLUSIONS,
    source=mark("table case: received_date, resolved_date; Kaplan & Meier (1958)"),
    needs=("case.resolved_date",),
)
RECEIVED = Definition(
    anchor="cases-received",
    name=mark("Received"),
    meaning=mark("How many cases were received in the period."),
    numerator=("received",),
    counts={"received": mark("cases whose day of receipt lies in the period")},
    exclusions=NOT_LISTED,
    source=mark("table case: received_date"),
)
OPEN = Definition(
    anchor="cases-open",
    name=mark("Still open"),
    meaning=mark("How many cases have not been resolved, whenever they were received."),
    numerator=("open",),
    counts={"open": mark("cases without a resolved date")},
    exclusions=NOT_LISTED,
    source=mark("table case: resolved_date"),
    needs=("case.resolved_date",),
)
OVERDUE = Definition(
    anchor="cases-overdue",
    name=mark("Overdue"),
    meaning=mark("How many of the open cases are past their limit."),
    numerator=("overdue",),
    counts={"overdue": mark("open cases whose limit lies before the day the data describes")},
    exclusions=NOT_LISTED,
    source=mark("table case: resolved_date, limit_date, extended_to_date; table case_category: resolve_limit_days"),
    needs=("case_category.resolve_limit_days", "case.limit_date"),
)
MONTHLY = Definition(
    anchor="cases-monthly",
    name=mark("Cases by month"),
    meaning=mark(
        "How many cases were received and resolved in each month, and received in the same month a year before."
    ),
    formula=mark("received: by day of receipt; resolved: those of them by the day they were resolved"),
    exclusions=EXCLUSIONS,
    source=mark("table case: received_date, resolved_date"),
)
STANDS_OUT = Definition(
    anchor="stands-out",
    name=mark("Months that stand out"),
    meaning=mark(
        "Months in which a street received more cases of a category than chance explains, by its own year before."
    ),
    formula=mark(
        "exact conditional test of two Poisson counts, the month against the twelve months before it; all tests "
        "together by Benjamini–Hochberg, at most 5 % of what is named is expected to be chance"
    ),
    exclusions=mark(
        "categories that are not listed one by one; months that are not over, or with less than twelve months before "
        "them"
    ),
    source=mark("Przyborowski & Wilenski (1940); Benjamini & Hochberg (1995)"),
)
DEFINITIONS = (
    RESPONSE, ON_TIME, RESOLUTION, SATISFACTION, MEDIAN, RECEIVED, OPEN, OVERDUE, MONTHLY, STANDS_OUT, BY_QUARTER,
)  # fmt: skip
