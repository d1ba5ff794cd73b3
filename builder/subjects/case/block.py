"""Cases on a page: counts and rates, categories, months, and the cases that may be listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, NamedTuple, TypedDict

from builder.language import mark
from builder.model import Block, Entry, Figure, Late, Link, Ratio, Status, Unit, alone
from builder.subjects.case.chart import Chart, chart
from builder.subjects.case.definitions import MEDIAN, ON_TIME, OPEN, RECEIVED, RESPONSE, SATISFACTION
from builder.subjects.case.facts import CaseFacts, CaseRow, UnitCases
from builder.subjects.case.quarter_table import QuarterTable, quarter_table
from builder.subjects.case.tally import CaseTally
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.subject import Column

__all__ = [
    "CaseBlock", "CaseRecords", "CategoryRow", "CutTable", "SignalRow", "ValueRow", "block", "columns", "figures",
    "has_limits", "listed", "overdue", "record_count", "records", "totals",
]  # fmt: skip

class Signals(TypedDict):
    """What a block says of months that stand out."""

    signals: tuple[SignalRow, ...]
    are_tested: bool
    is_untested: bool


class CategoryRow(NamedTuple):
    """One case category with its tally; `itemised`: its cases may be listed one by one."""

    name: str
    group: str
    itemised: bool
    tally: CaseTally


class ValueRow(NamedTuple):
    """One value of a column that cases are counted by, "" where the cell is empty, with its tally."""

    value: str
    tally: CaseTally


class CutTable(NamedTuple):
    """Cases by the values of one column."""

    title: str
    rows: tuple[ValueRow, ...]


class SignalRow(NamedTuple):
    """A month that stands out. `place`: where, None on the page of that area itself; `usual`: cases a month before."""

    place: Link | None
    category: str
    month: str
    received: int
    usual: str


@dataclass(frozen=True, slots=True)
class CaseBlock(Block):
    """Cases of a unit: `rows` are the newest 20 of `row_count` that may be listed; `more`: path of the full list or "".

    `is_partial`: the package has categories whose cases are not listed, so these totals leave something out and must
    say so. `resolves`: it is recorded when a case was resolved. `cuts`: by other columns than the category. `signals`:
    months that stand out; `are_tested`: whether this unit's months are looked at for that; `is_untested`: they would
    be, but the data does not reach back far enough. `quarters`: what is published of cases that are not listed.
    """

    template: ClassVar[str] = "case.html"
    anchor: ClassVar[str] = "case"

    tally: CaseTally
    categories: tuple[CategoryRow, ...]
    chart: Chart
    rows: tuple[CaseRow, ...]
    row_count: int
    more: str
    is_partial: bool
    resolves: bool = True
    cuts: tuple[CutTable, ...] = ()
    signals: tuple[SignalRow, ...] = ()
    are_tested: bool = False
    is_untested: bool = False
    quarters: QuarterTable | None = None

    @property
    def late_rows(self) -> tuple[CaseRow, ...]:
        """Those of `rows` that are overdue still: they stand open on the page."""
        return tuple(item for item in self.rows if item.status == Status.OVERDUE)

    @property
    def other_rows(self) -> tuple[CaseRow, ...]:
        """The rest of `rows`, folded."""
        return tuple(item for item in self.rows if item.status != Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class CaseRecords(Block):
    """Every case of a grid that may be listed, newest first; `is_folded`: the months are closed."""

    template: ClassVar[str] = "case_records.html"
    anchor: ClassVar[str] = "case"

    rows: tuple[CaseRow, ...]
    is_folded: bool = False

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[CaseRow, ...]], ...]:
        """Anchor, month and rows of each month in which a case was received."""
        months: dict[str, list[CaseRow]] = {}
        for row in self.rows:
            months.setdefault(row.received_date[:7], []).append(row)
        return tuple((f"case-{month}", month, tuple(rows)) for month, rows in months.items())

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each case, by the year in which it was received."""
        return tuple(
            Entry(month[:4], anchor, month, row.status) for anchor, month, rows in self.groups for row in rows
        )

    def of(self, year: str, *, is_folded: bool) -> CaseRecords:
        """Return the cases that were received in a year."""
        return CaseRecords(tuple(row for row in self.rows if row.received_date[:4] == year), is_folded)


def block(facts: CaseFacts, unit: Unit, edition: Edition) -> CaseBlock | None:
    """Return the cases of a unit, listed for a grid only; None for a branch that answers for no grid."""
    level, code = unit
    if level == "branch" and code not in edition.places.terms:
        return None
    found = facts.of(unit)
    count = record_count(facts, unit)
    is_partial = (edition.scope.as_of + timedelta(days=1)).day != 1
    return CaseBlock(
        tally=found.tally,
        categories=tuple(
            CategoryRow(facts.names.get(code, code), facts.groups.get(code, ""), code in facts.itemised, tally)
            for code, tally in found.categories
        ),
        chart=chart(found.months, is_partial, found.before),
        rows=facts.rows.rows(code, NEWEST) if count else (),
        row_count=count,
        more=edition.records(unit),
        is_partial=bool(facts.only_counted),
        resolves=facts.resolves,
        quarters=quarter_table(facts, unit, edition),
        cuts=cuts(found, unit, edition),
        **standing_out(facts, unit, edition),
    )


def cuts(found: UnitCases, unit: Unit, edition: Edition) -> tuple[CutTable, ...]:
    """Return the tables of a unit's cases by other columns, those of which say more than that nothing is recorded."""
    return tuple(
        CutTable(edition.label("case", name), tuple(ValueRow(value, tally) for value, tally in rows))
        for name, rows in found.cuts
        if any(value for value, _ in rows)
    )


def standing_out(facts: CaseFacts, unit: Unit, edition: Edition) -> Signals:
    """Return the months that stand out in a street, or in the streets of a topmost area; other units have none."""
    tree = edition.tree
    # not by `tops`: the tree of a street has none, and a topmost area with grids of its own lies in one
    depth = len(tree.path(unit.code)) if unit.level == "area" and not tree.kind else 0
    own = depth == 2
    below = tree.children.get(unit.code, ()) if depth == 1 else ()
    found = [item for area in (unit.code, *below) for item in facts.signals.get(area, ()) if own or below]
    rows = (
        SignalRow(
            place=None if own else edition.names.area(item.area),
            category=facts.names.get(item.category, item.category),
            month=item.month, received=item.received, usual=f"{item.usual:.1f}",
        )
        for item in sorted(found, key=lambda item: item.month, reverse=True)
    )  # fmt: skip
    is_looked_at = bool(own or below)
    return {
        "signals": tuple(rows),
        "are_tested": facts.are_tested and is_looked_at,
        "is_untested": is_looked_at and not facts.are_tested,
    }


def records(facts: CaseFacts, unit: Unit, _edition: Edition) -> CaseRecords | None:
    """Return every case of a grid that may be listed; None elsewhere."""
    return CaseRecords(facts.rows.rows(unit.code)) if unit.level == "grid" else None


def record_count(facts: CaseFacts, unit: Unit) -> int:
    """Return how many cases are listed one by one: of a grid those that may be."""
    return facts.rows.count(unit.code) if unit.level == "grid" else 0


def has_limits(facts: CaseFacts) -> bool:
    """Return whether a case can be overdue: the package sets limits, and says what has been resolved."""
    return facts.has_limits and facts.resolves


def overdue(facts: CaseFacts, unit: Unit) -> int:
    """Return how many cases of a unit are overdue, those that may not be listed included."""
    return facts.of(unit).tally.overdue


def listed(facts: CaseFacts) -> tuple[Late, ...]:
    """Return every overdue case that may be listed."""
    return facts.late


def figures(found: CaseBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of cases; satisfaction only where there are enough ratings for it."""
    _ = edition.translate
    shown = found.tally.on_time if found.resolves else found.tally.response
    if found.tally.received and not shown.denominator:  # no limits, so nothing is on time or late
        received = RECEIVED.of(found.tally)
        return (Figure(edition.title("case"), RECEIVED.anchor, received, note=_(mark("received"))),)
    if not found.resolves:
        return (
            Figure(
                edition.title("case"), RESPONSE.anchor, found.tally.response, unit=_(mark("cases")),
                note=_(mark("responded to in time")),
            ),
        )  # fmt: skip
    on_time = Figure(
        edition.title("case"), ON_TIME.anchor, found.tally.on_time, unit=_(mark("cases")),
        note=_(mark("resolved on time")),
    )
    rated = found.quarters.ratings if found.quarters else ()
    if unit.level != "area" or not rated or rated[0].ratings is None:
        return (on_time,)
    words = _(mark("satisfied, of those rated"))
    satisfied = Figure(
        _(mark("Satisfaction")), SATISFACTION.anchor, rated[0].ratings.satisfaction, unit=_(mark("cases")),
        note=f"{words} · {rated[0].period}",
    )  # fmt: skip
    return on_time, satisfied


def totals(facts: CaseFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of cases; rates that have no denominator are left out."""
    _, total = edition.translate, facts.total
    found = (
        Figure(_(mark("Received")), RECEIVED.anchor, RECEIVED.of(total)),
        Figure(_(RESPONSE.name), RESPONSE.anchor, total.response),
        Figure(_(mark("Resolved in time")), ON_TIME.anchor, total.on_time),
        *((Figure(_(SATISFACTION.name), SATISFACTION.anchor, total.ratings.satisfaction),) if total.ratings else ()),
    )
    return tuple(item for item in found if item.ratio and item.ratio.denominator)


def columns(facts: CaseFacts, edition: Edition, _are_grids: bool) -> tuple[Column[CaseFacts], ...]:
    """Return the columns of the table that puts children side by side: of what the package has, no rate of dashes."""
    _ = edition.translate
    if not facts.resolves:
        return (
            Column(
                _(RESPONSE.name), RESPONSE.anchor, lambda facts, unit: facts.of(unit).tally.response,
                _(mark("fewest responded to in time first")),
            ),
        )  # fmt: skip
    on_time: Column[CaseFacts] = Column(
        _(ON_TIME.name), ON_TIME.anchor, lambda facts, unit: facts.of(unit).tally.on_time,
        _(mark("least on time first")),
    )  # fmt: skip
    counted: tuple[Column[CaseFacts], ...] = (
        Column(_(mark("Received")), RECEIVED.anchor, lambda facts, unit: RECEIVED.of(facts.of(unit).tally)),
        Column(_(mark("Still open")), OPEN.anchor, lambda facts, unit: OPEN.of(facts.of(unit).tally)),
        Column(_(mark("Median days")), MEDIAN.anchor, median_days),
    )
    return (on_time,) if facts.has_limits else counted


def median_days(facts: CaseFacts, unit: Unit) -> Ratio | str:
    """Return the median days to resolve as a plain count, words where too few are resolved."""
    days = facts.of(unit).tally.median_days
    return "—" if days is None else alone(days)
