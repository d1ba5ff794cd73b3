"""Cases that are not listed, by closed quarter: the table of a unit's page, and the same for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import mark
from builder.model import Json, Unit
from builder.subjects.case.measure import CaseFacts, Cell
from builder.subjects.case.tally import RatingTally
from builder.subjects.edition import Edition

__all__ = ["QuarterRow", "QuarterTable", "RatedQuarter", "as_json", "quarter_table"]

NEWEST = 4
"""Quarters that a page shows; the download has all."""


class QuarterRow(NamedTuple):
    """One kind of cases: `group` says why they are not listed; `cells` by quarter; fewer than `least` are hidden."""

    name: str
    group: str
    least: int
    cells: tuple[Cell, ...]


class RatedQuarter(NamedTuple):
    """How the cases resolved in a quarter were rated; None: hidden, or none."""

    quarter: str
    ratings: RatingTally | None


class QuarterTable(NamedTuple):
    """The last closed quarters, newest first. `ratings`: () for units of which none are published.

    `revised`: those of `quarters` that were corrected; `is_partial`: protected categories are not counted here at all;
    `are_withheld`: some cell is hidden for another's sake.
    """

    quarters: tuple[str, ...]
    rows: tuple[QuarterRow, ...]
    ratings: tuple[RatedQuarter, ...]
    revised: tuple[str, ...]
    is_partial: bool

    @property
    def are_withheld(self) -> bool:
        """Whether some cell is hidden for another's sake."""
        return any(cell.status == "withheld" for row in self.rows for cell in row.cells)


def quarter_table(facts: CaseFacts, unit: Unit, edition: Edition) -> QuarterTable | None:
    """Return what is published by quarter of a grid or an area of the main tree; None elsewhere."""
    tree = edition.tree
    if unit.level == "branch" or tree.kind or not facts.closed:
        return None
    quarters = facts.closed[: -NEWEST - 1 : -1]
    depth = len(tree.path(unit.code)) if unit.level == "area" else 0
    rows = by_category(facts, unit, edition, quarters) + (whole(facts, unit, edition, quarters) if depth == 1 else [])
    rated = tuple(RatedQuarter(name, facts.ratings(unit, name)) for name in quarters) if depth in (1, 2) else ()
    return QuarterTable(
        quarters=quarters,
        rows=tuple(rows),
        ratings=rated if any(item.ratings for item in rated) else (),
        revised=tuple(name for name in quarters if name in facts.revised),
        is_partial=not depth and bool(set(facts.only_counted) - facts.counted),
    )


def by_category(facts: CaseFacts, unit: Unit, edition: Edition, quarters: tuple[str, ...]) -> list[QuarterRow]:
    """Return the categories that are counted here: of a grid those that are counted openly."""
    _ = edition.translate
    words = {True: _(mark("counted only")), False: _(mark("protected"))}
    return [
        QuarterRow(
            name=facts.names.get(code, code), group=words[code in facts.counted], least=facts.least.get(code, 0),
            cells=tuple(facts.cell(unit, quarter, "received", code) for quarter in quarters),
        )
        for code in facts.only_counted
        if unit.level == "area" or code in facts.counted
    ]  # fmt: skip


def whole(facts: CaseFacts, unit: Unit, edition: Edition, quarters: tuple[str, ...]) -> list[QuarterRow]:
    """Return what is counted in topmost areas alone; a line of nothing but zeros is left out."""
    _, least = edition.translate, min(facts.least.values(), default=0)
    found: list[QuarterRow] = [
        QuarterRow(
            name=f"{facts.names.get(code, code)} · {label}", group=_(mark("counted only")), least=least,
            cells=tuple(facts.cell(unit, quarter, measure, code) for quarter in quarters),
        )
        for code in facts.only_counted
        for measure, label in (("kept", _(mark("resolved in time"))), ("late", _(mark("not resolved in time"))))
    ]  # fmt: skip
    kinds = sorted({item for (_quarter, name, item) in facts.quarters.get(unit.code, {}) if name == "petition"})
    lines: Mapping[str, tuple[str, str]] = {
        **{f"petition {kind}": ("petition", kind) for kind in kinds},
        **{name: (name, "") for name in ("void", "unplaced")},
    }
    labels = {
        "void": _(mark("void")),
        "unplaced": _(mark("without a grid or a category")),
        **{f"petition {kind}": kind or _(mark("not recorded")) for kind in kinds},
    }
    found += [
        QuarterRow(
            name=labels[line], least=least,
            group=_(mark("of those listed")) if measure == "petition" else _(mark("in no other figure")),
            cells=tuple(facts.cell(unit, quarter, measure, item) for quarter in quarters),
        )
        for line, (measure, item) in lines.items()
    ]  # fmt: skip
    return [row for row in found if any(cell != Cell(0) for cell in row.cells)]


def as_json(table: QuarterTable) -> Json:
    """Return the table for data.json; a hidden count is null, with the reason beside it."""
    return [
        {
            "quarter": quarter,
            "counts": [cell_json(row, row.cells[number]) for row in table.rows],
            **({"ratings": rating_json(table.ratings[number].ratings)} if table.ratings else {}),
        }
        for number, quarter in enumerate(table.quarters)
    ]


def cell_json(row: QuarterRow, cell: Cell) -> Json:
    hidden: Mapping[str, Json] = {"hidden": cell.status} if cell.status else {}
    return {"name": row.name, "kind": row.group, "count": cell.number, **hidden}


def rating_json(found: RatingTally | None) -> Json:
    return {"satisfied": found.satisfied, "dissatisfied": found.dissatisfied} if found else None
