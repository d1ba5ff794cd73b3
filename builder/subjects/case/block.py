"""Cases on a page: counts and rates, categories, months, the cases that may be listed, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, NamedTuple

from builder.language import mark
from builder.model import Block, Figure, Json, Late, Ratio, Unit
from builder.subjects.case.chart import Chart, chart
from builder.subjects.case.measure import CaseFacts, CaseRow
from builder.subjects.case.tally import CaseTally
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.subject import Column

__all__ = [
    "CaseBlock", "CaseRecords", "CategoryRow", "block", "columns", "document", "figures", "has_limits", "listed",
    "overdue", "record_count", "records", "totals",
]  # fmt: skip

ON_TIME, SATISFIED = "on-time-rate", "satisfaction-rate"
RATINGS = ("satisfied", "rated")


class CategoryRow(NamedTuple):
    """One case category with its tally; `itemised`: its cases may be listed one by one."""

    name: str
    group: str
    itemised: bool
    tally: CaseTally


@dataclass(frozen=True, slots=True)
class CaseBlock(Block):
    """Cases of a unit: `rows` are the newest 20 of `row_count` that may be listed; `more`: path of the full list or "".

    `has_protected`: the package has protected categories, so these totals leave something out and must say so.
    """

    template: ClassVar[str] = "case.html"
    anchor: ClassVar[str] = "case"

    tally: CaseTally
    categories: tuple[CategoryRow, ...]
    chart: Chart
    rows: tuple[CaseRow, ...]
    row_count: int
    more: str
    has_protected: bool


@dataclass(frozen=True, slots=True)
class CaseRecords(Block):
    """Every case of a grid that may be listed."""

    template: ClassVar[str] = "case_records.html"
    anchor: ClassVar[str] = "case"

    rows: tuple[CaseRow, ...]


def block(facts: CaseFacts, unit: Unit, edition: Edition) -> CaseBlock | None:
    """Return the cases of a unit, listed for a grid only; None for a branch that answers for no grid."""
    level, code = unit
    if level == "branch" and code not in edition.places.terms:
        return None
    found = facts.of(unit)
    count = facts.rows.count(code) if level == "grid" else 0
    is_partial = (edition.scope.as_of + timedelta(days=1)).day != 1
    return CaseBlock(
        tally=found.tally,
        categories=tuple(
            CategoryRow(facts.names.get(code, code), facts.groups.get(code, ""), code in facts.itemised, tally)
            for code, tally in found.categories
        ),
        chart=chart(found.months, is_partial),
        rows=facts.rows.rows(code, NEWEST) if count else (),
        row_count=count,
        more=edition.records(code) if level == "grid" else "",
        has_protected=facts.has_protected,
    )


def records(facts: CaseFacts, unit: Unit, _edition: Edition) -> CaseRecords:
    """Return every case of a grid that may be listed."""
    return CaseRecords(facts.rows.rows(unit.code))


def record_count(facts: CaseFacts, grid: str) -> int:
    """Return how many cases of a grid may be listed."""
    return facts.rows.count(grid)


def has_limits(facts: CaseFacts) -> bool:
    """Return whether a case can be overdue."""
    return facts.has_limits


def overdue(facts: CaseFacts, unit: Unit) -> int:
    """Return how many cases of a unit are overdue, those that may not be listed included."""
    return facts.of(unit).tally.overdue


def listed(facts: CaseFacts) -> tuple[Late, ...]:
    """Return every overdue case that may be listed."""
    return facts.late


def figures(found: CaseBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of cases; satisfaction only where there are enough ratings for it."""
    _ = edition.translate
    on_time = Figure(
        edition.title("case"), ON_TIME, found.tally.on_time, unit=_(mark("cases")), note=_(mark("resolved on time"))
    )
    satisfied = Figure(
        _(mark("Satisfaction")), SATISFIED, found.tally.satisfaction, unit=_(mark("cases")),
        note=_(mark("satisfied, of those rated")),
    )  # fmt: skip
    return (on_time, satisfied) if unit.level == "area" else (on_time,)


def totals(facts: CaseFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of cases; rates that have no denominator are left out."""
    _, total = edition.translate, facts.total
    found = (
        Figure(_(mark("Received")), "period", Ratio(total.received, -1)),
        Figure(_(mark("Responded in time")), "response-rate", total.response),
        Figure(_(mark("Resolved in time")), ON_TIME, total.on_time),
        Figure(_(mark("Satisfied")), SATISFIED, total.satisfaction),
    )
    return tuple(item for item in found if item.ratio and item.ratio.denominator)


def columns(facts: CaseFacts, edition: Edition, _are_grids: bool) -> tuple[Column[CaseFacts], ...]:
    """Return the columns of the table that puts children side by side: of what the package has, no rate of dashes."""
    _ = edition.translate
    on_time: Column[CaseFacts] = Column(
        _(mark("Resolved on time")), ON_TIME, lambda facts, unit: facts.of(unit).tally.on_time,
        _(mark("least on time first")),
    )  # fmt: skip
    counted: tuple[Column[CaseFacts], ...] = (
        Column(_(mark("Received")), "period", lambda facts, unit: Ratio(facts.of(unit).tally.received, -1)),
        Column(_(mark("Still open")), "period", lambda facts, unit: Ratio(facts.of(unit).tally.open, -1)),
        Column(_(mark("Median days")), "median-days", median_days),
    )
    satisfied: Column[CaseFacts] = Column(
        _(mark("Satisfied")), SATISFIED, lambda facts, unit: facts.of(unit).tally.satisfaction
    )
    has_ratings = "satisfaction" in edition.package.resources["case"].schema
    return ((on_time,) if facts.has_limits else counted) + ((satisfied,) if has_ratings else ())


def median_days(facts: CaseFacts, unit: Unit) -> Ratio | str:
    """Return the median days to resolve as a plain count, words where too few are resolved."""
    days = facts.of(unit).tally.median_days
    return "—" if days is None else Ratio(days, -1)


def document(found: CaseBlock) -> Json:
    """Return the block for data.json."""
    return {
        **counts(found.tally),
        "has_protected": found.has_protected,
        "categories": [{"name": row.name, "group": row.group, **counts(row.tally)} for row in found.categories],
        "months": [
            {"month": bar.month, "received": bar.received, "resolved": bar.resolved} for bar in found.chart.bars
        ],
    }


def counts(tally: CaseTally) -> dict[str, Json]:
    """Return the fields of a tally; ratings too few to be published are null, with the reason beside them."""
    found: dict[str, Json] = {name: getattr(tally, name) for name in CaseTally.__slots__}
    hidden = [name for name in RATINGS if found[name] is None]
    return {**found, "hidden": dict.fromkeys(hidden, "too-few")} if hidden else found
