"""The geometry of the chart of months: zero-based bars on whole user units, so that templates only print numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Bar", "Chart", "chart"]

HEIGHT, BASE, TOP = 180, 132, 18
MARGIN, DIGIT = 8, 11  # room for the scale: a digit of 18 px type is 10 to 11 units wide; on a phone a unit is .85 px
STEP, BAR = 28, 10
WIDTH, YEAR_STEP = 336, 4  # twelve months of STEP; a year's number is as wide as twelve months of YEAR_STEP


class Bar(NamedTuple):
    """One month of a chart. x, heights and y positions are in the SVG's user units.

    `label`: the month's number, "" where there is no room for it; `year`: stands below the first month of each year.
    `before`: received in the same month a year before, None where that is not known; `before_y`: where its mark is.
    """

    month: str
    label: str
    year: str
    before: int | None
    before_y: int
    received: int
    resolved: int
    x: int
    received_y: int
    received_height: int
    resolved_y: int
    resolved_height: int


class Chart(NamedTuple):
    """Months of received and resolved cases: bars of `bar_width`, zero line at `base`.

    `partial`: the last month is not over. `ticks`: (y, label) of the scale. `compares`: a year before is known of some
    month.
    """

    width: int
    height: int
    base: int
    bar_width: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    partial: bool
    compares: bool


def chart(
    months: Sequence[tuple[str, int, int]], is_partial: bool, before: Sequence[int | None] = ()
) -> Chart:
    """Return bars for (month, received, resolved) in order; `is_partial`: the last month is not over.

    `before`: received in the same months a year before, None where that is not known. More than a dozen months are
    drawn closer together; years then stand on the axis without months.
    """
    earlier = before or [None] * len(months)
    top = nice(max((max(numbers) for _, *numbers in months), default=0))
    top = max(top, nice(max((number or 0 for number in earlier), default=0)))
    left = MARGIN + DIGIT * len(str(top))
    step = STEP if len(months) <= 12 else max(YEAR_STEP, WIDTH // len(months))
    bar_width = BAR if step == STEP else max(1, (step - 1) * 3 // 8)
    years = year_labels([month for month, _, _ in months], step)
    bars = tuple(
        Bar(
            month=month,
            label=str(int(month[5:])) if step == STEP else "",
            year=year,
            before=number,
            before_y=BASE - length(number or 0, top),
            received=received,
            resolved=resolved,
            x=left + step * place,
            received_y=BASE - length(received, top),
            received_height=length(received, top),
            resolved_y=BASE - length(resolved, top),
            resolved_height=length(resolved, top),
        )
        for place, ((month, received, resolved), year, number) in enumerate(zip(months, years, earlier, strict=True))
    )
    ticks = tuple((BASE - length(value, top), str(value)) for value in sorted({0, top // 2, top}))
    is_known = any(number is not None for number in earlier)
    return Chart(left + step * len(months) + 4, HEIGHT, BASE, bar_width, bars, ticks, is_partial, is_known)


def year_labels(months: Sequence[str], step: int) -> list[str]:
    """Return the year below each January and below the first month, "" elsewhere and where two would touch."""
    first_january = next((place for place, month in enumerate(months) if month.endswith("-01")), len(months))
    room = first_january * step >= DIGIT * 5
    return [
        month[:4] if month.endswith("-01") or (place == 0 and room) else "" for place, month in enumerate(months)
    ]


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
