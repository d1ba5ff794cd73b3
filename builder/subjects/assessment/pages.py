"""assessment/ and assessment/<area_id>/: how branches are assessed, and every branch of an area side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from builder.frames import day, present
from builder.language import mark
from builder.model import Kind, Link, PageContext, Ratio
from builder.subjects.assessment.block import AreaAssessment, summary
from builder.subjects.assessment.formula import replaced
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.sheet import plain, tenth, total
from builder.subjects.subject import Shown

__all__ = ["KINDS", "AssessmentAreaPage", "AssessmentPage", "BranchScoreRow", "IndicatorRow"]

Source = Shown[AssessmentFacts]


class IndicatorRow(NamedTuple):
    """One indicator; `weight` and `full_score` as plain decimals, valid `since` … `until` ("" : on and on).

    `kind`: what it does to the composite score, as the package calls it; `expression`: its formula over data, in words.
    """

    name: str
    code: str
    kind: str
    definition: str
    formula: str
    expression: str
    direction: str
    evaluator: str
    source: str
    weight: str
    full_score: str
    since: str
    until: str


class BranchScoreRow(NamedTuple):
    """One branch in the latest period. `rank_high` 0 = not ranked; `rank_low`–`rank_high` is the rank's interval.

    `rank`: 0 also where what is told of the votes leaves several. `score` and `grade`: "" also where they lie in
    `low` … `high` and in `grades`. `approval`: at the least; `approval_most`: at the most.
    """

    branch: Link
    code: str
    score: str
    low: str
    high: str
    grade: str
    grades: tuple[str, ...]
    approval: Ratio
    approval_most: Ratio
    approval_shown: bool
    low_pct: str
    high_pct: str
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class AssessmentPage(PageContext):
    """assessment/: how branches are assessed, and the result by area.

    `areas`: (link to assessment/<area_id>/, summary). `indicators`: those in force in the latest period; `others`:
    those of other periods, the newest first. `ladder`: (grade, minimum score).
    """

    summary: AreaAssessment | None
    areas: tuple[tuple[Link, AreaAssessment], ...]
    indicators: tuple[IndicatorRow, ...]
    others: tuple[IndicatorRow, ...]
    ladder: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AssessmentAreaPage(PageContext):
    """assessment/<area_id>/: every branch of one area in the latest period, by code."""

    breadcrumbs: tuple[Link, ...]
    name: str
    summary: AreaAssessment
    branches: tuple[BranchScoreRow, ...]
    ranked_count: int


def areas(source: Source) -> tuple[str, ...]:
    """Return the areas just under the topmost."""
    tree = source.edition.tree
    found = (area for top in tree.tops for area in tree.children.get(top, ()))
    return tuple(found) if source.facts.periods else ()


def once(_source: Source) -> list[tuple[str, ...]]:
    return [()]


def area_keys(source: Source) -> list[tuple[str, ...]]:
    return [(area,) for area in areas(source)]


def link(source: Source, area: str) -> Link:
    return Link(source.edition.names.area(area).label, f"assessment/{area}/")


def main_page(source: Source, _key: tuple[str, ...]) -> AssessmentPage:
    """Return the page of the assessment as a whole."""
    facts, edition = source
    title = edition.translate(mark("Assessment of branches"))
    tops, _ = edition.tree.tops, edition.translate
    below = tuple((link(source, area), found) for area in areas(source) if (found := summary(facts, area)))
    words = {name: _(text) for name, text in facts.measures.items()}
    current = facts.in_force.get(facts.latest, ())
    indicators = tuple(indicator_row(facts.indicators[code], words) for code in current)
    others = [indicator_row(row, words) for code, row in facts.indicators.items() if code not in current]
    ladder = tuple((name, plain(minimum)) for name, minimum in facts.ladder)
    sections = [
        (("areas", _(mark("By area"))), below), (("indicators", edition.title("indicator")), facts.indicators),
        (("ladder", edition.title("grade")), ladder),
    ]  # fmt: skip
    return AssessmentPage(
        head=edition.head(title, title, "assessment/", *(heading for heading, rows in sections if rows)),
        summary=summary(facts, tops[0]) if len(tops) == 1 else None,
        areas=below,
        indicators=indicators,
        others=tuple(sorted(others, key=lambda row: row.since, reverse=True)),
        ladder=ladder,
    )


def indicator_row(row: Mapping[str, Any], words: Mapping[str, str]) -> IndicatorRow:
    return IndicatorRow(
        name=row["name"],
        code=row["indicator_id"],
        kind=present(row, "kind"),
        definition=present(row, "definition"),
        formula=present(row, "formula"),
        expression=replaced(present(row, "expression"), words),
        direction=present(row, "direction"),
        evaluator=present(row, "evaluator"),
        source=present(row, "source"),
        weight=plain(Decimal(str(row["weight"]))),
        full_score=plain(Decimal(str(row["full_score"]))),
        since=day(row["valid_from_date"]),
        until=day(row["valid_to_date"]),
    )


def area_page(source: Source, key: tuple[str, ...]) -> AssessmentAreaPage:
    """Return the page of one area."""
    facts, edition = source
    (area,) = key
    found = summary(facts, area)
    assert found is not None  # noqa: S101 - `areas` names none before anything was assessed
    here = link(source, area)
    title = edition.translate(mark("{area}: assessment of branches")).format(area=here.label)
    return AssessmentAreaPage(
        head=edition.head(title, title, here.path, ("branches", edition.title("branch"))),
        breadcrumbs=(Link(edition.translate(mark("Assessment of branches")), "assessment/"),),
        name=here.label,
        summary=found,
        branches=tuple(branch_row(source, branch) for branch in edition.places.branches[area]),
        ranked_count=sum(1 for item in facts.approvals.values() if item.rank),
    )


def branch_row(source: Source, branch: str) -> BranchScoreRow:
    facts, edition = source
    score, voted = facts.score(branch), facts.approval(branch)
    shown, rank = voted.low_pct is not None, voted.rank
    return BranchScoreRow(
        branch=edition.names.branch(branch),
        code=branch,
        score=total(score),
        low=tenth(score and score.low),
        high=tenth(score and score.high),
        grade=(score and score.grade) or "",
        grades=score.grades if score else (),
        approval=voted.ratio,
        approval_most=voted.most,
        approval_shown=shown,
        low_pct=f"{voted.low_pct:.1f}" if shown else "",
        high_pct=f"{voted.high_pct:.1f}" if shown else "",
        rank=rank.rank if rank else 0,
        rank_low=rank.low if rank else 0,
        rank_high=rank.high if rank else 0,
    )


KINDS: tuple[Kind[Source], ...] = (
    Kind("assessment", "assessment/", "assessment.html", once, main_page),
    Kind("assessment_area", "assessment/{}/", "assessment_area.html", area_keys, area_page),
)
