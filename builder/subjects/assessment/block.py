"""Assessment on a page: one branch's block on its grids' pages and its own, an area's summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

from builder.language import Translator, mark
from builder.model import NO_RATIO, Block, Figure, Json, Link, Ratio, Unit
from builder.subjects.assessment.definitions import ASSESSED, COMPOSITE
from builder.subjects.assessment.detail import Detail, detail
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.protect import Score
from builder.subjects.assessment.shape import reasons
from builder.subjects.assessment.sheet import ScoreSheet, sheet, tenth, total
from builder.subjects.edition import Edition
from builder.subjects.sentence import counted
from builder.subjects.subject import Column

__all__ = [
    "AreaAssessment", "AreaBlock", "AssessmentBlock", "GradeCount", "PeriodScore", "block", "columns", "document",
    "figures", "summary",
]  # fmt: skip

class PeriodScore(NamedTuple):
    """A branch's result in one period; `score` and `grade` are "" when it was not assessed in full.

    `score`, `low`, `high`: as decimals; `score` "" also where only `low` … `high` is told, `grade` where only `grades`.
    `change`, or from `change` to `change_most`: since the assessed period before it, with its sign; "" where either
    has no score.
    """

    period: str
    score: str
    low: str
    high: str
    grade: str
    grades: tuple[str, ...]
    change: str
    change_most: str


@dataclass(frozen=True, slots=True)
class AssessmentBlock(Block):
    """How one branch was assessed; `sheet` is None when it never was. `periods` newest first.

    `shows_branch`: whose page this is not, so the block says who was assessed. `detail`: on the page of the branch.
    """

    template: ClassVar[str] = "assessment.html"
    anchor: ClassVar[str] = "assessment"

    branch: Link
    sheet: ScoreSheet | None
    periods: tuple[PeriodScore, ...]
    shows_branch: bool
    detail: Detail | None


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many branches reached one grade."""

    name: str
    count: int


class AreaAssessment(NamedTuple):
    """Branches that answer for grids in an area, in the latest period, by grade; the rest not assessed.

    `open_count`: assessed, but not enough is told for one grade. `approval`: at the least; `approval_most`: at most.
    """

    period: str
    branch_count: int
    grades: tuple[GradeCount, ...]
    open_count: int
    not_assessed: int
    approval: Ratio
    approval_most: Ratio


@dataclass(frozen=True, slots=True)
class AreaBlock(Block):
    """The branches of an area together."""

    template: ClassVar[str] = "assessment_area.html"
    anchor: ClassVar[str] = "assessment"

    summary: AreaAssessment


def block(facts: AssessmentFacts, unit: Unit, edition: Edition) -> AssessmentBlock | AreaBlock | None:
    """Return how a branch, the branch of a grid, or the branches of an area were assessed; None where there is none."""
    level, code = unit
    if level == "area":
        found = summary(facts, code)
        return AreaBlock(found) if found else None
    branch = edition.tree.responsible.get(code, "") if level == "grid" else code
    if level == "branch" and code not in edition.places.terms and not reported(facts, code):
        return None
    return branch_block(facts, branch, edition, level == "grid") if branch else None


def reported(facts: AssessmentFacts, branch: str) -> bool:
    return any((period, branch) in facts.scores for period in facts.periods)


def branch_block(facts: AssessmentFacts, branch: str, edition: Edition, shows_branch: bool) -> AssessmentBlock:
    by_period = [(name, facts.scores.get((name, branch))) for name in reversed(facts.periods)]
    latest = next(((name, score) for name, score in by_period if score), None)
    return AssessmentBlock(
        branch=edition.names.branch(branch),
        sheet=sheet(facts, *latest, edition.translate) if latest else None,
        periods=tuple(
            period_score(name, score, before)
            for (name, score), (_, before) in pairwise([*by_period, ("", None)])
        ),
        shows_branch=shows_branch,
        detail=detail(facts, latest[1]) if latest and not shows_branch else None,
    )


def period_score(name: str, score: Score | None, before: Score | None) -> PeriodScore:
    """Return the result in a period; `before`: in the one before it."""
    least, most = change(score, before)
    return PeriodScore(
        period=name,
        score=total(score),
        low=tenth(score and score.low),
        high=tenth(score and score.high),
        grade=(score and score.grade) or "",
        grades=score.grades if score else (),
        change=least,
        change_most=most if most != least else "",
    )


def change(score: Score | None, before: Score | None) -> tuple[str, str]:
    """Return the least and the most that the composite score has changed, with signs."""
    if not score or not before:
        return "", ""
    (low, high), (low_before, high_before) = (score.low, score.high), (before.low, before.high)
    if low is None or high is None or low_before is None or high_before is None:
        return "", ""
    least, most = (f"{value:+.1f}".replace("-", "−") for value in (low - high_before, high - low_before))
    return least, most


def summary(facts: AssessmentFacts, area: str) -> AreaAssessment | None:
    """Return the latest period's result over the branches of an area; None when nothing was ever assessed."""
    if not facts.periods:
        return None
    found = facts.areas[area]
    return AreaAssessment(
        period=facts.latest,
        branch_count=found.branch_count,
        grades=tuple(GradeCount(name, found.grades.get(name, 0)) for name, _ in facts.ladder),
        open_count=found.open_count,
        not_assessed=found.not_assessed,
        approval=found.approval,
        approval_most=found.approval_most,
    )


def figures(found: AssessmentBlock | AreaBlock, _unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of the assessment of one branch."""
    if isinstance(found, AreaBlock):
        return ()
    _ = edition.translate
    shown, label = found.sheet, _(mark("Assessment"))
    if not shown:
        return (Figure(label, COMPOSITE.anchor, text=_(mark("not assessed"))),)
    grade = in_words(shown.grade, shown.grades, ("", ""), _)
    score = in_words(shown.total, (), (shown.low, shown.high), _)
    result = " ".join(word for word in (grade, score) if word) or _(mark("not assessed"))
    parts = [counted(_, mark("{count} lines add up to it"), shown.added, "#assessment")]
    return (
        Figure(
            label, COMPOSITE.anchor, text=result, period=shown.period, path="#assessment",
            counts=tuple(parts) if shown.total else (),
        ),
    )  # fmt: skip


def in_words(result: str, grades: Sequence[str], band: tuple[str, str], translate: Translator) -> str:
    """Return a grade or a score, or between which it lies; "" for none."""
    worst, best = (grades[-1], grades[0]) if len(grades) > 1 and grades[-1] else band
    if result or not worst:
        return result
    return translate(mark("{low} to {high}")).format(low=worst, high=best)


def columns(facts: AssessmentFacts, edition: Edition, are_grids: bool) -> tuple[Column[AssessmentFacts], ...]:
    """Return the columns of the table that puts children side by side: a grid's grade, or how many are assessed."""
    if not facts.periods:
        return ()
    _ = edition.translate
    if not are_grids:
        return (Column(_(ASSESSED.name), ASSESSED.anchor, assessed),)
    none, responsible = _(mark("not assessed")), edition.tree.responsible

    def grade(facts: AssessmentFacts, unit: Unit) -> str:
        score = facts.score(responsible.get(unit.code, ""))
        return (score and in_words(score.grade or "", score.grades, ("", ""), _)) or none

    return (Column(edition.label("grade", "name"), "", grade),)


def assessed(facts: AssessmentFacts, unit: Unit) -> Ratio:
    found = facts.areas.get(unit.code)
    return ASSESSED.of(found) if found else NO_RATIO


def document(found: AssessmentBlock | AreaBlock) -> Json:
    """Return the block of a branch for data.json."""
    if isinstance(found, AreaBlock):
        return None
    return {
        "branch_id": found.branch.path.split("/")[1],
        "periods": [
            {
                "period": p.period,
                "score": p.score or None,
                "score_low": p.low or None,
                "score_high": p.high or None,
                "grade": p.grade or None,
                **reasons(p.score, p.low),
            }
            for p in found.periods
        ],
        "lines": [
            {
                "indicator_id": line.indicator_id,
                "indicator": line.indicator,
                "weight": line.weight,
                "score": line.score or None,
                "score_low": line.low or None,
                "score_high": line.high or None,
                "full_score": line.full_score,
                "points": line.points or None,
                "points_low": line.points_low or None,
                "points_high": line.points_high or None,
                **reasons(line.score, line.low, line.withheld),
            }
            for line in (found.sheet.lines if found.sheet else ())
        ],
    }
