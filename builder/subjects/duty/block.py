"""Duties on a page: counts, categories, the duties themselves, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.language import mark
from builder.model import Block, Figure, Json, Late, Link, Status, Unit
from builder.subjects.duty.definitions import FULFILMENT
from builder.subjects.duty.measure import DutyFacts, DutyRow
from builder.subjects.duty.tally import DutyTally
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.subject import Column

__all__ = [
    "DutyBlock", "DutyCategoryRow", "DutyRecords", "PlacedDuty", "always", "block", "columns", "document", "figures",
    "listed", "overdue", "record_count", "records", "totals",
]  # fmt: skip

class PlacedDuty(NamedTuple):
    """A duty with the link to its grid, where that says something new on the page (None: the branch as a whole)."""

    duty: DutyRow
    place: Link | None


class DutyCategoryRow(NamedTuple):
    """One duty category with its tally."""

    name: str
    tally: DutyTally


@dataclass(frozen=True, slots=True)
class DutyBlock(Block):
    """Duties of a unit: late first in `rows` (at most 20 of `row_count`); `more`: path of the full list or "".

    `shared`: duties of the responsible branch that belong to no single grid, counted on the branch's page only.
    """

    template: ClassVar[str] = "duty.html"
    anchor: ClassVar[str] = "duty"

    tally: DutyTally
    categories: tuple[DutyCategoryRow, ...]
    rows: tuple[PlacedDuty, ...]
    row_count: int
    more: str
    shared: tuple[PlacedDuty, ...]

    @property
    def late_rows(self) -> tuple[PlacedDuty, ...]:
        """Those of `rows` that are overdue still: they stand open on the page."""
        return tuple(item for item in self.rows if item.duty.status == Status.OVERDUE)

    @property
    def other_rows(self) -> tuple[PlacedDuty, ...]:
        """The rest of `rows`, folded."""
        return tuple(item for item in self.rows if item.duty.status != Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class DutyRecords(Block):
    """Every duty of a grid."""

    template: ClassVar[str] = "duty_records.html"
    anchor: ClassVar[str] = "duty"

    rows: tuple[PlacedDuty, ...]


def block(facts: DutyFacts, unit: Unit, edition: Edition) -> DutyBlock | None:
    """Return the duties of a unit; None for a branch that has neither duties nor grids, such as a committee."""
    level, code = unit
    found = facts.of(unit)
    listing = {"grid": facts.by_grid, "branch": facts.by_branch}.get(level)
    count = listing.count(code) if listing else 0
    if level == "branch" and not count and code not in edition.places.terms:
        return None
    rows = listing.rows(code, NEWEST) if listing else ()
    shared = facts.by_grid.rows(("", edition.tree.responsible.get(code)), NEWEST) if level == "grid" else ()
    return DutyBlock(
        tally=found.tally,
        categories=tuple(DutyCategoryRow(name, tally) for name, tally in found.categories),
        rows=tuple(PlacedDuty(row, place(row, edition) if level == "branch" else None) for row in rows),
        row_count=count,
        more=edition.records(code) if level == "grid" else "",
        shared=tuple(PlacedDuty(row, None) for row in shared),
    )


def place(row: DutyRow, edition: Edition) -> Link | None:
    return edition.names.grid(row.grid_id) if row.grid_id else None


def records(facts: DutyFacts, unit: Unit, _edition: Edition) -> DutyRecords:
    """Return every duty of a grid."""
    return DutyRecords(tuple(PlacedDuty(row, None) for row in facts.by_grid.rows(unit.code)))


def record_count(facts: DutyFacts, grid: str) -> int:
    """Return how many duties a grid has on its own."""
    return facts.by_grid.count(grid)


def always(_facts: DutyFacts) -> bool:
    """Return that a duty can be overdue: each has its day."""
    return True


def overdue(facts: DutyFacts, unit: Unit) -> int:
    """Return how many duties of a unit are overdue."""
    return facts.of(unit).tally.overdue


def listed(facts: DutyFacts) -> tuple[Late, ...]:
    """Return every overdue duty."""
    return facts.late


def figures(found: DutyBlock, _unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of duties."""
    _ = edition.translate
    return (
        Figure(
            _(mark("Duties")), FULFILMENT.anchor, found.tally.fulfilment, unit=_(mark("duties")),
            note=_(mark("done, of those due")),
        ),
    )  # fmt: skip


def totals(facts: DutyFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of duties."""
    return (Figure(edition.translate(FULFILMENT.name), FULFILMENT.anchor, facts.total.fulfilment),)


def columns(_facts: DutyFacts, edition: Edition, _are_grids: bool) -> tuple[Column[DutyFacts], ...]:
    """Return the columns of the table that puts children side by side."""
    _ = edition.translate
    return (
        Column(
            _(FULFILMENT.name), FULFILMENT.anchor, lambda facts, unit: facts.of(unit).tally.fulfilment,
            _(mark("fewest duties fulfilled first")),
        ),
    )  # fmt: skip


def document(found: DutyBlock) -> Json:
    """Return the block for data.json."""
    return {
        **counts(found.tally),
        "categories": [{"name": row.name, **counts(row.tally)} for row in found.categories],
    }


def counts(tally: DutyTally) -> dict[str, Json]:
    return {
        "due": tally.due, "on_time": tally.on_time, "late": tally.late, "overdue": tally.overdue,
        "upcoming": tally.upcoming,
    }  # fmt: skip
