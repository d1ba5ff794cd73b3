"""The geometry of the bars from the first point to the composite score: templates only print its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Step", "StepBar", "StepChart", "chart"]

WIDTH, ROW, BAR, TEXT = 360, 46, 16, 18
FULL = 100


class Step(NamedTuple):
    """One indicator: what it adds (a penalty: less than 0), and the most it could (0 for a penalty); `text`: so."""

    name: str
    text: str
    points: Fraction
    weight: Fraction


class StepBar(NamedTuple):
    """One bar, in the SVG's user units: `left`, `width` of what was given, `room` to the right of it that was not."""

    name: str
    text: str
    text_y: int
    y: int
    left: int
    width: int
    room: int
    is_minus: bool


class StepChart(NamedTuple):
    """Bars from the top down, each beginning where the one before ended; the scale is 0 … 100 or more."""

    width: int
    height: int
    bar_height: int
    bars: tuple[StepBar, ...]


def chart(steps: Sequence[Step]) -> StepChart:
    """Return a bar a step."""
    ends = [sum((step.points for step in steps[: place + 1]), Fraction(0)) for place in range(len(steps))]
    starts = [Fraction(0), *ends[:-1]]
    top = max([Fraction(FULL), *ends, *(start + step.weight for start, step in zip(starts, steps, strict=True))])

    def x(value: Fraction) -> int:
        return round(WIDTH * max(value, Fraction(0)) / top)

    bars = tuple(
        StepBar(
            name=step.name,
            text=step.text,
            text_y=ROW * place + TEXT,
            y=ROW * place + TEXT + 6,
            left=x(min(start, end)),
            width=abs(x(end) - x(start)),
            room=max(0, x(start + step.weight) - x(end)) if step.points >= 0 else 0,
            is_minus=step.points < 0,
        )
        for place, (step, start, end) in enumerate(zip(steps, starts, ends, strict=True))
    )
    return StepChart(WIDTH, ROW * len(steps), BAR, bars)
