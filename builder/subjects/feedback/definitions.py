"""What the figures of feedback mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = [
    "CHANGED", "DEFINITIONS", "FOLLOWED", "MEDIAN", "OPEN", "OVERDUE", "RECEIVED", "REPLY", "SATISFIED",
]  # fmt: skip

OLDER = mark(
    "feedback received before the period: what has not been answered yet is counted as unanswered and overdue only"
)
WHOLE = mark(
    "replies given outside the last quarter that has closed; where few are satisfied or few are not, neither number is "
    "published"
)

REPLY = Definition(
    anchor="feedback-reply-rate",
    name=mark("Answered in time"),
    meaning=mark("Of the feedback that had to be answered, how much was answered by its limit."),
    numerator=("reply_kept",),
    denominator=("reply_kept", "reply_late", "reply_missing"),
    counts={
        "reply_kept": mark("answered by the limit"),
        "reply_late": mark("answered after the limit"),
        "reply_missing": mark("not answered, the limit has passed"),
    },
    exclusions=mark(
        "feedback without a limit, or not answered while its limit has not passed; feedback received before the period"
    ),
    source=mark("table feedback: received_date, limit_date, replied_date"),
)
MEDIAN = Definition(
    anchor="feedback-median-days",
    name=mark("Median days to a reply"),
    meaning=mark("Within how many days half of all feedback was answered."),
    formula=mark("the first day on which the Kaplan–Meier estimate of what is still unanswered is at most one half"),
    exclusions=OLDER,
    source=mark("table feedback: received_date, replied_date; Kaplan & Meier 1958"),
)
CHANGED = Definition(
    anchor="feedback-changed",
    name=mark("Led to a change"),
    meaning=mark("Of the feedback that was answered, how much has led to a change that is reported."),
    numerator=("changed",),
    denominator=("replied",),
    counts={"changed": mark("answered, with a result"), "replied": mark("answered")},
    exclusions=OLDER,
    source=mark("table feedback: replied_date, result"),
)
SATISFIED = Definition(
    anchor="feedback-satisfaction",
    name=mark("Satisfied with the reply"),
    meaning=mark("Of the replies that residents rated, how many were rated favourably."),
    numerator=("favourable",),
    denominator=("favourable", "unfavourable"),
    counts={
        "favourable": mark("replies rated favourably"),
        "unfavourable": mark("replies rated unfavourably"),
    },
    exclusions=WHOLE,
    source=mark("table feedback_statistic: measure, count"),
)
FOLLOWED = Definition(
    anchor="feedback-follow-up",
    name=mark("Bad ratings followed up"),
    meaning=mark("Of the replies that were rated unfavourably, after how many somebody went back to the resident."),
    numerator=("followed_up",),
    denominator=("unfavourable",),
    counts={
        "followed_up": mark("replies rated unfavourably and followed up"),
        "unfavourable": mark("replies rated unfavourably"),
    },
    exclusions=WHOLE,
    source=mark("table feedback_statistic: measure, count"),
)
RECEIVED = Definition(
    anchor="feedback-received",
    name=mark("Feedback received"),
    meaning=mark("How much feedback was received in the period."),
    numerator=("received",),
    counts={"received": mark("feedback whose day of receipt lies in the period")},
    exclusions=mark("feedback received before the period"),
    source=mark("table feedback: received_date"),
)
OPEN = Definition(
    anchor="feedback-open",
    name=mark("Not answered yet"),
    meaning=mark("How much feedback has no reply, whenever it was received."),
    numerator=("open",),
    counts={"open": mark("feedback without a reply")},
    exclusions=mark("nothing"),
    source=mark("table feedback: replied_date"),
)
OVERDUE = Definition(
    anchor="feedback-overdue",
    name=mark("Replies overdue"),
    meaning=mark("How much of the feedback without a reply is past its limit."),
    numerator=("overdue",),
    counts={"overdue": mark("feedback without a reply whose limit lies before the day the data describes")},
    exclusions=mark("feedback without a limit"),
    source=mark("table feedback: limit_date, replied_date"),
)
DEFINITIONS = (REPLY, MEDIAN, CHANGED, RECEIVED, OPEN, OVERDUE, SATISFIED, FOLLOWED)
