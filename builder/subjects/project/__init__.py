"""Projects (实事项目): what a branch does for the residents, from the proposal to the acceptance, and what it costs."""

from builder.language import mark
from builder.subjects.project.block import (
    always,
    block,
    columns,
    document,
    listed,
    overdue,
    record_count,
    records,
)
from builder.subjects.project.checks import CHECKS
from builder.subjects.project.count import added, count
from builder.subjects.project.course import COURSES
from builder.subjects.project.definitions import DEFINITIONS
from builder.subjects.project.demo import tables
from builder.subjects.project.measure import measure
from builder.subjects.project.needs import NEEDS
from builder.subjects.project.news import news
from builder.subjects.project.protect import pieces, protect, regrouped
from builder.subjects.project.sentence import figures, totals
from builder.subjects.project.shape import SHAPE
from builder.subjects.subject import Deadlines, Demo, Subject

__all__ = ["PROJECT"]

PROJECT = Subject(
    name="project",
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
        word=mark("project"),
        can_be=always,
        count=overdue,
        listed=listed,
    ),
    record_count=record_count,
    records=records,
    totals=totals,
    news=news,
    definitions=DEFINITIONS,
    demo=Demo(stream=10, tables=tables),
)
