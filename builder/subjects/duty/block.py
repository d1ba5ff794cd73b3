"""Duties on a page: counts, categories, the duties themselves, and the same for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.frames import Listing
from builder.language import mark
from builder.model import Block, Entry, Json, Late, Link, Status, Unit
from builder.subjects.duty.definitions import PUNCTUALITY
from builder.subjects.duty.measure import DutyFacts, DutyRow
from builder.subjects.duty.tally import DutyTally
from builder.subjects.edition import Edition
from builder.subjects.shown import KindOfLate, Shown, by_kind, late_first, newest_first
from builder.subjects.subject import Column

__all__ = [
    "DutyBlock", "DutyCategoryRow", "DutyGroup", "DutyRecords", "PlacedDuty", "always", "block", "columns", "document",
    "listed", "overdue", "record_count", "records",
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
    """Duties of a unit by their state, none on the page of an area; `more`: path of all `row_count` of them or "".

    `late`: those of `done_late`, kind by kind. `shared`: duties of the responsible branch that belong to no single
    grid, counted on the page of the branch only, to which `shared_by` leads. `overdue_path`: of an area, the page that
    lists all that is overdue; "" elsewhere.
    """

    template: ClassVar[str] = "duty.html"
    anchor: ClassVar[str] = "duty"

    tally: DutyTally
    categories: tuple[DutyCategoryRow, ...]
    overdue: Shown[PlacedDuty]
    late: tuple[KindOfLate[PlacedDuty], ...]
    done_late: Shown[PlacedDuty]
    on_time: Shown[PlacedDuty]
    upcoming: Shown[PlacedDuty]
    row_count: int
    more: str
    shared: Shown[PlacedDuty]
    shared_by: Link | None
    overdue_path: str

    @property
    def rows(self) -> tuple[PlacedDuty, ...]:
        """Every duty that is on the page, those of the branch as a whole left out."""
        return (*self.overdue.all, *self.done_late.all, *self.on_time.all, *self.upcoming.all)


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
    rows = [placed(row, unit, edition) for row in listing.rows(code)] if listing else []
    done_late = newest_first(in_state(rows, Status.LATE), due_date)
    by = edition.tree.responsible.get(code, "") if level == "grid" else ""
    return DutyBlock(
        tally=found.tally,
        categories=tuple(
            DutyCategoryRow(name, tally, category_path(facts, unit, at, edition) if count else "")
            for at, (name, tally) in enumerate(found.categories, 1)
        ),
        overdue=late_first(in_state(rows, Status.OVERDUE), lambda row: row.duty.days),
        late=by_kind(
            [(name, tally.late, tally.due) for name, tally in found.categories], done_late.all,
            lambda row: row.duty.category,
        ),
        done_late=done_late,
        on_time=newest_first(in_state(rows, Status.ON_TIME), due_date),
        # the next first: what is due in a year is of no use to anybody today
        upcoming=newest_first(sorted(in_state(rows, Status.UPCOMING, Status.DONE), key=due_date)),
        row_count=count,
        more=edition.records(unit),
        shared=newest_first([PlacedDuty(row, None) for row in facts.by_grid.rows(("", by))] if by else []),
        shared_by=edition.names.branch(by) if by else None,
        overdue_path=edition.overdue(code) if level == "area" else "",
    )  # fmt: skip


def in_state(rows: Sequence[PlacedDuty], *states: Status) -> list[PlacedDuty]:
    return [row for row in rows if row.duty.status in states]


def due_date(row: PlacedDuty) -> str:
    return row.duty.due_date


def listing_of(facts: DutyFacts, unit: Unit) -> Listing[DutyRow] | None:
    return {"grid": facts.by_grid, "branch": facts.by_branch}.get(unit.level)


def category_path(facts: DutyFacts, unit: Unit, at: int, edition: Edition) -> str:
    """Return where the duties of the category numbered `at` stand: on the page of records, or all on this page."""
    more = edition.records(unit)
    if more:
        return f"{more}#{group_anchor(at)}" if facts.has_categories else more
    return f"{unit.level}/{unit.code}/#duty"


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


def columns(_facts: DutyFacts, edition: Edition, _are_grids: bool) -> tuple[Column[DutyFacts], ...]:
    """Return the columns of the table that puts children side by side."""
    _ = edition.translate
    return (
        Column(
            _(PUNCTUALITY.name), PUNCTUALITY.anchor, lambda facts, unit: facts.of(unit).tally.punctuality,
            _(mark("fewest duties done on time first")),
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
