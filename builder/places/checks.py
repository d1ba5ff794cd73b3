"""Rules of areas, grids and branches: the trees, who is responsible on which day, and dates in order."""

from __future__ import annotations

from builder.language import mark
from builder.places import codes, kinds, levels, responsible, trees
from builder.rules import Check, order

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    *codes.CHECKS,
    *trees.CHECKS,
    *kinds.CHECKS,
    order(
        "grid", "opened_date", "closed_date", "grid-closed-before-opened",
        mark("A grid is closed on or after the day it was opened."),
    ),
    order(
        "branch_grid", "from_date", "to_date", "term-order",
        mark("A branch’s responsibility ends on or after the day it begins."),
    ),
    *levels.CHECKS,
    *responsible.CHECKS,
)  # fmt: skip
