"""The few classes that a map is coloured by: what each means in words, and which place is in which.

Always holds: each place is in one class. A share over a small denominator is in none of the shares', and red is
what is still overdue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from builder.language import Translator, fill, mark
from builder.model import Ratio, Unit
from builder.pages.children import Cell

__all__ = ["NONE", "Classes", "MapClass", "classes", "percent", "plain", "spoken"]

NONE = "m0"
"""The fill of places of which there is no figure, or too small a one."""

FILLS, LATE = ("m1", "m2", "m3", "m4"), ("r0", "r1", "r2", "r3")
"""From the least to the most; templates/parts/map.html draws them."""

SHARES = (60, 80, 90)
"""Percent. The same on every map, so that two maps can be compared, unless all places would be in one class."""

UNDER, OVER = mark("under {count}"), mark("{count} or more")
BETWEEN, ONE, NOTHING = mark("{low} to {high}"), mark("exactly {count}"), mark("none at all")
SHARE_UNDER, SHARE_OVER = mark("under {count} %"), mark("{count} % or more")
SHARE_BETWEEN = mark("{low} % to under {high} %")
TOO_FEW = mark("fewer than {count} counted, so no percentage")
NO_FIGURE = mark("no figure")


class MapClass(NamedTuple):
    """One line of the legend: how it is filled, what it means, and how many places are in it."""

    fill: str
    words: str
    place_count: int


class Classes(NamedTuple):
    """`legend`: the most first, what has no figure last. `fills`: place → its fill."""

    legend: tuple[MapClass, ...]
    fills: Mapping[Unit, str]


def classes(cells: Mapping[Unit, Cell], scale: Sequence[Cell], minimum: int, translate: Translator) -> Classes:
    """Return the classes of one column's cells.

    `scale`: those of all places that the classes are made for, so that maps of parts can be compared. `minimum`: the
    least denominator of a share.
    """
    if any(cell.ratio is not None for cell in scale):
        return shares(cells, scale, minimum, translate)
    if any(cell.overdue is not None for cell in scale):
        return overdue(cells, scale, translate)
    return counts(cells, scale, translate)


def shares(cells: Mapping[Unit, Cell], scale: Sequence[Cell], minimum: int, translate: Translator) -> Classes:
    every = [value for cell in scale if (value := whole_percent(cell, minimum)) is not None]
    exact = {unit: value for unit, cell in cells.items() if (value := whole_percent(cell, minimum)) is not None}
    bounds = SHARES if len({bisect_right(SHARES, value) for value in every}) > 1 else cuts(every, int)
    words = [
        fill(translate, SHARE_UNDER, {"count": bounds[0]}) if bounds else fill(translate, SHARE_OVER, {"count": 0}),
        *(fill(translate, SHARE_BETWEEN, {"low": a, "high": b}) for a, b in pairwise(bounds)),
        *(fill(translate, SHARE_OVER, {"count": bounds[-1]}) for _ in bounds[:1]),
    ]
    placed = {unit: bisect_right(bounds, value) for unit, value in exact.items()}
    return put(cells, placed, words, FILLS, fill(translate, TOO_FEW, {"count": minimum}))


def whole_percent(cell: Cell, minimum: int) -> int | None:
    """Return a share in percent, rounded down; None for one over too small a denominator."""
    ratio = cell.ratio
    return 100 * ratio.numerator // ratio.denominator if ratio and ratio.denominator >= max(minimum, 1) else None


def counts(cells: Mapping[Unit, Cell], scale: Sequence[Cell], translate: Translator) -> Classes:
    every = [cell.count for cell in scale if cell.count is not None]
    values = {unit: cell.count for unit, cell in cells.items() if cell.count is not None}
    bounds = cuts(every, rounded)
    words = ranges(bounds, min(every, default=0), ONE, translate)
    placed = {unit: bisect_right(bounds, value) for unit, value in values.items()}
    return put(cells, placed, words, FILLS, translate(NO_FIGURE))


def overdue(cells: Mapping[Unit, Cell], scale: Sequence[Cell], translate: Translator) -> Classes:
    """Return the classes of what is still overdue: none of it, and what there is in as many as three."""
    values = {unit: cell.overdue for unit, cell in cells.items() if cell.overdue is not None}
    bounds = (1, *cuts([cell.overdue for cell in scale if cell.overdue], rounded)[:2])
    words = ranges(bounds, 0, NOTHING, translate)
    placed = {unit: bisect_right(bounds, value) for unit, value in values.items()}
    return put(cells, placed, words, LATE, translate(NO_FIGURE))


def cuts(values: Iterable[int], written: Callable[[int], int]) -> tuple[int, ...]:
    """Return where values are divided into as many as four parts of about the same size, at numbers easily said."""
    found = sorted(values)
    bounds: list[int] = []
    for quarter in (1, 2, 3):
        bound = written(found[quarter * len(found) // 4]) if found else 0
        if found and found[0] < bound <= found[-1] and (not bounds or bound > bounds[-1]):
            bounds.append(bound)
    return tuple(bounds)


def rounded(value: int) -> int:
    """Return a number near `value` that is easily said: one digit that counts up to 100, two beyond."""
    step = int(10 ** max(0, len(str(value)) - (1 if value < 100 else 2)))
    return value // step * step


def ranges(bounds: Sequence[int], least: int, nothing: str, translate: Translator) -> list[str]:
    """Return what lies below, between and above `bounds` of whole numbers, in words; `nothing`: what 0 is called."""
    if not bounds:
        return [fill(translate, OVER, {"count": plain(least)})]
    zero, under = fill(translate, nothing, {"count": 0}), fill(translate, UNDER, {"count": plain(bounds[0])})
    found = [zero if bounds[0] == 1 else under]
    for low, above in pairwise(bounds):
        values = {"low": plain(low), "high": plain(above - 1), "count": plain(low)}
        found.append(fill(translate, ONE if low == above - 1 else BETWEEN, values))
    return [*found, fill(translate, OVER, {"count": plain(bounds[-1])})]


def put(
    cells: Mapping[Unit, Cell], placed: Mapping[Unit, int], words: Sequence[str], fills: Sequence[str], rest: str
) -> Classes:
    """Return the classes of places by their number; what has none is `rest`."""
    found = {unit: fills[placed[unit]] if unit in placed else NONE for unit in cells}
    number = Counter(found.values())
    legend = [MapClass(name, text, number[name]) for name, text in zip(fills, words, strict=False)]
    left = (MapClass(NONE, rest, number[NONE]),) if number[NONE] else ()
    return Classes((*reversed(legend), *left), found)


def spoken(cell: Cell, minimum: int, translate: Translator) -> str:
    """Return a cell as it is read out: counts first, the percentage where there is enough for one."""
    ratio = cell.ratio
    if ratio and ratio.denominator:
        both = f"{plain(ratio.numerator)}/{plain(ratio.denominator)}"
        told = {"counts": both, "percent": percent(ratio)}
        return both if ratio.denominator < minimum else fill(translate, mark("{counts} ({percent} %)"), told)
    for count in (cell.count, cell.overdue):
        if count is not None:
            return plain(count)
    return translate(NO_FIGURE) if cell.text in ("", "—") else cell.text


def plain(count: int) -> str:
    """Return digits, with thousands separated from 10,000 up."""
    return f"{count:,}" if abs(count) >= 10_000 else str(count)


def percent(ratio: Ratio) -> str:
    """Return the percentage with one decimal, rounded half up."""
    tenths = (2_000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
    return f"{tenths // 10}.{tenths % 10}"
