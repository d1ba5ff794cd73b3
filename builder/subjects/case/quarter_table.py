"""Cases that are not listed, by closed quarter or year: the table of a unit's page, and the same for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import mark
from builder.model import Json, Unit
from builder.subjects.case.facts import UNTOLD, CaseFacts, Cell
from builder.subjects.case.tally import RatingTally
from builder.subjects.edition import Edition

__all__ = ["QuarterRow", "QuarterTable", "RatedQuarter", "as_json", "quarter_table"]

NEWEST = 4
"""Periods that a page shows; the download has all."""

STREETS = 2
"""Levels of areas that are counted by quarter; what lies below is counted by year."""


class QuarterRow(NamedTuple):
    """One kind of cases: `group` says why they are not listed; `cells` by period; fewer than `least` are hidden."""

    name: str
    group: str
    least: int
    cells: tuple[Cell, ...]
    code: str = ""


class RatedQuarter(NamedTuple):
    """How the cases resolved in a quarter were rated; None: hidden, or none."""

    period: str
    ratings: RatingTally | None


class QuarterTable(NamedTuple):
    """The last closed periods, newest first: quarters, or years below the streets.

    `ratings`: () for units of which none are published; those of a street are told by year. `revised`: those of
    `periods` that were corrected; `is_partial`: protected categories are not counted here at all.
    """

    periods: tuple[str, ...]
    rows: tuple[QuarterRow, ...]
    ratings: tuple[RatedQuarter, ...]
    revised: tuple[str, ...]
    is_partial: bool

    def has(self, status: str) -> bool:
        """Return whether some cell has a status."""
        return any(cell.status == status for row in self.rows for cell in row.cells)


def quarter_table(facts: CaseFacts, unit: Unit, edition: Edition) -> QuarterTable | None:
    """Return what is published by quarter or year of a grid or an area of the main tree; None elsewhere."""
    tree = edition.tree
    if unit.level == "branch" or tree.kind or not facts.only_counted:
        return None
    depth = len(tree.path(unit.code)) if unit.level == "area" else STREETS + 1
    periods = tuple(name for name in reversed(facts.closed) if ("-" in name) == (depth <= STREETS))[:NEWEST]
    rows = by_category(facts, unit, edition, periods) + (whole(facts, unit, edition, periods) if depth == 1 else [])
    # the streets of a quarter have too few ratings: theirs are told by year
    rated_in = [name for name in reversed(facts.closed) if ("-" in name) == (depth == 1)] if depth <= STREETS else []
    rated = tuple(RatedQuarter(name, facts.ratings(unit, name)) for name in rated_in[:NEWEST])
    if not periods or not rows:
        return None
    return QuarterTable(
        periods=periods,
        rows=tuple(rows),
        ratings=rated if any(item.ratings for item in rated) else (),
        revised=tuple(name for name in periods if name in facts.revised),
        is_partial=unit.level == "grid" and bool(set(facts.only_counted) - facts.counted),
    )


def by_category(facts: CaseFacts, unit: Unit, edition: Edition, periods: tuple[str, ...]) -> list[QuarterRow]:
    """Return the categories that are counted here: of a grid those that are counted openly."""
    _ = edition.translate
    words = {True: _(mark("counted only")), False: _(mark("protected"))}
    return [
        QuarterRow(
            name=facts.names.get(code, code), group=words[code in facts.counted], least=facts.least.get(code, 0),
            cells=tuple(facts.cell(unit, period, "received", code) for period in periods), code=code,
        )
        for code in facts.only_counted
        if unit.level == "area" or code in facts.counted
    ]  # fmt: skip


def whole(facts: CaseFacts, unit: Unit, edition: Edition, periods: tuple[str, ...]) -> list[QuarterRow]:
    """Return what is counted in topmost areas alone; a line of which nothing is told is left out."""
    _, least = edition.translate, min(facts.least.values(), default=0)
    found: list[QuarterRow] = [
        QuarterRow(
            name=f"{facts.names.get(code, code)} · {label}", group=_(mark("counted only")), least=least,
            cells=tuple(facts.cell(unit, period, measure, code) for period in periods),
        )
        for code in facts.only_counted
        for measure, label in (("kept", _(mark("resolved in time"))), ("late", _(mark("not resolved in time"))))
    ]  # fmt: skip
    kinds = sorted({item for (_period, name, item) in facts.quarters.get(unit.code, {}) if name == "petition"})
    lines: Mapping[str, tuple[str, str]] = {
        **{f"petition {kind}": ("petition", kind) for kind in kinds},
        **{name: (name, "") for name in ("void", "unplaced")},
    }
    labels = {
        "void": _(mark("void")),
        "unplaced": _(mark("without a grid or a category")),
        **{f"petition {kind}": kind if kind != "" else _(mark("not recorded")) for kind in kinds},
    }
    found += [
        QuarterRow(
            name=labels[line], least=least,
            group=_(mark("of those listed")) if measure == "petition" else _(mark("in no other figure")),
            cells=tuple(facts.cell(unit, period, measure, item) for period in periods),
        )
        for line, (measure, item) in lines.items()
    ]  # fmt: skip
    return [row for row in found if any(cell not in (UNTOLD, Cell(0)) for cell in row.cells)]


def as_json(table: QuarterTable) -> dict[str, Json]:
    """Return the table for data.json; a hidden count is null, with the reason beside it."""
    return {
        "not_listed": [
            {"period": period, "counts": [cell_json(row, row.cells[number]) for row in table.rows]}
            for number, period in enumerate(table.periods)
        ],
        "ratings": [{"period": item.period, **rating_json(item.ratings)} for item in table.ratings],
    }


def cell_json(row: QuarterRow, cell: Cell) -> Json:
    hidden: Mapping[str, Json] = {"hidden": cell.status} if cell.status else {}
    return {"category_id": row.code, "name": row.name, "kind": row.group, "count": cell.number, **hidden}


def rating_json(found: RatingTally | None) -> dict[str, Json]:
    if found is None:
        return {"satisfied": None, "dissatisfied": None, "reason": "withheld"}
    return {"satisfied": found.satisfied, "dissatisfied": found.dissatisfied}
