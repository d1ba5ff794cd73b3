"""A map of shapes side by side as paths of an SVG, simplified until they fit.

Borders that two shapes share stay shared: all shapes are simplified as one coverage. Where they lie on each other or
leave slits, the coverage is cleaned first, for the drawing alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import shapely

from builder.shapes.made import parts, read

__all__ = ["Box", "Drawing", "box", "drawing", "projected"]

WIDTH = 1000
"""Units of a drawing from west to east; whole numbers of them are a third of a pixel on a telephone."""

TALLEST = 1400

FIRST = 1.0
"""The side, in units, of the smallest dents that are kept at first."""

STEP = 1.3

SPECK = 3
"""Units: what is too small to be seen is drawn as a square of this size."""


class Box(NamedTuple):
    """Degrees that a drawing reaches over."""

    west: float
    south: float
    east: float
    north: float


class Drawing(NamedTuple):
    """`paths`: code → the path of its shape, in units of a `width` × `height` box, y down. `tolerance`: in units."""

    width: int
    height: int
    paths: Mapping[str, str]
    tolerance: float


def box(shapes: Iterable[bytes]) -> Box:
    """Return the box around shapes, of which there is at least one."""
    return Box(*map(float, shapely.total_bounds([read(shape) for shape in shapes])))


def drawing(shapes: Mapping[str, bytes], largest: int) -> Drawing:
    """Return the drawing of `shapes` whose paths have at most `largest` bytes together, as good as that allows."""
    codes = sorted(shapes)
    placed, width, height = projected([shapes[code] for code in codes])
    whole = clean(placed)
    tolerance = FIRST
    while True:
        simple = shapely.coverage_simplify(whole, tolerance)
        paths = {code: path(item) for code, item in zip(codes, simple, strict=True)}
        if sum(map(len, paths.values())) <= largest or tolerance > WIDTH:
            return Drawing(width, height, paths, tolerance)
        tolerance *= STEP


def projected(shapes: Sequence[bytes]) -> tuple[list[Any], int, int]:
    """Return shapes in units of a drawing and its size: equirectangular at the mean latitude, so nothing is skewed."""
    west, south, east, north = box(shapes)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(WIDTH / across, TALLEST / up)

    def place(points: Any) -> Any:
        found = points.copy()
        found[:, 0] = (points[:, 0] - west) * squeeze * scale
        found[:, 1] = (north - points[:, 1]) * scale
        return found

    width, height = math.ceil(across * scale), math.ceil(up * scale)
    return [shapely.transform(read(shape), place) for shape in shapes], max(width, 1), max(height, 1)


def clean(placed: list[Any]) -> list[Any]:
    """Return shapes as a coverage: no two on each other, and the same corners on both sides of a border."""
    if shapely.coverage_is_valid(placed):
        return placed
    # a tenth of what is drawn: to clean what a surveyor measured would take ten times as long
    placed = [shapely.simplify(item, FIRST / 10) for item in placed]
    # what two have in common goes to the smaller one, which it would otherwise be nothing of
    found = shapely.coverage_clean(placed, gap_width=1.0, merge_strategy="min_area")
    # of two that are the same one is left with nothing, and must stay to be found
    return [new if new is not None and new.area > 0 else old for new, old in zip(found, placed, strict=True)]


def path(geometry: Any) -> str:
    """Return a shape as the `d` of a path: whole numbers, each corner as steps from the one before."""
    rings = [
        steps(ring)
        for item in parts(geometry).geoms
        for ring in (item.exterior, *item.interiors)
    ]  # fmt: skip
    if found := "".join(filter(None, rings)):
        return found
    middle = geometry.representative_point()
    x, y = round(middle.x) - SPECK // 2, round(middle.y) - SPECK // 2
    return f"M{x} {y}h{SPECK}v{SPECK}h-{SPECK}z"


def steps(ring: Any) -> str:
    """Return a ring, "" for one that is less than three corners by now."""
    corners: list[tuple[int, int]] = []
    for x, y in ring.coords[:-1]:
        corner = (round(x), round(y))
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        return ""
    (x, y), text = corners[0], ""
    start = f"M{x} {y}l"
    for along, down in corners[1:]:
        one, two = str(along - x), str(down - y)
        text += one if not text or one[0] == "-" else f" {one}"
        text += two if two[0] == "-" else f" {two}"
        x, y = along, down
    return f"{start}{text}z"
