"""What a branch lacks for the next grade, and in which indicators it could come from. Exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from builder.subjects.assessment.effect import PENALTY, SIGNS, VETO
from builder.subjects.assessment.protect import Score, ScoreLine

__all__ = ["Distance", "Room", "distance"]


class Room(NamedTuple):
    """What one indicator could still add to the composite score, in points: at least and at most.

    `score`: the score (one decimal) at which this indicator alone would reach the next grade; None where it cannot, or
    where only the range of a score is told.
    """

    indicator_id: str
    least: Fraction
    points: Fraction
    score: Decimal | None


class Distance(NamedTuple):
    """The next better grade, its minimum, the points missing, and where they could come from, the most first.

    `least` … `missing`: the points, both the same where the composite score is told.
    """

    grade: str
    minimum: Decimal
    least: Decimal
    missing: Decimal
    rooms: tuple[Room, ...]


def distance(score: Score, ladder: Sequence[tuple[str, Decimal]]) -> Distance | None:
    """Return how far the next grade is; None in the best one, without one grade or composite score, under a veto."""
    if score.low is None or score.high is None or score.is_vetoed:
        return None
    above = [(name, minimum) for name, minimum in ladder if minimum > score.low]
    if not above or above[-1][1] <= score.high:
        return None
    name, minimum = above[-1]
    reached = tenths(ceil(minimum * 10))
    missing = reached - score.low
    # a sum below 0 counts as 0, but what is below it must be made up for too
    debt = max(Fraction(0), -sum((SIGNS[line.effect] * (line.points or 0) for line in score.lines), Fraction(0)))
    needed = debt + Fraction(missing)
    is_told = score.total is not None
    rooms = [
        Room(line.indicator_id, room(line, is_most=False), found, raised(line, needed) if is_told else None)
        for line in score.lines
        if (found := room(line, is_most=True)) > 0
    ]
    rooms = sorted(rooms, key=lambda item: -item.points)
    return Distance(name, minimum, reached - score.high, missing, tuple(rooms))


def room(line: ScoreLine, is_most: bool) -> Fraction:
    """Return how many points a better score could add: what is lost of the weight, or what a penalty took."""
    if line.effect == VETO:
        return Fraction(0)
    given = (line.most if is_most is (line.effect == PENALTY) else line.least) or Fraction(0)
    return given if line.effect == PENALTY else Fraction(line.weight) - given


def raised(line: ScoreLine, needed: Fraction) -> Decimal | None:
    """Return the score of one line that adds `needed` points; None where there is not so much room."""
    if room(line, is_most=True) < needed:
        return None
    score, step = Fraction(line.score or 0), needed * Fraction(line.full_score) / Fraction(line.weight)
    if line.effect == PENALTY:
        return tenths(floor((score - step) * 10))
    return min(tenths(ceil((score + step) * 10)), line.full_score)


def tenths(number: int) -> Decimal:
    return Decimal(number).scaleb(-1)
