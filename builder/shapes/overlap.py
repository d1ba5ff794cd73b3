"""Which shapes lie on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely

from builder.shapes.made import read

__all__ = ["overlaps"]


def overlaps(shapes: Mapping[str, bytes], least: float) -> Iterator[tuple[str, str, float]]:
    """Yield the codes of two shapes that share `least` or more of the smaller one's area, and how much, by code."""
    codes = sorted(shapes)
    if len(codes) < 2:
        return
    geometries = [read(shapes[code]) for code in codes]
    tree = shapely.STRtree(geometries)
    # rows of pairs: a border in common is no area in common, and is left out as early as can be
    pairs = sorted((int(a), int(b)) for a, b in tree.query(geometries, predicate="intersects").T if a < b)
    for one, other in pairs:
        both = shapely.intersection(geometries[one], geometries[other]).area
        share = both / min(geometries[one].area, geometries[other].area)
        if share >= least:
            yield codes[one], codes[other], float(share)
