"""Duties (责任清单): what a branch must do by when, and whether it did."""

from builder.language import mark
from builder.subjects.duty.block import (
    always,
    block,
    columns,
    document,
    listed,
    overdue,
    record_count,
    records,
)
from builder.subjects.duty.checks import CHECKS
from builder.subjects.duty.count import added, count
from builder.subjects.duty.course import COURSES
from builder.subjects.duty.definitions import DEFINITIONS
from builder.subjects.duty.demo import tables
from builder.subjects.duty.measure import measure
from builder.subjects.duty.measures import MEASURES
from builder.subjects.duty.needs import NEEDS
from builder.subjects.duty.news import agenda, news
from builder.subjects.duty.protect import pieces, protect, regrouped
from builder.subjects.duty.sentence import figures, totals
from builder.subjects.duty.shape import SHAPE
from builder.subjects.subject import Deadlines, Demo, Subject

__all__ = ["DUTY"]

DUTY = Subject(
    name="duty",
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
        word=mark("duty"),
        can_be=always,
        count=overdue,
        listed=listed,
    ),
    record_count=record_count,
    records=records,
    totals=totals,
    news=news,
    agenda=agenda,
    definitions=DEFINITIONS,
    measures=MEASURES,
    demo=Demo(stream=2, tables=tables),
)
