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
    """What one indicator could still add to the composite score, in points.

    `score`: the score (one decimal) at which this indicator alone would reach the next grade; None where it cannot.
    """

    indicator_id: str
    points: Fraction
    score: Decimal | None


class Distance(NamedTuple):
    """The next better grade, its minimum, the points missing, and where they could come from, the most first."""

    grade: str
    minimum: Decimal
    missing: Decimal
    rooms: tuple[Room, ...]


def distance(score: Score, ladder: Sequence[tuple[str, Decimal]]) -> Distance | None:
    """Return how far the next grade is; None in the best one, without a composite score, and under a veto."""
    if score.total is None or score.is_vetoed:
        return None
    above = [(name, minimum) for name, minimum in ladder if minimum > score.total]
    if not above:
        return None
    name, minimum = above[-1]
    missing = tenths(ceil(minimum * 10)) - score.total
    # a sum below 0 counts as 0, but what is below it must be made up for too
    debt = max(Fraction(0), -sum((SIGNS[line.effect] * (line.points or 0) for line in score.lines), Fraction(0)))
    needed = debt + Fraction(missing)
    rooms = [Room(line.indicator_id, found, raised(line, needed)) for line in score.lines if (found := room(line)) > 0]
    return Distance(name, minimum, missing, tuple(sorted(rooms, key=lambda item: -item.points)))


def room(line: ScoreLine) -> Fraction:
    """Return how many points a better score could add: what is lost of the weight, or what a penalty took."""
    if line.effect == VETO:
        return Fraction(0)
    given = line.points or Fraction(0)
    return given if line.effect == PENALTY else Fraction(line.weight) - given


def raised(line: ScoreLine, needed: Fraction) -> Decimal | None:
    """Return the score of one line that adds `needed` points; None where there is not so much room."""
    if room(line) < needed:
        return None
    score, step = Fraction(line.score or 0), needed * Fraction(line.full_score) / Fraction(line.weight)
    if line.effect == PENALTY:
        return tenths(floor((score - step) * 10))
    return min(tenths(ceil((score + step) * 10)), line.full_score)


def tenths(number: int) -> Decimal:
    return Decimal(number).scaleb(-1)
