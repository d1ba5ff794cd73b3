"""Kaplan–Meier median from a day histogram (Kaplan & Meier 1958, JASA 53:457–481).

Cases still open are censored at the days they have been open: leaving a case open cannot make the median
shorter, as a plain median over closed cases would.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["survival_median"]

HALF = 0.5 + 1e-12
"""A product that is exactly one half may come out a rounding error above it."""


def survival_median(histogram: Iterable[tuple[int, int, int]], total: int) -> int | None:
    """Return the first day on which at most half of `total` cases are unresolved; None if that is never seen.

    `histogram`: (days, resolved, censored) in order of days; a case censored on a day was at risk on it.
    """
    survival, at_risk = 1.0, total
    for days, resolved, censored in histogram:
        if resolved:
            survival *= 1 - resolved / at_risk
            if survival <= HALF:
                return days
        at_risk -= resolved + censored
    return None
