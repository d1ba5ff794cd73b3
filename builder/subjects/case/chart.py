"""The geometry of the twelve-month chart: zero-based bars on whole user units, so that templates only print numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Bar", "Chart", "chart"]

HEIGHT, BASE, TOP = 160, 132, 18
MARGIN, DIGIT = 8, 11  # room for the scale: a digit of 18 px type is 10 to 11 units wide
STEP, BAR = 40, 15


class Bar(NamedTuple):
    """One month of a chart. x, heights and y positions are in the SVG's user units."""

    month: str
    label: str
    received: int
    resolved: int
    x: int
    received_y: int
    received_height: int
    resolved_y: int
    resolved_height: int


class Chart(NamedTuple):
    """Twelve months of received and resolved cases: bars of `bar_width`, zero line at `base`.

    `partial`: the last month is not over. `ticks`: (y, label) of the scale.
    """

    width: int
    height: int
    base: int
    bar_width: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    partial: bool


def chart(months: Sequence[tuple[str, int, int]], is_partial: bool) -> Chart:
    """Return bars for (month, received, resolved) in order; `is_partial`: the last month is not over."""
    top = nice(max((max(received, resolved) for _, received, resolved in months), default=0))
    left = MARGIN + DIGIT * len(str(top))
    bars = tuple(
        Bar(
            month=month,
            label=str(int(month[5:])),
            received=received,
            resolved=resolved,
            x=left + STEP * place,
            received_y=BASE - length(received, top),
            received_height=length(received, top),
            resolved_y=BASE - length(resolved, top),
            resolved_height=length(resolved, top),
        )
        for place, (month, received, resolved) in enumerate(months)
    )
    ticks = tuple((BASE - length(value, top), str(value)) for value in sorted({0, top // 2, top}))
    return Chart(left + STEP * len(months) + 4, HEIGHT, BASE, BAR, bars, ticks, is_partial)


def length(value: int, top: int) -> int:
    return round((BASE - TOP) * value / top)


def nice(value: int) -> int:
    """Return the smallest of 2, 4, 10, 20, 40, 100 … that is not below `value`: half of it is a whole number."""
    scale = 1
    while True:
        for step in (2, 4, 10):
            if value <= step * scale:
                return step * scale
        scale *= 10
