"""What the stages from `derive` to `pages` exchange. Frames are never changed once they are in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

import pandas as pd

from builder.model import CaseTally, DutyTally, Period, Ratio, Settings

__all__ = [
    "Ancestry", "BranchApproval", "CaseCounts", "CaseFacts", "Counts", "DutyCounts", "DutyFacts", "Facts", "Level",
    "Rank", "Score", "ScoreLine", "Scores", "Term", "UnitCases", "UnitDuties",
]  # fmt: skip

Level = Literal["grid", "area", "branch"]


class Term(NamedTuple):
    """A branch's time with a grid; `to_date` None while it lasts."""

    branch_id: str
    grid_id: str
    role: str
    is_responsible: bool
    from_date: date
    to_date: date | None


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Who lies in whom and who answers for what, at as_of.

    `areas_of`: grid_id → its areas from the top down. `children`: area_id → child areas; `grids`: area_id →
    grids directly in it (both by code). `responsible`: grid_id → branch_id at as_of (or at closing).
    `terms`: grid_id → terms by start; `branch_terms`: branch_id → terms by grid.
    """

    tops: tuple[str, ...]
    parent: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    grids: Mapping[str, tuple[str, ...]]
    areas_of: Mapping[str, tuple[str, ...]]
    responsible: Mapping[str, str]
    terms: Mapping[str, tuple[Term, ...]]
    branch_terms: Mapping[str, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Additive counts of cases by level.

    `tallies[level]`: columns unit, category_id and the counting fields of CaseTally; `totals[level]`: the same by
    unit alone (`protect` lets through some counts for all categories together that it hides for single ones).
    `days[level]`: unit, category_id, days, resolved, censored (a histogram that adds up).
    `months[level]`: unit, category_id, month (its first day), received, resolved.
    `rows`: one row a case of the period, void ones left out, newest first within a grid.
    """

    tallies: Mapping[Level, pd.DataFrame]
    totals: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class DutyCounts:
    """`tallies[level]`: unit, category, on_time, late, overdue, upcoming. `rows`: one row a duty, late first."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


class ScoreLine(NamedTuple):
    """One indicator of a branch in a period; `score` and `points` None when it was not reported."""

    indicator_id: str
    weight: Decimal
    full_score: Decimal
    score: Decimal | None
    points: Decimal | None
    ballots_issued: int
    votes: tuple[tuple[str, int], ...]
    approval: Ratio
    interval: tuple[Decimal, Decimal] | None
    method: str
    evidence_url: str


class Score(NamedTuple):
    """A branch in a period. `total` (one decimal, half-up) and `grade` None when an indicator is missing."""

    lines: tuple[ScoreLine, ...]
    exact: Decimal | None
    total: Decimal | None
    grade: str | None


class Rank(NamedTuple):
    """Place by approval among ranked branches; the true place lies in low … high as far as the ballots tell."""

    rank: int
    low: int
    high: int


class BranchApproval(NamedTuple):
    """Favourable ÷ valid ballots over all voted indicators of a period, with the Wilson 95 % interval in percent."""

    ratio: Ratio
    low_pct: Decimal | None
    high_pct: Decimal | None
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Assessment of branches: `periods` oldest first; (period, branch_id) → score; approval in the latest period."""

    periods: tuple[str, ...]
    scores: Mapping[tuple[str, str], Score]
    approvals: Mapping[str, BranchApproval]
    indicators: Mapping[str, tuple[str, ...]]
    ladder: tuple[tuple[str, Decimal], ...]

    @property
    def latest(self) -> str:
        """The newest assessed period, "" when there is none."""
        return self.periods[-1] if self.periods else ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything counted, protected categories included: nothing of this is published as it is."""

    as_of: date
    settings: Settings
    period: Period
    ancestry: Ancestry
    case: CaseCounts | None
    duty: DutyCounts | None
    scores: Scores | None


class UnitCases(NamedTuple):
    """Cases of one unit: all, by category, by month (month, received, resolved)."""

    tally: CaseTally
    categories: tuple[tuple[str, CaseTally], ...]
    months: tuple[tuple[str, int, int], ...]


class UnitDuties(NamedTuple):
    """Duties of one unit: all, and by category."""

    tally: DutyTally
    categories: tuple[tuple[str, DutyTally], ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`units[level]`: unit → its cases. `rows`: one row a case that may be listed, newest first within a grid."""

    units: Mapping[Level, Mapping[str, UnitCases]]
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """`units[level]`: unit → its duties. `rows`: one row a duty, late first."""

    units: Mapping[Level, Mapping[str, UnitDuties]]
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Facts:
    """All that pages may say. A resource that the package does not have is None."""

    as_of: date
    period: Period
    months: tuple[str, ...]
    ancestry: Ancestry
    case: CaseFacts | None
    duty: DutyFacts | None
    scores: Scores | None
