"""Cases as facts: what may be said of them, worked out, before any page is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from builder.frames import Listing
from builder.model import Late, Level, Ratio, Status, Unit
from builder.subjects.case.tally import CaseTally, RatingTally

__all__ = ["UNTOLD", "CaseFacts", "CaseRow", "Cell", "Cells", "Limits", "Months", "Signal", "Totals", "UnitCases"]

Months: TypeAlias = tuple[tuple[str, int, int], ...]


class CaseRow(NamedTuple):
    """One case of a category that may be listed. `days` to resolve, or open so far; `days_late` beyond the limit.

    `reason`, `expected_date`: as in `Late`.
    """

    case_id: str
    category: str
    channel: str
    received_date: str
    responded_date: str
    resolved_date: str
    limit_date: str
    stage: str
    handler_kind: str
    method: str
    outcome: str
    status: Status
    days: int
    days_late: int
    reason: str | None
    expected_date: str | None


class Signal(NamedTuple):
    """A month that stands out in an area: `received` cases of a category (code), `usual` a month in the year before."""

    area: str
    category: str
    month: str
    received: int
    usual: float


class Cell(NamedTuple):
    """A count of one period; `number` None where it is not told: `status` then says why (see `counts.STATUSES`).

    UNTOLD: nothing is published of it.
    """

    number: int | None
    status: str = ""


UNTOLD = Cell(None, "untold")
Cells: TypeAlias = Mapping[tuple[str, str, str], Cell]


class UnitCases(NamedTuple):
    """Cases of one unit: all, by category (code), by month (month, received, resolved).

    `before`: received in the same months a year before, None where the data does not reach back, or the month is not
    over. `cuts`: (which of CUTS, its values with their cases, "" for none); none for a grid.
    """

    tally: CaseTally
    categories: tuple[tuple[str, CaseTally], ...]
    months: Months
    before: tuple[int | None, ...]
    cuts: tuple[tuple[str, tuple[tuple[str, CaseTally], ...]], ...] = ()


class Limits(NamedTuple):
    """What is promised of the cases of one category, in the package's own values; None: no limit is set.

    `unit`: days or hours; `day_kind`: of what kind. `openness`: how openly they are shown.
    """

    name: str
    respond: int | None
    resolve: int | None
    unit: str
    day_kind: str
    openness: str


class Totals(NamedTuple):
    """Cases of all areas together. `rated`: the quarter of the `ratings`, "" where there are none."""

    received: int
    response: Ratio
    on_time: Ratio
    ratings: RatingTally | None
    rated: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`units[level]`: unit → its cases; `quiet`: those of a unit without any. `total`: of all areas together.

    `rows`: the cases that may be listed, by grid, newest first. `late`: those of them that are overdue, the longest
    first. `names`, `groups`: category code → words; `itemised`: codes whose cases are listed, `counted`: those that
    are counted down to the grids, `least`: the smallest count that is shown of each code. `closed`: quarters and
    years that are published, in order; `quarters`: unit → (period, measure, item) → its cell; `revised`: those that
    were corrected. `has_limits`: the package has a column that sets limits. `resolves`: it is recorded
    when a case was resolved. `signals`: area → its months that stand out, the newest first; `are_tested`: the data
    reaches back far enough to say so. `limits`: what is promised, category by category.
    """

    units: Mapping[Level, Mapping[str, UnitCases]]
    quiet: UnitCases
    total: Totals
    rows: Listing[CaseRow]
    late: tuple[Late, ...]
    names: Mapping[str, str]
    groups: Mapping[str, str]
    itemised: frozenset[str]
    counted: frozenset[str]
    least: Mapping[str, int]
    closed: tuple[str, ...]
    quarters: Mapping[str, Cells]
    revised: frozenset[str]
    has_limits: bool
    resolves: bool
    signals: Mapping[str, tuple[Signal, ...]]
    are_tested: bool
    limits: tuple[Limits, ...]

    def of(self, unit: Unit) -> UnitCases:
        """Return the cases of a unit; zeros for one that has none."""
        return self.units[unit.level].get(unit.code, self.quiet)

    @property
    def only_counted(self) -> tuple[str, ...]:
        """The categories whose cases are not listed, counted ones first, by code."""
        return tuple(sorted(set(self.names) - self.itemised, key=lambda code: (code not in self.counted, code)))

    def cell(self, unit: Unit, period: str, measure: str, item: str = "") -> Cell:
        """Return what is published of one period."""
        return self.quarters.get(unit.code, {}).get((period, measure, item), UNTOLD)

    def ratings(self, unit: Unit, quarter: str) -> RatingTally | None:
        """Return how the cases resolved in a quarter were rated; None where that is hidden, or nothing was rated."""
        good, bad = (self.cell(unit, quarter, measure).number for measure in ("satisfied", "dissatisfied"))
        return RatingTally(good, bad) if good is not None and bad is not None and good + bad else None
