"""What a published figure is made of: a ratio, a period, a level of the tree, and where one thing stands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

__all__ = ["NO_RATIO", "Level", "Period", "Ratio", "Status", "added", "alone"]

Level = Literal["grid", "area", "branch"]


class Ratio(NamedTuple):
    """A published rate is always a pair of counts; a denominator of 0 means “no figure”, never 0 %."""

    numerator: int
    denominator: int


NO_RATIO = Ratio(0, 0)
"""No figure."""


def alone(count: int) -> Ratio:
    """Return a number that is a part of nothing, as the key figures and the cells of tables take it."""
    return Ratio(count, -1)


def added(*ratios: Ratio) -> Ratio:
    """Return the ratio of all counts together."""
    return Ratio(sum(item.numerator for item in ratios), sum(item.denominator for item in ratios))


class Period(NamedTuple):
    """Days `start` … `end`, both included."""

    start: date
    end: date


class Status(StrEnum):
    """Where one duty or case stands at as_of."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    UPCOMING = "upcoming"
    DONE = "done"
