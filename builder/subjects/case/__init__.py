"""Cases (事项办理): the matters that residents raised, and how they were resolved."""

from builder.language import mark
from builder.subjects.case.block import (
    block,
    columns,
    has_limits,
    listed,
    overdue,
    record_count,
    records,
)
from builder.subjects.case.checks import CHECKS
from builder.subjects.case.count import added, count
from builder.subjects.case.course import COURSES
from builder.subjects.case.definitions import DEFINITIONS
from builder.subjects.case.demo import tables
from builder.subjects.case.document import document
from builder.subjects.case.measure import measure
from builder.subjects.case.measures import MEASURES
from builder.subjects.case.needs import NEEDS
from builder.subjects.case.news import news
from builder.subjects.case.pledges import pledges
from builder.subjects.case.protect import pieces, protect, regrouped
from builder.subjects.case.quarters import TABLE
from builder.subjects.case.sentence import figures, totals
from builder.subjects.case.shape import SHAPE
from builder.subjects.case.statistics import cells, since
from builder.subjects.subject import Deadlines, Demo, Disclosure, Statistics, Subject

__all__ = ["CASE"]

CASE = Subject(
    name="case",
    needs=NEEDS,
    courses=COURSES,
    checks=CHECKS,
    disclosure=Disclosure(
        resource="case", by="category_id", table="case_category", key="category_id", level="disclosure", void="is_void",
        minimum="minimum_cell",
    ),
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
        word=mark("case"),
        can_be=has_limits,
        count=overdue,
        listed=listed,
    ),
    record_count=record_count,
    records=records,
    totals=totals,
    news=news,
    pledges=pledges,
    measures=MEASURES,
    statistics=Statistics(TABLE, since, cells),
    definitions=DEFINITIONS,
    demo=Demo(stream=3, tables=tables),
)
