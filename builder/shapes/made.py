"""One shape: made of rings, mended, written out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import shapely
from shapely import MultiPolygon, Polygon

__all__ = ["DECIMALS", "Mended", "Ring", "geojson", "joined", "made", "mended", "parts", "read", "width", "written"]

Ring: TypeAlias = "list[tuple[float, float]]"
"""Longitude and latitude of each corner, the last where the first is."""

DECIMALS = 6
"""Of a degree: 11 cm (RFC 7946, section 11.2)."""


class Mended(NamedTuple):
    """A shape that is valid (OGC 06-103r4, section 6.1.11), b"" where nothing was left; `why` it was not, or ""."""

    shape: bytes
    why: str


def made(polygons: Sequence[Sequence[Ring]]) -> bytes:
    """Return polygons, each a ring and the rings of its holes, as one shape; they need not be valid."""
    return written(MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons]))


def read(shape: bytes) -> Any:
    """Return a shape as Shapely has it."""
    return shapely.from_wkb(shape)


def written(geometry: Any) -> bytes:
    """Return a polygon or a multipolygon as WKB; byte order and dimensions are the same on every machine."""
    found: bytes = shapely.to_wkb(geometry, byte_order=1, output_dimension=2)
    return found


def parts(geometry: Any) -> MultiPolygon:
    """Return what has an area of anything that geometry is made of."""
    every = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([item for item in every if item.geom_type == "Polygon" and item.area > 0])


def mended(shape: bytes) -> Mended:
    """Return a shape with coordinates as they are published, valid, outer rings against the clock.

    What was mended once comes back as it is: a published shape is one that can be published again.
    """
    geometry = read(shape)
    why = "" if shapely.is_valid(geometry) else shapely.is_valid_reason(geometry).partition("[")[0]
    valid = geometry if not why else parts(shapely.make_valid(geometry, method="structure", keep_collapsed=False))
    rounded = shapely.transform(valid, lambda points: points.round(DECIMALS))
    if not shapely.is_valid(rounded):
        # two corners a centimetre apart fell together: the grid's own rounding keeps what is around them whole
        rounded = parts(shapely.set_precision(valid, 10**-DECIMALS))
        rounded = shapely.transform(rounded, lambda points: points.round(DECIMALS))
    found = parts(shapely.orient_polygons(rounded))
    return Mended(written(found) if found.area > 0 else b"", why)


def joined(shapes: Iterable[bytes]) -> bytes:
    """Return the shape of several together."""
    return written(parts(shapely.union_all([read(shape) for shape in shapes])))


def geojson(key: str, shapes: Mapping[str, bytes]) -> str:
    """Return shapes as the text of a GeoJSON file, a feature a line: of its properties the `key` is all there is."""
    features = (
        json.dumps(
            {
                "type": "Feature",
                "properties": {key: code},
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates(shape)},
            },
            ensure_ascii=False, separators=(",", ":"),
        )
        for code, shape in shapes.items()
    )  # fmt: skip
    lines = ",\n".join(features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def coordinates(shape: bytes) -> list[list[list[list[float]]]]:
    """Return a shape as GeoJSON writes the coordinates of a multipolygon."""
    return [
        [[[float(x), float(y)] for x, y in ring.coords] for ring in (item.exterior, *item.interiors)]
        for item in read(shape).geoms
    ]


def width(shape: bytes) -> float:
    """Return how many degrees of longitude a shape reaches over."""
    west, _, east, _ = read(shape).bounds
    return float(east - west)
