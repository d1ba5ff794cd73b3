"""Approval and rank. Wilson score interval: Wilson 1927, JASA 22:209–212."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import NamedTuple

from builder.model import Ratio, added
from builder.subjects.assessment.protect import Score

__all__ = ["BranchApproval", "Rank", "approvals", "interval", "wilson"]

Z = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


class Rank(NamedTuple):
    """Place by approval among ranked branches; the true place lies in low … high as far as the ballots tell.

    `rank`: 0 where what is told of the votes leaves several places.
    """

    rank: int
    low: int
    high: int


class BranchApproval(NamedTuple):
    """Favourable ÷ valid ballots over all voted indicators of a period, with the Wilson 95 % interval in percent.

    `ratio`: the favourable ballots that are certain; `most`: those that there can be. The interval holds that of each.
    """

    ratio: Ratio
    most: Ratio
    low_pct: Decimal | None
    high_pct: Decimal | None
    rank: Rank | None


def wilson(ratio: Ratio) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion, as shares 0 … 1. The denominator must not be 0."""
    n, p = ratio.denominator, ratio.numerator / ratio.denominator
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    margin = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - margin), min(1.0, middle + margin)


def percent(share: float) -> Decimal:
    return (Decimal(repr(share)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def interval(ratio: Ratio, most: Ratio | None = None) -> tuple[Decimal, Decimal]:
    """Return the Wilson interval in percent with one decimal, from that of `ratio` to that of `most`."""
    return percent(wilson(ratio)[0]), percent(wilson(most or ratio)[1])


def approvals(
    scores: Mapping[str, Score], minimum_ballots: int, minimum_ranked: int
) -> Mapping[str, BranchApproval]:
    """Return each branch's approval over all its voted indicators, ranked among those with enough ballots."""
    ratios = {
        branch: (added(*(line.approval for line in item.lines)), added(*(line.approval_most for line in item.lines)))
        for branch, item in scores.items()
    }
    enough = {b: pair for b, pair in ratios.items() if pair[0].denominator >= max(minimum_ballots, 1)}
    bounds = {b: (wilson(least)[0], wilson(most)[1]) for b, (least, most) in enough.items()}
    ranked = ranks({b: pair for b, pair in enough.items() if pair[0].denominator >= minimum_ranked}, bounds)
    result = {}
    for branch, (least, most) in ratios.items():
        low, high = interval(least, most) if branch in bounds else (None, None)
        result[branch] = BranchApproval(least, most, low, high, ranked.get(branch))
    return result


def ranks(
    ratios: Mapping[str, tuple[Ratio, Ratio]], bounds: Mapping[str, tuple[float, float]]
) -> dict[str, Rank]:
    """Return place 1 … n by the favourable share, which lies between two ratios; equal shares share a place.

    The interval holds every place that overlapping Wilson intervals allow: those surely better come before
    it, those surely worse after it.
    """
    shares = {branch: (share(least), share(most)) for branch, (least, most) in ratios.items()}
    least, most = (sorted(pair[end] for pair in shares.values()) for end in (0, 1))
    lows, highs = sorted(bounds[b][0] for b in ratios), sorted(bounds[b][1] for b in ratios)
    count = len(shares)
    result = {}
    for branch, (low, high) in shares.items():
        before = count - bisect_right(least, high)  # those whose share is larger whatever the votes
        possible = count - bisect_right(most, low) - (high > low)  # those whose share may be larger, but for itself
        result[branch] = Rank(
            rank=1 + before if before == possible else 0,
            low=1 + count - bisect_right(lows, bounds[branch][1]),
            high=count - bisect_left(highs, bounds[branch][0]),
        )
    return result


def share(ratio: Ratio) -> float:
    return ratio.numerator / ratio.denominator
