"""Partners (共驻共建): units that share in building, with what they offer, need and take on."""

from builder.subjects.partner.block import block, columns, document, record_count, records
from builder.subjects.partner.checks import CHECKS
from builder.subjects.partner.count import count
from builder.subjects.partner.course import COURSES
from builder.subjects.partner.definitions import DEFINITIONS
from builder.subjects.partner.demo import tables
from builder.subjects.partner.measure import measure
from builder.subjects.partner.needs import NEEDS
from builder.subjects.partner.protect import pieces, protect
from builder.subjects.partner.sentence import figures, totals
from builder.subjects.partner.shape import SHAPE
from builder.subjects.subject import Demo, Subject

__all__ = ["PARTNER"]

PARTNER = Subject(
    name="partner",
    needs=NEEDS,
    courses=COURSES,
    checks=CHECKS,
    count=count,
    protect=protect,
    pieces=pieces,
    measure=measure,
    block=block,
    figures=figures,
    document=document,
    shape=SHAPE,
    columns=columns,
    record_count=record_count,
    records=records,
    totals=totals,
    definitions=DEFINITIONS,
    demo=Demo(stream=7, tables=tables),
)
