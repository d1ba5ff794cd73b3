"""Shapes for the grids of a small package: three squares in a row, the first with a hole in it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["EAST", "HOLE", "INSIDE", "SIDE", "feature", "grid_ids", "square", "with_shapes"]

SIDE = 0.01
WEST, SOUTH = 119.0, 33.6
INSIDE = (WEST + 0.002, SOUTH + 0.005)
"""In the first grid, 200 m from its border and 200 m from the hole."""

HOLE = (WEST + 0.005, SOUTH + 0.005)
EAST = (WEST + 3 * SIDE + 0.02, SOUTH + 0.005)
"""2 km east of the third grid."""


def square(west: float, south: float, side: float = SIDE) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str, *rings: list[list[float]], **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"grid_id": code, **properties},
        "geometry": {"type": "Polygon", "coordinates": list(rings)},
    }


def grid_ids(package: Path) -> list[str]:
    with (package / "grid.csv").open(encoding="utf-8", newline="") as file:
        return sorted(row["grid_id"] for row in csv.DictReader(file))


def with_shapes(
    package: Path, features: list[dict[str, Any]] | None = None, settings: Mapping[str, str] | None = None
) -> Path:
    """Give a package that a test may change a file of shapes, of its grids unless `features` says otherwise."""
    if features is None:
        rings = [[square(WEST + place * SIDE, SOUTH)] for place in range(3)]
        rings[0].append(square(WEST + 0.004, SOUTH + 0.004, 0.002))
        features = [
            feature(code, *own, worker="李秀英 13912345678") for code, own in zip(grid_ids(package), rings, strict=True)
        ]
    stated = {"path": "geometry.geojson", "key": "grid_id", "publish": "public", **(settings or {})}
    collection = {"type": "FeatureCollection", "features": features}
    (package / "geometry.geojson").write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"]["geometry"] = stated
    (package / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return package
