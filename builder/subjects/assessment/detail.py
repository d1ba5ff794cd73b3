"""What the page of a branch adds to its score: bars, who said what, and what is missing for the next grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from builder.frames import present
from builder.model import Ratio, added
from builder.subjects.assessment.approval import interval
from builder.subjects.assessment.chart import Step, StepChart, chart
from builder.subjects.assessment.effect import PENALTY, SCORED, VETO
from builder.subjects.assessment.formula import decimal
from builder.subjects.assessment.ladder import distance
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.protect import Score, ScoreLine
from builder.subjects.assessment.sheet import places, plain

__all__ = ["Detail", "NextGrade", "RoomRow", "VoiceRow", "detail"]


class VoiceRow(NamedTuple):
    """What one kind of evaluator said of a branch; `points` and `share_pct` "" where one of its scores is missing.

    `points_most`, `share_most_pct`: "" where `points` is exact, and otherwise it is what is certain, and they the most.
    `is_withheld`: there were ballots, and nothing is told of them.
    """

    evaluator: str
    indicators: tuple[str, ...]
    points: str
    points_most: str
    weight: str
    share_pct: str
    share_most_pct: str
    approval: Ratio
    approval_most: Ratio
    is_withheld: bool
    low_pct: str
    high_pct: str


class RoomRow(NamedTuple):
    """What one indicator could add; `score`: at which it would be enough by itself, "" where it cannot be.

    `points`, or from `least` to `points`; `now`, or from `low` to `high`: "" where there is none.
    """

    indicator: str
    least: str
    points: str
    now: str
    low: str
    high: str
    score: str
    full_score: str


class NextGrade(NamedTuple):
    """The next better grade and what is missing; numbers as plain decimals. `least`: "" where `missing` is exact."""

    grade: str
    minimum: str
    least: str
    missing: str
    rooms: tuple[RoomRow, ...]


class Detail(NamedTuple):
    """`chart` None without a composite score; `next` None in the best grade, under a veto, or without one grade.

    `ladder`: (grade, minimum), best first.
    """

    chart: StepChart | None
    voices: tuple[VoiceRow, ...]
    next: NextGrade | None
    ladder: tuple[tuple[str, str], ...]


def detail(facts: AssessmentFacts, score: Score) -> Detail:
    """Return the detail of a score."""
    return Detail(
        chart=chart([step(facts, line) for line in score.lines if given(line)]) if score.low is not None else None,
        voices=voices(facts, score),
        next=following(facts, score),
        ladder=tuple((name, plain(minimum)) for name, minimum in facts.ladder),
    )


def given(line: ScoreLine) -> bool:
    """Return whether a line stands in the chart: ordinary ones always, the others where they occurred."""
    return line.effect == SCORED or bool(line.most and line.effect != VETO)


def step(facts: AssessmentFacts, line: ScoreLine) -> Step:
    is_minus = line.effect == PENALTY
    least, most = line.least or Fraction(0), line.most or Fraction(0)
    points = most if is_minus else least  # the bar ends at what is certain
    told = places(least) if least == most else f"{places(least)}–{places(most)}"
    text = f"−{told}" if is_minus else f"{told} / {plain(line.weight)}"
    weight = Fraction(0) if is_minus else Fraction(line.weight)
    return Step(name(facts, line), text, -points if is_minus else points, weight)


def name(facts: AssessmentFacts, line: ScoreLine) -> str:
    return str(facts.indicators[line.indicator_id]["name"])


def voices(facts: AssessmentFacts, score: Score) -> tuple[VoiceRow, ...]:
    """Return who said what, in the order of the indicators; nothing where the package does not say who did."""
    found: dict[str, list[ScoreLine]] = {}
    for line in score.lines:
        evaluator = present(facts.indicators[line.indicator_id], "evaluator")
        if evaluator and line.effect == SCORED:
            found.setdefault(evaluator, []).append(line)
    return tuple(voice(facts, evaluator, lines) for evaluator, lines in found.items())


def voice(facts: AssessmentFacts, evaluator: str, lines: Sequence[ScoreLine]) -> VoiceRow:
    ends = [(line.least, line.most) for line in lines if line.least is not None and line.most is not None]
    weight = sum((Fraction(line.weight) for line in lines), Fraction(0))
    is_whole = len(ends) == len(lines)
    least, most = (sum(end, Fraction(0)) for end in zip(*ends, strict=True)) if ends else (Fraction(0), Fraction(0))
    approval = added(*(line.approval for line in lines))
    approval_most = added(*(line.approval_most for line in lines))
    shown = approval.denominator >= max(facts.minimum_ballots, 1)
    low, high = (f"{value:.1f}" for value in interval(approval, approval_most)) if shown else ("", "")
    return VoiceRow(
        evaluator=evaluator,
        indicators=tuple(name(facts, line) for line in lines),
        points=places(least) if is_whole else "",
        points_most=places(most) if is_whole and most > least else "",
        weight=places(weight),
        share_pct=f"{decimal(100 * least / weight, 1):f}" if is_whole and weight else "",
        share_most_pct=f"{decimal(100 * most / weight, 1):f}" if is_whole and weight and most > least else "",
        approval=approval,
        approval_most=approval_most,
        is_withheld=not approval.denominator and any(line.withheld for line in lines),
        low_pct=low,
        high_pct=high,
    )


def following(facts: AssessmentFacts, score: Score) -> NextGrade | None:
    """Return the next grade and where what is missing could come from."""
    found, lines = distance(score, facts.ladder), {line.indicator_id: line for line in score.lines}
    return found and NextGrade(
        grade=found.grade,
        minimum=plain(found.minimum),
        least=plain(found.least) if found.least != found.missing else "",
        missing=plain(found.missing),
        rooms=tuple(
            RoomRow(
                indicator=name(facts, lines[room.indicator_id]),
                least=places(room.least) if room.least != room.points else "",
                points=places(room.points),
                now=plain(lines[room.indicator_id].score),
                low=plain(lines[room.indicator_id].low),
                high=plain(lines[room.indicator_id].high),
                score=plain(room.score),
                full_score=plain(lines[room.indicator_id].full_score),
            )
            for room in found.rooms
        ),
    )
