"""Shapes are mended, drawn side by side and looked up without losing what they say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from builder import shapes
from builder.shapes.made import read

Corners = Sequence[tuple[float, float]]


def square(west: float, south: float, side: float = 0.01) -> list[tuple[float, float]]:
    east, north = west + side, south + side
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def jagged(west: float, south: float, east: float, north: float, steps: int = 60) -> list[tuple[float, float]]:
    """A box whose vertical borders have teeth that both neighbours share."""
    step = (north - south) / steps
    up = [(east + (step if n % 2 else 0), south + n * step) for n in range(steps + 1)]
    down = [(west + (step if n % 2 else 0), south + n * step) for n in range(steps, -1, -1)]
    return [*up, *down, up[0]]


ROW = {f"G{n}": shapes.made([[jagged(119 + n / 100, 33, 119 + (n + 1) / 100, 33.02)]]) for n in range(4)}


def corners(path: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the rings of a path as corners."""
    for ring in path.split("z")[:-1]:
        start, _, rest = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        found = [(x, y)]
        numbers = list(map(int, re.findall(r"-?\d+", rest)))
        for along, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + along, y + down
            found.append((x, y))
        yield found


def edges(path: str) -> Iterator[frozenset[tuple[int, int]]]:
    for ring in corners(path):
        yield from (frozenset((one, other)) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True))


@pytest.mark.parametrize("largest", [100_000, 400, 120])
def test_however_coarse_a_drawing_is_neighbours_share_their_border(largest: int) -> None:
    drawing = shapes.drawing(ROW, largest)
    found = Counter(edge for path in drawing.paths.values() for edge in edges(path))
    teeth = {code: len(list(edges(path))) for code, path in drawing.paths.items()}

    assert sum(map(len, drawing.paths.values())) <= largest
    # each shape between two others has both its vertical borders in common with one of them, and no edge twice itself
    assert set(found.values()) <= {1, 2}
    assert sum(1 for count in found.values() if count == 2) >= 3
    for code in ("G1", "G2"):
        own = list(edges(drawing.paths[code]))
        assert sum(found[edge] == 2 for edge in own) >= teeth[code] - 2


def test_a_drawing_is_simplified_only_as_far_as_it_must_be() -> None:
    fine, coarse = shapes.drawing(ROW, 100_000), shapes.drawing(ROW, 300)

    assert fine.tolerance < coarse.tolerance
    assert len(json.dumps(coarse.paths)) < len(json.dumps(fine.paths))


def test_a_drawing_is_not_skewed_and_keeps_holes() -> None:
    hole = square(119.004, 33.004, 0.002)[::-1]
    drawing = shapes.drawing({"A": shapes.made([[square(119, 33), hole]])}, 10_000)

    # a degree of longitude is 0.839 of one of latitude there
    assert (drawing.width, drawing.height) == (1000, 1193)
    assert len(list(corners(drawing.paths["A"]))) == 2


def test_what_is_too_small_to_be_seen_is_drawn_all_the_same() -> None:
    speck = shapes.made([[square(119.9, 33.9, 1e-6)]])
    drawing = shapes.drawing({"A": shapes.made([[square(119, 33, 0.5)]]), "B": speck}, 10_000)

    assert drawing.paths["B"].endswith("h3v3h-3z")


def test_shapes_that_lie_on_each_other_are_all_drawn() -> None:
    every = {"A": square(119, 33), "B": square(119.005, 33), "C": square(119.002, 33.002, 0.002), "D": square(119, 33)}
    drawing = shapes.drawing({code: shapes.made([[ring]]) for code, ring in every.items()}, 10_000)

    assert {code: bool(path) for code, path in drawing.paths.items()} == dict.fromkeys("ABCD", True)


@pytest.mark.parametrize(
    ("polygons", "is_mended", "area"),
    [
        ([[square(119, 33)]], False, 1e-4),
        ([[square(119, 33), square(119.004, 33.004, 0.002)]], False, 0.96e-4),
        ([[square(119, 33)[::-1]]], False, 1e-4),
        ([[[(119.0, 33.0), (119.01, 33.01), (119.01, 33.0), (119.0, 33.01), (119.0, 33.0)]]], True, 0.5e-4),
        ([[square(119, 33)], [square(119, 33)]], True, 1e-4),
        ([[square(119, 33), square(119.5, 33.5)]], True, 2e-4),
        ([[[(119.0, 33.0), (119.01, 33.01), (119.0, 33.0), (119.0, 33.0)]]], True, 0),
        ([[square(119, 33, 1e-9)]], False, 0),
    ],
)
def test_a_shape_is_mended_once_and_then_stays_as_it_is(
    polygons: list[list[list[tuple[float, float]]]], is_mended: bool, area: float
) -> None:
    mended = shapes.mended(shapes.made(polygons))

    assert bool(mended.why) == is_mended
    assert (read(mended.shape).area if mended.shape else 0) == pytest.approx(area, rel=0.01)
    if mended.shape:
        assert shapes.mended(mended.shape) == (mended.shape, "")


def test_only_what_is_shared_beyond_a_border_is_an_overlap() -> None:
    every = {"A": square(119, 33), "B": square(119.01, 33), "C": square(119.015, 33), "D": square(119.0199, 33)}
    made = {code: shapes.made([[ring]]) for code, ring in every.items()}

    found = [(one, other, round(share, 2)) for one, other, share in shapes.overlaps(made, 0.02)]

    assert found == [("B", "C", 0.5), ("C", "D", 0.51)]


def test_outlines_fit_and_hold_holes() -> None:
    made = {"A": shapes.made([[square(119, 33), square(119.004, 33.004, 0.002)]]), **ROW}
    fine, coarse = shapes.outlines(made, 100_000), shapes.outlines(made, 250)

    assert len(fine.rings["A"]) == 2
    assert sorted(fine.rings) == sorted(made)
    assert fine.tolerance < coarse.tolerance
    assert len(json.dumps(coarse.rings)) < len(json.dumps(fine.rings))
