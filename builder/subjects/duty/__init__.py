"""Duties (责任清单): what a branch must do by when, and whether it did."""

from builder.language import mark
from builder.subjects.duty.block import block, columns, document, figures, records, totals
from builder.subjects.duty.checks import CHECKS
from builder.subjects.duty.count import count
from builder.subjects.duty.demo import tables
from builder.subjects.duty.measure import measure
from builder.subjects.duty.needs import NEEDS
from builder.subjects.duty.protect import protect
from builder.subjects.subject import Deadlines, Demo, Subject

__all__ = ["DUTY"]

DUTY = Subject(
    name="duty",
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
        word=mark("duty"),
        can_be=lambda _facts: True,
        count=lambda facts, unit: facts.of(unit).tally.overdue,
        listed=lambda facts: facts.late,
    ),
    record_count=lambda facts, grid: facts.by_grid.count(grid),
    records=records,
    totals=totals,
    demo=Demo(stream=2, tables=tables),
)
