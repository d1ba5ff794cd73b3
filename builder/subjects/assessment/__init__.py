"""Assessment (考核评价): how each branch was assessed, by whom, and the arithmetic of it."""

from builder.rules import structural
from builder.subjects.assessment.ballots import steady
from builder.subjects.assessment.block import AreaBlock, AssessmentBlock, block, columns, document, figures
from builder.subjects.assessment.checks import CHECKS
from builder.subjects.assessment.computation import asks
from builder.subjects.assessment.count import AssessmentCounted, count
from builder.subjects.assessment.course import COURSES
from builder.subjects.assessment.definitions import DEFINITIONS
from builder.subjects.assessment.demo import settled, tables
from builder.subjects.assessment.measure import AssessmentFacts, measure
from builder.subjects.assessment.needs import NEEDS
from builder.subjects.assessment.pages import KINDS
from builder.subjects.assessment.protect import AssessmentPublished, mask, pieces, protect
from builder.subjects.assessment.shape import SHAPE
from builder.subjects.subject import Demo, Kept, Subject

__all__ = ["ASSESSMENT"]

ASSESSMENT: Subject[AssessmentCounted, AssessmentPublished, AssessmentFacts, AssessmentBlock | AreaBlock] = Subject(
    name="assessment",
    needs=NEEDS,
    courses=COURSES,
    checks=structural(CHECKS),
    count=count,
    protect=protect,
    pieces=pieces,
    mask=mask,
    measure=measure,
    block=block,
    figures=figures,
    document=document,
    shape=SHAPE,
    columns=columns,
    kinds=KINDS,
    definitions=DEFINITIONS,
    asks=asks,
    kept=Kept("assessment", "period", steady),
    demo=Demo(stream=4, tables=tables, settled=settled),
)
