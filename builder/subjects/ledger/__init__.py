"""The ledger (经费收支): every entry of a branch's money, and balances that are equal to the cent."""

from builder.subjects.ledger.block import AreaLedger, LedgerBlock, block, document, figures, totals
from builder.subjects.ledger.checks import CHECKS
from builder.subjects.ledger.count import LedgerCounted, count
from builder.subjects.ledger.course import COURSES
from builder.subjects.ledger.definitions import DEFINITIONS
from builder.subjects.ledger.demo import tables
from builder.subjects.ledger.measure import LedgerFacts, measure
from builder.subjects.ledger.needs import NEEDS
from builder.subjects.ledger.protect import LedgerPublished, pieces, protect
from builder.subjects.ledger.shape import SHAPE
from builder.subjects.subject import Demo, Subject

__all__ = ["LEDGER"]

LEDGER: Subject[LedgerCounted, LedgerPublished, LedgerFacts, LedgerBlock | AreaLedger] = Subject(
    name="ledger",
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
    totals=totals,
    definitions=DEFINITIONS,
    demo=Demo(stream=9, tables=tables),
)
