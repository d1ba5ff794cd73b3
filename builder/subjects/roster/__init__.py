"""Roster (值班): who is on duty where, from when to when, in the week of the day the data describes."""

from builder.subjects.roster.block import block, document, on_duty
from builder.subjects.roster.checks import CHECKS
from builder.subjects.roster.count import added, count
from builder.subjects.roster.course import COURSES
from builder.subjects.roster.demo import tables
from builder.subjects.roster.measure import measure
from builder.subjects.roster.needs import NEEDS
from builder.subjects.roster.news import agenda
from builder.subjects.roster.protect import pieces, protect
from builder.subjects.roster.shape import SHAPE
from builder.subjects.subject import Demo, Subject

__all__ = ["ROSTER"]

ROSTER = Subject(
    name="roster",
    needs=NEEDS,
    courses=COURSES,
    checks=CHECKS,
    count=count,
    added=added,
    protect=protect,
    pieces=pieces,
    measure=measure,
    block=block,
    document=document,
    shape=SHAPE,
    agenda=agenda,
    on_duty=on_duty,
    demo=Demo(stream=6, tables=tables),
)
