"""One frozen context per template: all that a page can say, already counted, ordered and worded.

Templates format; they never filter, sort, add or compare dates. Dates are ISO text, "" when there is
none. Paths of links are relative to the site's root; templates put `head.root` before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from builder.model import CaseTally, DutyTally, Ratio, Status

__all__ = [
    "Approval", "AreaAssessment", "AreaPage", "AssessmentAreaPage", "AssessmentBlock", "AssessmentPage", "Bar",
    "BranchGridRow", "BranchPage", "BranchScoreRow", "CaseBlock", "CaseRow", "CategoryRow", "Chart", "CheckRow",
    "ChildRow", "DataPage", "DataResource", "DutyBlock", "DutyCategoryRow", "DutyRow", "FieldRow", "Figure",
    "FindingRow", "GradeCount", "GridPage", "Head", "HomePage", "IndicatorRow", "LateItem", "Link", "OverdueGroup",
    "OverduePage", "PeriodScore", "QualityPage", "RecordsPage", "ResourceQuality", "ScoreLine", "ScoreSheet", "Search",
]  # fmt: skip


class Link(NamedTuple):
    """Text and where it leads, from the site's root, e.g. `grid/320812001001001/`."""

    label: str
    path: str


class Search(NamedTuple):
    """A page's entry in the search index: what the result shows, and every word to find it by."""

    title: str
    subtitle: str
    words: str


class Head(NamedTuple):
    """What every page has: `path` from the site's root, `root` the way back to it (`../../`)."""

    title: str
    description: str
    path: str
    root: str
    contents: tuple[Link, ...]
    """The page's table of contents: (heading, "#anchor")."""
    search: Search | None = None
    """How the page is found; None for pages that nobody looks up by name."""


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


class DutyRow(NamedTuple):
    """One duty. `place` is its grid (None: the branch as a whole); `days` overdue or late, else 0."""

    duty_id: str
    title: str
    category: str
    basis: str
    post: str
    frequency: str
    due_date: str
    done_date: str
    evidence_url: str
    status: Status
    days: int
    place: Link | None


class CaseRow(NamedTuple):
    """One case of a category that may be listed. `days` to resolve, or open so far; `days_late` beyond the limit."""

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


class LateItem(NamedTuple):
    """Something overdue: a duty or a case (`what`: "duty" or "case")."""

    what: str
    title: str
    place: Link
    branch: Link | None
    limit_date: str
    days: int


class CategoryRow(NamedTuple):
    """One case category with its tally; `itemised`: its cases may be listed one by one."""

    name: str
    group: str
    itemised: bool
    tally: CaseTally


class DutyCategoryRow(NamedTuple):
    """One duty category with its tally."""

    name: str
    tally: DutyTally


class Bar(NamedTuple):
    """One month of a chart. x, heights and y positions are in the SVG's user units."""

    month: str
    label: str
    received: int
    resolved: int
    x: int
    received_y: int
    received_height: int
    resolved_y: int
    resolved_height: int


class Chart(NamedTuple):
    """Twelve months of received and resolved cases: bars of `bar_width`, zero line at `base`.

    `partial`: the last month is not over. `ticks`: (y, label) of the scale.
    """

    width: int
    height: int
    base: int
    bar_width: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    partial: bool


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DutyBlock:
    """Duties of a unit: late first in `rows` (at most 20 of `row_count`); `more`: path of the full list or "".

    `shared`: duties of the responsible branch that belong to no single grid, counted on the branch's page only.
    """

    tally: DutyTally
    categories: tuple[DutyCategoryRow, ...]
    rows: tuple[DutyRow, ...]
    row_count: int
    more: str
    shared: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class CaseBlock:
    """Cases of a unit: `rows` are the newest 20 of `row_count` that may be listed; `more` as for duties."""

    tally: CaseTally
    categories: tuple[CategoryRow, ...]
    chart: Chart
    rows: tuple[CaseRow, ...]
    row_count: int
    more: str
    has_protected: bool
    """The package has protected categories, so these totals leave something out and must say so."""


class ScoreLine(NamedTuple):
    """One indicator's line of the arithmetic: weight × score ÷ full score = points. Missing score: "" and ""."""

    indicator: str
    definition: str
    evaluator: str
    direction: str
    method: str
    weight: str
    score: str
    full_score: str
    points: str
    evidence_url: str


class Approval(NamedTuple):
    """Favourable ÷ valid ballots with the Wilson 95 % interval in percent; `shown` False under the minimum."""

    indicator: str
    ratio: Ratio
    low_pct: str
    high_pct: str
    issued: int
    shown: bool
    votes: tuple[tuple[str, int], ...]


class PeriodScore(NamedTuple):
    """A branch's result in one period; `score` and `grade` are "" when it was not assessed in full."""

    period: str
    score: str
    grade: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The latest period in full. `total` "" (and no grade) when `missing` names indicators without a score."""

    period: str
    lines: tuple[ScoreLine, ...]
    total: str
    grade: str
    missing: tuple[str, ...]
    approvals: tuple[Approval, ...]


@dataclass(frozen=True, slots=True)
class AssessmentBlock:
    """How one branch was assessed; `sheet` is None when it never was. `periods` newest first."""

    branch: Link
    sheet: ScoreSheet | None
    periods: tuple[PeriodScore, ...]


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many branches reached one grade."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class AreaAssessment:
    """Branches that answer for grids in an area, in the latest period, by grade; the rest not assessed."""

    period: str
    branch_count: int
    grades: tuple[GradeCount, ...]
    not_assessed: int
    approval: Ratio


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class GridPage:
    """`grid.html` → grid/<grid_id>/. A block that the package has no resource for is None."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    grid_id: str
    name: str
    kind: str
    extent: str
    household_count: int | None
    opened_date: str
    closed_date: str
    has_branches: bool
    branch: Link | None
    partners: tuple[Link, ...]
    leader: str
    worker: str
    work_phone: str
    supervision_phone: str
    late: tuple[LateItem, ...]
    late_count: int
    duty: DutyBlock | None
    case: CaseBlock | None
    assessment: AssessmentBlock | None
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """`records.html` → grid/<grid_id>/records/: every duty and every case that may be listed, of the period.

    None: the package has no such resource.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    duties: tuple[DutyRow, ...] | None
    cases: tuple[CaseRow, ...] | None


class ChildRow(NamedTuple):
    """One child of an area (an area or a grid). `grade` is for grids, `grid_count` for areas (0 for grids)."""

    link: Link
    code: str
    grid_count: int
    duty: DutyTally
    case: CaseTally
    overdue_count: int
    branch: str
    grade: str
    assessed: Ratio


@dataclass(frozen=True, slots=True)
class AreaPage:
    """`area.html` → area/<area_id>/ and area/<area_id>/by-<order>/.

    `orders`: the other orders of the same table as links, the present one with path "".
    `kind`: label of the level; `child_kind`: what the children are.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    area_id: str
    name: str
    kind: str
    child_kind: str
    children_are_grids: bool
    children: tuple[ChildRow, ...]
    orders: tuple[Link, ...]
    grid_count: int
    household_count: int
    duty: DutyBlock | None
    case: CaseBlock | None
    assessment: AreaAssessment | None


class BranchGridRow(NamedTuple):
    """One grid a branch answers for, or takes part in; `to_date` "" while it lasts."""

    grid: Link
    role: str
    from_date: str
    to_date: str


@dataclass(frozen=True, slots=True)
class BranchPage:
    """`branch.html` → branch/<branch_id>/."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    branch_id: str
    name: str
    kind: str
    children: tuple[Link, ...]
    secretary: str
    office_phone: str
    member_count: int | None
    committee_count: int | None
    term_end_date: str
    term_ended: bool
    grids: tuple[BranchGridRow, ...]
    late: tuple[LateItem, ...]
    late_count: int
    duty: DutyBlock | None
    case: CaseBlock | None
    assessment: AssessmentBlock | None


class Figure(NamedTuple):
    """One key figure: a label, a pair of counts (or a plain count: denominator -1) and its definition's anchor."""

    label: str
    ratio: Ratio
    definition: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html` → the site's root: find my grid, the areas to tap, the figures, what is overdue."""

    head: Head
    areas: tuple[ChildRow, ...]
    area_kind: str
    figures: tuple[Figure, ...]
    late: tuple[LateItem, ...]
    late_count: int
    grid_count: int


class OverdueGroup(NamedTuple):
    """One area with its overdue duties and cases."""

    area: Link
    duty_count: int
    case_count: int


@dataclass(frozen=True, slots=True)
class OverduePage:
    """`overdue.html` → overdue/: counts by area, then the longest overdue (`duties`, `cases`: at most 100 each).

    Cases of categories that may not be listed are in the counts only.
    """

    head: Head
    groups: tuple[OverdueGroup, ...]
    duty_count: int
    case_count: int
    duties: tuple[LateItem, ...]
    cases: tuple[LateItem, ...]
    has_duty: bool
    has_case: bool


class IndicatorRow(NamedTuple):
    """One indicator in force; `weight` and `full_score` as plain decimals, `valid` from – until."""

    name: str
    definition: str
    formula: str
    direction: str
    evaluator: str
    weight: str
    full_score: str
    valid: str


class BranchScoreRow(NamedTuple):
    """One branch in the latest period. `rank` 0 = not ranked; `rank_low`–`rank_high` is the rank's interval."""

    branch: Link
    code: str
    score: str
    grade: str
    approval: Ratio
    approval_shown: bool
    low_pct: str
    high_pct: str
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """`assessment.html` → assessment/: how branches are assessed, and the result by area.

    `areas`: (link to assessment/<area_id>/, summary). `indicators`: those in force in the latest period.
    `ladder`: (grade, minimum score).
    """

    head: Head
    summary: AreaAssessment | None
    areas: tuple[tuple[Link, AreaAssessment], ...]
    indicators: tuple[IndicatorRow, ...]
    ladder: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AssessmentAreaPage:
    """`assessment_area.html` → assessment/<area_id>/: every branch of one area in the latest period, by code."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    summary: AreaAssessment
    branches: tuple[BranchScoreRow, ...]
    ranked_count: int


class FieldRow(NamedTuple):
    """One published column of a table."""

    name: str
    title: str
    type: str
    description: str


class DataResource(NamedTuple):
    """One published CSV. `byte_count` and `row_count` of the published file."""

    name: str
    title: str
    description: str
    path: str
    row_count: int
    byte_count: int
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """`data.html` → data/: the published package."""

    head: Head
    title: str
    description: str
    licence: str
    licence_url: str
    resources: tuple[DataResource, ...]
    example_json: str


class ResourceQuality(NamedTuple):
    """One table as it arrived: rows received, and warnings about them."""

    title: str
    name: str
    row_count: int
    warning_count: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One rule that the data was held against, and how often it was not kept."""

    code: str
    severity: str
    resource: str
    rule: str
    count: int


class FindingRow(NamedTuple):
    """One warning as published: `place` is file, row and column."""

    code: str
    place: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class QualityPage:
    """`quality.html` → quality/: rows received, rules held, warnings (at most 200 of `finding_count`)."""

    head: Head
    resources: tuple[ResourceQuality, ...]
    checks: tuple[CheckRow, ...]
    findings: tuple[FindingRow, ...]
    finding_count: int
