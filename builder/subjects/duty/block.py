"""Duties on a page: counts, categories, the duties themselves, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.frames import Listing
from builder.language import mark
from builder.model import Block, Entry, Figure, Json, Late, Link, Status, Unit
from builder.subjects.duty.definitions import FULFILMENT
from builder.subjects.duty.measure import DutyFacts, DutyRow
from builder.subjects.duty.tally import DutyTally
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.subject import Column

__all__ = [
    "DutyBlock", "DutyCategoryRow", "DutyGroup", "DutyRecords", "PlacedDuty", "always", "block", "columns", "document",
    "figures", "listed", "overdue", "record_count", "records", "totals",
]  # fmt: skip

class PlacedDuty(NamedTuple):
    """A duty with the link to its grid, where that says something new on the page (None: the branch as a whole)."""

    duty: DutyRow
    place: Link | None


class DutyCategoryRow(NamedTuple):
    """One duty category with its tally; `path`: where its duties stand one by one, "" where they are not listed."""

    name: str
    tally: DutyTally
    path: str


class DutyGroup(NamedTuple):
    """All duties of one category; `name` "": of all, where the category of a duty is not published."""

    anchor: str
    name: str
    rows: tuple[PlacedDuty, ...]


@dataclass(frozen=True, slots=True)
class DutyBlock(Block):
    """Duties of a unit: late first in `rows` (at most 20 of `row_count`); `more`: path of the full list or "".

    `shared`: the first of the `shared_count` duties of the responsible branch that belong to no single grid, counted
    on the page of the branch only, to which `shared_by` leads.
    """

    template: ClassVar[str] = "duty.html"
    anchor: ClassVar[str] = "duty"

    tally: DutyTally
    categories: tuple[DutyCategoryRow, ...]
    rows: tuple[PlacedDuty, ...]
    row_count: int
    more: str
    shared: tuple[PlacedDuty, ...]
    shared_count: int
    shared_by: Link | None

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
    """Every duty of a grid or a branch, category by category; `is_folded`: the categories are closed."""

    template: ClassVar[str] = "duty_records.html"
    anchor: ClassVar[str] = "duty"

    groups: tuple[DutyGroup, ...]
    row_count: int
    is_folded: bool = False

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each duty, by the year in which it is due."""
        return tuple(
            Entry(year(item), group.anchor, group.name, item.duty.status)
            for group in self.groups
            for item in group.rows
        )

    def of(self, year_of: str, *, is_folded: bool) -> DutyRecords:
        """Return the duties that are due in a year."""
        found = (
            group._replace(rows=tuple(item for item in group.rows if year(item) == year_of)) for group in self.groups
        )
        groups = tuple(group for group in found if group.rows)
        return DutyRecords(groups, sum(len(group.rows) for group in groups), is_folded)


def year(item: PlacedDuty) -> str:
    return item.duty.due_date[:4]


def block(facts: DutyFacts, unit: Unit, edition: Edition) -> DutyBlock | None:
    """Return the duties of a unit; None for a branch that has neither duties nor grids, such as a committee."""
    level, code = unit
    found, listing, count = facts.of(unit), listing_of(facts, unit), record_count(facts, unit)
    if level == "branch" and not count and code not in edition.places.terms:
        return None
    rows = listing.rows(code, NEWEST) if listing else ()
    by = edition.tree.responsible.get(code, "") if level == "grid" else ""
    return DutyBlock(
        tally=found.tally,
        categories=tuple(
            DutyCategoryRow(name, tally, category_path(facts, unit, at, edition) if count else "")
            for at, (name, tally) in enumerate(found.categories, 1)
        ),
        rows=tuple(placed(row, unit, edition) for row in rows),
        row_count=count,
        more=edition.records(unit),
        shared=tuple(PlacedDuty(row, None) for row in facts.by_grid.rows(("", by), NEWEST)) if by else (),
        shared_count=facts.by_grid.count(("", by)) if by else 0,
        shared_by=edition.names.branch(by) if by else None,
    )


def listing_of(facts: DutyFacts, unit: Unit) -> Listing[DutyRow] | None:
    return {"grid": facts.by_grid, "branch": facts.by_branch}.get(unit.level)


def category_path(facts: DutyFacts, unit: Unit, at: int, edition: Edition) -> str:
    """Return where the duties of the category numbered `at` stand: on the page of records, or all on this page."""
    more = edition.records(unit)
    if more:
        return f"{more}#{group_anchor(at)}" if facts.has_categories else more
    return f"{unit.level}/{unit.code}/#duty-rows"


def group_anchor(at: int) -> str:
    return f"duty-{at}"


def placed(row: DutyRow, unit: Unit, edition: Edition) -> PlacedDuty:
    return PlacedDuty(row, edition.names.grid(row.grid_id) if unit.level == "branch" and row.grid_id else None)


def records(facts: DutyFacts, unit: Unit, edition: Edition) -> DutyRecords | None:
    """Return every duty of a grid or a branch, in the categories and in the order that its page counts them."""
    listing = listing_of(facts, unit)
    if listing is None:
        return None
    rows: dict[str, list[PlacedDuty]] = {}
    for row in listing.rows(unit.code):
        rows.setdefault(row.category, []).append(placed(row, unit, edition))
    names = [name for name, _ in facts.of(unit).categories] if facts.has_categories else list(rows)
    return DutyRecords(
        groups=tuple(
            DutyGroup(group_anchor(at), name, tuple(rows[name])) for at, name in enumerate(names, 1) if name in rows
        ),
        row_count=listing.count(unit.code),
    )


def record_count(facts: DutyFacts, unit: Unit) -> int:
    """Return how many duties are listed one by one: of a grid its own, of a branch those of its grids too."""
    listing = listing_of(facts, unit)
    return listing.count(unit.code) if listing else 0


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
