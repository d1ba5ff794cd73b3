"""Shapes as a browser finds a position in them: whole numbers of a small part of a degree, as few as can be."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import shapely

from builder.shapes.made import parts, read

__all__ = ["SCALE", "Outlines", "outlines"]

SCALE = 20_000
"""Units to a degree: 5.5 m from south to north."""

FIRST, STEP = 0.5, 1.5
"""The first tolerance, in units, and how it grows."""

COARSEST = SCALE / 10


class Outlines(NamedTuple):
    """`rings`: code → its rings, each x, y of the first corner, then the steps to the next ones. `tolerance`: metres.

    A ring inside a ring is a hole; with several, those that a ray from the position crosses are counted together.
    """

    scale: int
    rings: Mapping[str, list[list[int]]]
    tolerance: float


def outlines(shapes: Mapping[str, bytes], largest: int) -> Outlines:
    """Return `shapes` in at most `largest` characters of numbers. What lies on each other stays so: both are found."""
    geometries = {code: shapely.transform(read(shapes[code]), lambda points: points * SCALE) for code in sorted(shapes)}
    tolerance = FIRST
    while True:
        rings = {
            code: [found for ring in rings_of(shapely.simplify(item, tolerance)) if (found := steps(ring))]
            for code, item in geometries.items()
        }
        length = sum(len(str(number)) + 1 for every in rings.values() for ring in every for number in ring)
        if length <= largest or tolerance > COARSEST:
            return Outlines(SCALE, rings, round(tolerance / SCALE * 111_320, 1))
        tolerance *= STEP


def rings_of(geometry: object) -> list[list[tuple[int, int]]]:
    return [
        [(round(x), round(y)) for x, y in ring.coords[:-1]]
        for item in parts(geometry).geoms
        for ring in (item.exterior, *item.interiors)
    ]


def steps(ring: list[tuple[int, int]]) -> list[int]:
    """Return the first corner and the steps to the others; [] for what is a line by now."""
    kept = [corner for place, corner in enumerate(ring) if corner != ring[place - 1]]
    if len(kept) < 3:
        return []
    found = [*kept[0]]
    for (x, y), (along, down) in pairwise(kept):
        found += [along - x, down - y]
    return found
