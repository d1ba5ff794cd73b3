"""One branch's score as its arithmetic: lines, sum, what is missing, and what the ballots say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from builder.frames import present
from builder.model import Ratio
from builder.subjects.assessment.approval import interval
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.protect import Score, ScoreLine

__all__ = ["Approval", "ScoreSheet", "SheetLine", "plain", "sheet", "total"]


class SheetLine(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One period in full. `total` "" (and no grade) when `missing` names indicators without a score."""

    period: str
    lines: tuple[SheetLine, ...]
    total: str
    grade: str
    missing: tuple[str, ...]
    approvals: tuple[Approval, ...]


def plain(value: Decimal | None) -> str:
    """Return a decimal without trailing zeros, at most four places; "" for None."""
    if value is None:
        return ""
    return f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP).normalize():f}"


def total(score: Score | None) -> str:
    """Return the composite score with one decimal, "" for none."""
    return f"{score.total:.1f}" if score and score.total is not None else ""


def sheet(facts: AssessmentFacts, period: str, score: Score) -> ScoreSheet:
    """Return the arithmetic of a score."""
    names = {item.indicator_id: facts.indicators[item.indicator_id]["name"] for item in score.lines}
    return ScoreSheet(
        period=period,
        lines=tuple(line(item, facts.indicators[item.indicator_id]) for item in score.lines),
        total=total(score),
        grade=score.grade or "",
        missing=tuple(names[item.indicator_id] for item in score.lines if item.score is None),
        approvals=tuple(
            approval(item, names[item.indicator_id], facts.minimum_ballots)
            for item in score.lines
            if item.ballots_issued
        ),
    )


def line(item: ScoreLine, indicator: Mapping[str, Any]) -> SheetLine:
    return SheetLine(
        indicator=indicator["name"],
        definition=present(indicator, "definition"),
        evaluator=present(indicator, "evaluator"),
        direction=present(indicator, "direction"),
        method=item.method,
        weight=plain(item.weight),
        score=plain(item.score),
        full_score=plain(item.full_score),
        points=plain(item.points),
        evidence_url=item.evidence_url,
    )


def approval(item: ScoreLine, name: str, minimum: int) -> Approval:
    shown = item.approval.denominator >= minimum
    low, high = (f"{value:.1f}" for value in interval(item.approval)) if shown else ("", "")
    return Approval(
        indicator=name, ratio=item.approval, low_pct=low, high_pct=high, issued=item.ballots_issued, shown=shown,
        votes=item.votes if shown else (),
    )  # fmt: skip
