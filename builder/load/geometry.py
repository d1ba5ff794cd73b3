"""The shapes of places: a GeoJSON file (RFC 7946) of the package, feature by feature, nothing judged but its form.

A file that is no collection of features is a maintainer's mistake: `BuilderError`. What is wrong with one feature is
noted with it, so that a check reports all of them at once. Of the properties only the key is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder import shapes
from builder.errors import BuilderError
from builder.language import mark
from builder.load.files import inside
from builder.load.json_file import json_object
from builder.load.names import is_plain
from builder.model import Feature, Geometry, Package

__all__ = ["geometry"]

GEOMETRY = "datapackage.json: mingge: geometry"
"""What names the file."""

LARGEST = 20 * 10**6
"""Bytes. The borders of a large city as surveyors draw them are 2 or 3 million."""

MOST_FEATURES = 20_000
MOST_POSITIONS = 1_000_000

LONGEST_CODE = 60

WGS84 = frozenset({
    "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326",
})  # fmt: skip
"""Names of the only reference system that GeoJSON has; files made before 2016 name it."""


class WrongError(ValueError):
    """One feature is not as it should be: `code`, `kind`, `ring` or `place`."""


def geometry(package: Package) -> Geometry | None:
    """Read the file that the package names; None where it names none. Raises BuilderError."""
    file = package.settings.geometry
    if file is None:
        return None
    value = json_object(inside(package.root, file.path, GEOMETRY), LARGEST)
    features = value.get("features")
    if value.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        raise BuilderError(
            mark("{path}: not a GeoJSON file of features (FeatureCollection), or one without any"),
            mark("save it as GeoJSON, one feature for each place"), path=file.path,
        )  # fmt: skip
    if not is_wgs84(value.get("crs")):
        raise BuilderError(
            mark("{path}: its places are not given in degrees of WGS 84"),
            mark("save it once more with the reference system WGS 84 (EPSG:4326)"), path=file.path,
        )  # fmt: skip
    if len(features) > MOST_FEATURES or positions(features) > MOST_POSITIONS:
        raise BuilderError(
            mark("{path}: more than {features} features or {positions} points"),
            mark("simplify the borders: a point every few metres is enough"),
            path=file.path, features=MOST_FEATURES, positions=MOST_POSITIONS,
        )  # fmt: skip
    return Geometry(file, tuple(feature(item, number, file.key) for number, item in enumerate(features, 1)))


def is_wgs84(crs: object) -> bool:
    """Return whether a file's `crs`, which RFC 7946 has no more, says what is so without it."""
    if crs is None:
        return True
    named = crs.get("properties") if isinstance(crs, dict) else None
    return isinstance(named, dict) and named.get("name") in WGS84


def positions(features: list[Any]) -> int:
    """Return how many lists of numbers there are, at any depth."""
    count, waiting = 0, [item.get("geometry") for item in features if isinstance(item, dict)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list):
            count += bool(item) and not isinstance(item[0], list | dict)
            waiting += [inner for inner in item if isinstance(inner, list | dict)]
    return count


def feature(item: object, number: int, key: str) -> Feature:
    """Return one feature, with what is wrong with it."""
    try:
        code = code_of(item, key)
    except WrongError as error:
        return Feature(number, "", b"", str(error))
    try:
        return Feature(number, code, shapes.made(list(polygons(item))))
    except WrongError as error:
        return Feature(number, code, b"", str(error))


def code_of(item: object, key: str) -> str:
    properties = item.get("properties") if isinstance(item, dict) and item.get("type") == "Feature" else None
    code = properties.get(key) if isinstance(properties, dict) else None
    if not isinstance(code, str) or not 0 < len(code) <= LONGEST_CODE or not is_plain(code):
        raise WrongError("code")
    return code


def polygons(item: Any) -> Iterator[list[shapes.Ring]]:
    """Yield the polygons of a feature, the ring around each before those of its holes."""
    found = item.get("geometry")
    kind, parts = (found.get("type"), found.get("coordinates")) if isinstance(found, dict) else (None, None)
    if kind == "Polygon":
        parts = [parts]
    elif kind != "MultiPolygon":
        raise WrongError("kind")
    if not isinstance(parts, list) or not parts:
        raise WrongError("kind")
    for rings in parts:
        if not isinstance(rings, list) or not rings:
            raise WrongError("ring")
        yield [ring(points) for points in rings]


def ring(points: object) -> shapes.Ring:
    """Return a ring: four positions or more, the last where the first is (RFC 7946, section 3.1.6)."""
    if not isinstance(points, list) or len(points) < 4:
        raise WrongError("ring")
    found = [position(point) for point in points]
    if found[0] != found[-1]:
        raise WrongError("ring")
    return found


def position(point: object) -> tuple[float, float]:
    """Return longitude and latitude; a height is passed over."""
    if not isinstance(point, list) or not 2 <= len(point) <= 4:
        raise WrongError("ring")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in point):
        raise WrongError("ring")
    x, y = float(point[0]), float(point[1])
    if not (-180 <= x <= 180 and -90 < y < 90):
        raise WrongError("place")
    return x, y
