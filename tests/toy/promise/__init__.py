"""A subject that is not in the house: what a branch promised, and whether it kept it."""

from builder.subjects.subject import Deadlines, Demo, Subject
from tests.toy.promise.block import always, block, columns, document, figures, listed, overdue, totals
from tests.toy.promise.checks import CHECKS
from tests.toy.promise.count import count
from tests.toy.promise.definitions import DEFINITIONS
from tests.toy.promise.demo import tables
from tests.toy.promise.measure import measure
from tests.toy.promise.needs import NEEDS
from tests.toy.promise.protect import protect

PROMISE = Subject(
    name="promise",
    needs=NEEDS,
    checks=CHECKS,
    count=count,
    protect=protect,
    measure=measure,
    block=block,
    figures=figures,
    document=document,
    columns=columns,
    deadlines=Deadlines(
        word="promise",
        can_be=always,
        count=overdue,
        listed=listed,
    ),
    totals=totals,
    definitions=DEFINITIONS,
    demo=Demo(stream=99, tables=tables),
)
