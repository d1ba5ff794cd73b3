"""One branch's score as its arithmetic: lines, sum, what is missing, and what the ballots say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from builder.frames import present
from builder.language import Translator
from builder.model import Ratio
from builder.subjects.assessment.approval import interval
from builder.subjects.assessment.computation import Computation
from builder.subjects.assessment.effect import PENALTY, SCORED, VETO
from builder.subjects.assessment.formula import agree, decimal, replaced
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.protect import Score, ScoreLine

__all__ = ["Approval", "ScoreSheet", "SheetLine", "Worked", "approval", "places", "plain", "sheet", "total"]


class Worked(NamedTuple):
    """A formula over data, worked out: in words, with its numbers, its counts, its result ("": it divides by 0).

    `agrees`: the stated score is the computed one; False also where there is none to compare.
    """

    words: str
    filled: str
    inputs: tuple[tuple[str, int], ...]
    result: str
    agrees: bool


class SheetLine(NamedTuple):
    """One indicator's line of the arithmetic: weight × score ÷ full score = points. Missing score: "" and "".

    Where a score is not told, `low` … `high` is what it lies in, and `withheld` why (one of `ballots.WITHHELD`).

    `kind`: what the package calls its effect, "" for an ordinary one; `sign`: "−" before the points of a penalty;
    `is_veto`: it gives no points. `worked`: its formula over data, None when it has none, and where `is_uncounted`: it
    has one, but what it counts is not published of this period.
    """

    indicator: str
    kind: str
    definition: str
    evaluator: str
    direction: str
    method: str
    weight: str
    score: str
    full_score: str
    sign: str
    points: str
    is_veto: bool
    evidence_url: str
    worked: Worked | None
    is_uncounted: bool
    low: str
    high: str
    points_low: str
    points_high: str
    withheld: str
    indicator_id: str = ""


class Approval(NamedTuple):
    """Favourable ÷ valid ballots with the Wilson 95 % interval in percent; `shown` False where nothing is told.

    `ratio`: at the least; `most`: at the most. `withheld`: why something is not told, one of `ballots.WITHHELD` or "".
    `formula`: how the score follows from the votes, in the package's words, "" where it does not say or there is none.
    """

    indicator: str
    withheld: str
    ratio: Ratio
    most: Ratio
    low_pct: str
    high_pct: str
    issued: int
    shown: bool
    votes: tuple[tuple[str, int], ...]
    formula: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One period in full. `low`, `high` "" (and no grade) when `missing` names indicators without a score.

    `total`: "" also where it lies somewhere from `low` to `high`; `grade`: "" also where it may be any of `grades`.
    """

    period: str
    lines: tuple[SheetLine, ...]
    total: str
    low: str
    high: str
    grade: str
    grades: tuple[str, ...]
    is_vetoed: bool
    missing: tuple[str, ...]
    approvals: tuple[Approval, ...]

    @property
    def added(self) -> int:
        """How many lines add up to the score: those with points, known or in a range."""
        return sum(1 for line in self.lines if (line.points or line.points_high) and not line.is_veto)


def plain(value: Decimal | None) -> str:
    """Return a decimal as it is, without trailing zeros; "" for None."""
    return "" if value is None else f"{value.normalize():f}"


def places(value: Fraction | None) -> str:
    """Return a fraction without trailing zeros, at most four places; "" for None."""
    return "" if value is None else plain(decimal(value, 4))


def total(score: Score | None) -> str:
    """Return the composite score with one decimal, "" for none."""
    return tenth(score.total) if score else ""


def tenth(value: Decimal | None) -> str:
    """Return a composite score with one decimal, "" for none."""
    return "" if value is None else f"{value:.1f}"


def sheet(facts: AssessmentFacts, period: str, score: Score, translate: Translator) -> ScoreSheet:
    """Return the arithmetic of a score."""
    names = {item.indicator_id: facts.indicators[item.indicator_id]["name"] for item in score.lines}
    words = {name: translate(text) for name, text in facts.measures.items()}
    return ScoreSheet(
        period=period,
        lines=tuple(line(item, facts.indicators[item.indicator_id], words) for item in score.lines),
        total=total(score),
        low=tenth(score.low),
        high=tenth(score.high),
        grade=score.grade or "",
        grades=score.grades,
        is_vetoed=score.is_vetoed,
        missing=tuple(
            names[item.indicator_id] for item in score.lines if item.low is None and item.effect == SCORED
        ),
        approvals=tuple(
            approval(item, facts.indicators[item.indicator_id])
            for item in score.lines
            if item.withheld or is_voted(item)
        ),
    )


def line(item: ScoreLine, indicator: Mapping[str, Any], words: Mapping[str, str]) -> SheetLine:
    return SheetLine(
        indicator=indicator["name"],
        kind="" if item.effect == SCORED else present(indicator, "kind"),
        definition=present(indicator, "definition"),
        evaluator=present(indicator, "evaluator"),
        direction=present(indicator, "direction"),
        method=item.method,
        weight=plain(item.weight),
        score=plain(item.score),
        full_score=plain(item.full_score),
        sign="−" if item.effect == PENALTY and item.most else "",
        points=places(item.points),
        is_veto=item.effect == VETO,
        evidence_url=item.evidence_url,
        worked=worked(item.computation, item.score, words) if item.computation else None,
        is_uncounted=bool(present(indicator, "expression")) and not item.computation,
        low=plain(item.low) if item.score is None else "",
        high=plain(item.high) if item.score is None else "",
        points_low=places(item.least) if item.score is None else "",
        points_high=places(item.most) if item.score is None else "",
        withheld=item.withheld,
        indicator_id=item.indicator_id,
    )


def worked(found: Computation, stated: Decimal | None, words: Mapping[str, str]) -> Worked:
    """Return a formula worked out."""
    return Worked(
        words=replaced(found.formula, words),
        filled=replaced(found.formula, {name: str(value) for name, value in found.inputs}),
        inputs=tuple((words.get(name, name), value) for name, value in found.inputs),
        result=places(found.result),
        agrees=stated is not None and found.result is not None and agree(stated, found.result),
    )


def is_voted(item: ScoreLine) -> bool:
    return bool(item.approval.denominator or item.votes)


def approval(item: ScoreLine, indicator: Mapping[str, Any]) -> Approval:
    """Return what the ballots of one line say."""
    shown = is_voted(item)
    least, most = item.approval, item.approval_most
    low, high = (f"{value:.1f}" for value in interval(least, most)) if least.denominator else ("", "")
    return Approval(
        indicator=indicator["name"], withheld=item.withheld, ratio=least, most=most, low_pct=low, high_pct=high,
        issued=item.ballots_issued, shown=shown, votes=item.votes,
        formula=present(indicator, "formula") if item.score is not None else "",
    )  # fmt: skip
