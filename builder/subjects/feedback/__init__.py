"""Feedback (民情民意): what residents asked, what they were answered, and what changed."""

from builder.language import mark
from builder.subjects.feedback.block import (
    block,
    columns,
    document,
    has_limits,
    listed,
    overdue,
    record_count,
    records,
)
from builder.subjects.feedback.checks import CHECKS
from builder.subjects.feedback.count import added, count
from builder.subjects.feedback.course import COURSES
from builder.subjects.feedback.definitions import DEFINITIONS
from builder.subjects.feedback.demo import tables
from builder.subjects.feedback.measure import measure
from builder.subjects.feedback.needs import NEEDS
from builder.subjects.feedback.news import news
from builder.subjects.feedback.protect import pieces, protect, regrouped
from builder.subjects.feedback.sentence import figures, totals
from builder.subjects.feedback.shape import SHAPE
from builder.subjects.feedback.statistics import TABLE, cells, since
from builder.subjects.subject import Deadlines, Demo, Statistics, Subject

__all__ = ["FEEDBACK"]

FEEDBACK = Subject(
    name="feedback",
    needs=NEEDS,
    courses=COURSES,
    checks=CHECKS,
    count=count,
    added=added,
    protect=protect,
    pieces=pieces,
    regrouped=regrouped,
    measure=measure,
    block=block,
    figures=figures,
    document=document,
    shape=SHAPE,
    columns=columns,
    deadlines=Deadlines(
        word=mark("reply"),
        can_be=has_limits,
        count=overdue,
        listed=listed,
    ),
    record_count=record_count,
    records=records,
    totals=totals,
    news=news,
    definitions=DEFINITIONS,
    statistics=Statistics(TABLE, since, cells),
    demo=Demo(stream=8, tables=tables),
)
