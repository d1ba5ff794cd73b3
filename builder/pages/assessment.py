"""Assessment: one branch's block, an area's summary, and the pages under assessment/."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from builder.facts import BranchApproval, Score, Scores
from builder.facts import ScoreLine as Line
from builder.language import mark
from builder.model import Ratio
from builder.pages.context import (
    Approval,
    AreaAssessment,
    AssessmentAreaPage,
    AssessmentBlock,
    AssessmentPage,
    BranchScoreRow,
    GradeCount,
    IndicatorRow,
    Link,
    PeriodScore,
    ScoreLine,
    ScoreSheet,
)
from builder.pages.lists import as_records
from builder.pages.sources import Sources

__all__ = ["block", "pages", "responsible_branches", "summary"]

NO_APPROVAL = BranchApproval(Ratio(0, 0), None, None, None)


def plain(value: Decimal | None) -> str:
    """Return a decimal without trailing zeros, at most four places; "" for None."""
    if value is None:
        return ""
    return f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP).normalize():f}"


def total(score: Score | None) -> str:
    return f"{score.total:.1f}" if score and score.total is not None else ""


def indicators(source: Sources) -> Mapping[str, Mapping[str, Any]]:
    rows = as_records(source.tables["indicator"].fillna("")) if "indicator" in source.tables else []
    return {row["indicator_id"]: row for row in rows}


def block(source: Sources, branch: str, known: Mapping[str, Mapping[str, Any]]) -> AssessmentBlock | None:
    """Return how `branch` was assessed; None when the package has no assessment."""
    scores = source.facts.scores
    if scores is None:
        return None
    by_period = [(name, scores.scores.get((name, branch))) for name in reversed(scores.periods)]
    periods = tuple(PeriodScore(name, total(score), (score and score.grade) or "") for name, score in by_period)
    reported = [(name, score) for name, score in by_period if score]
    sheet = score_sheet(source, *reported[0], known) if reported else None
    return AssessmentBlock(source.names.branch(branch), sheet, periods)


def score_sheet(source: Sources, period: str, score: Score, known: Mapping[str, Mapping[str, Any]]) -> ScoreSheet:
    return ScoreSheet(
        period=period,
        lines=tuple(score_line(item, known[item.indicator_id]) for item in score.lines),
        total=total(score),
        grade=score.grade or "",
        missing=tuple(known[item.indicator_id]["name"] for item in score.lines if item.score is None),
        approvals=tuple(
            approval(item, known[item.indicator_id]["name"], source.tables.package.settings.minimum_ballots)
            for item in score.lines
            if item.ballots_issued
        ),
    )


def score_line(item: Line, indicator: Mapping[str, Any]) -> ScoreLine:
    return ScoreLine(
        indicator["name"], indicator.get("definition", ""), indicator.get("evaluator", ""),
        indicator.get("direction", ""), item.method, plain(item.weight), plain(item.score), plain(item.full_score),
        plain(item.points), item.evidence_url,
    )  # fmt: skip


def approval(item: Line, name: str, minimum: int) -> Approval:
    shown = item.approval.denominator >= minimum
    low, high = (f"{value:.1f}" for value in item.interval) if shown and item.interval else ("", "")
    return Approval(name, item.approval, low, high, item.ballots_issued, shown, item.votes if shown else ())


def responsible_branches(source: Sources, area: str) -> tuple[str, ...]:
    """Return the branches that answer for the grids in `area` (at any depth), by code."""
    tree = source.facts.ancestry
    found = {tree.responsible[grid] for grid in tree.grids.get(area, ()) if grid in tree.responsible}
    for child in tree.children.get(area, ()):
        found.update(responsible_branches(source, child))
    return tuple(sorted(found))


def summary(source: Sources, area: str) -> AreaAssessment | None:
    """Return the latest period's result over the branches of an area; None without assessment."""
    scores = source.facts.scores
    if scores is None or not scores.periods:
        return None
    branches = responsible_branches(source, area)
    found = [scores.scores.get((scores.latest, branch)) for branch in branches]
    grades = Counter(score.grade for score in found if score and score.grade)
    approvals = [scores.approvals.get(branch, NO_APPROVAL).ratio for branch in branches]
    return AreaAssessment(
        period=scores.latest,
        branch_count=len(branches),
        grades=tuple(GradeCount(name, grades[name]) for name, _ in scores.ladder),
        not_assessed=len(branches) - sum(1 for score in found if score and score.total is not None),
        approval=Ratio(sum(r.numerator for r in approvals), sum(r.denominator for r in approvals)),
    )


def pages(source: Sources) -> Iterator[tuple[str, AssessmentPage | AssessmentAreaPage]]:
    """Yield the page of the assessment and one page for each area just under the topmost."""
    scores = source.facts.scores
    if scores is None:
        return
    tree = source.facts.ancestry
    areas = [area for top in tree.tops for area in tree.children.get(top, ())]
    rows = [
        (Link(source.names.area(area).label, f"assessment/{area}/"), found)
        for area in areas
        if (found := summary(source, area))
    ]
    yield "assessment.html", main_page(source, scores, tuple(rows))
    for area, (link, found) in zip(areas, rows, strict=False):
        yield "assessment_area.html", area_page(source, scores, area, link, found)


def main_page(source: Sources, scores: Scores, areas: tuple[tuple[Link, AreaAssessment], ...]) -> AssessmentPage:
    title = source.translate(mark("Assessment of branches"))
    head = source.head(title, title, "assessment/", *(("areas",) if areas else ()), "indicators", "ladder")
    tops = source.facts.ancestry.tops
    in_force = scores.indicators.get(scores.latest, ())
    known = indicators(source)
    return AssessmentPage(
        head=head,
        summary=summary(source, tops[0]) if len(tops) == 1 else None,
        areas=areas,
        indicators=tuple(indicator_row(known[code]) for code in in_force),
        ladder=tuple((name, plain(minimum)) for name, minimum in scores.ladder),
    )


def indicator_row(row: Mapping[str, Any]) -> IndicatorRow:
    since, until = (str(row[name])[:10] for name in ("valid_from_date", "valid_to_date"))
    return IndicatorRow(
        row["name"], row.get("definition", ""), row.get("formula", ""), row.get("direction", ""),
        row.get("evaluator", ""), plain(Decimal(str(row["weight"]))),
        plain(Decimal(str(row["full_score"]))), f"{since} – {until}",
    )  # fmt: skip


def area_page(source: Sources, scores: Scores, area: str, link: Link, found: AreaAssessment) -> AssessmentAreaPage:
    title = source.translate(mark("{area}: assessment of branches")).format(area=link.label)
    rows = tuple(branch_row(source, scores, branch) for branch in responsible_branches(source, area))
    return AssessmentAreaPage(
        head=source.head(title, title, link.path, "branches"),
        breadcrumbs=(Link(source.translate(mark("Assessment of branches")), "assessment/"),),
        name=link.label,
        summary=found,
        branches=rows,
        ranked_count=sum(1 for item in scores.approvals.values() if item.rank),
    )


def branch_row(source: Sources, scores: Scores, branch: str) -> BranchScoreRow:
    score, voted = scores.scores.get((scores.latest, branch)), scores.approvals.get(branch, NO_APPROVAL)
    shown = voted.low_pct is not None
    rank = voted.rank
    return BranchScoreRow(
        source.names.branch(branch), branch, total(score), (score and score.grade) or "", voted.ratio, shown,
        f"{voted.low_pct:.1f}" if shown else "", f"{voted.high_pct:.1f}" if shown else "",
        *((rank.rank, rank.low, rank.high) if rank else (0, 0, 0)),
    )  # fmt: skip
