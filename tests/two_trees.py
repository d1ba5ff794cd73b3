"""The demonstration package with two trees more: police stations with their beats, and stretches of a river."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from tests import packages

__all__ = ["AREAS", "GRID_AREA", "KIND", "LEVELS", "declared", "places", "two_trees"]

KIND = {
    "name": "area_kind",
    "type": "string",
    "title": "区划种类",
    "description": "这个区划属于哪一种划分。",
    "constraints": {"enum": ["police", "admin", "river"]},
    "categories": [
        {"value": "police", "label": "警务区"},
        {"value": "admin", "label": "行政区划"},
        {"value": "river", "label": "河长片区"},
    ],
    "roles": {"main": ["admin"]},
    "publish": "public",
}
LEVELS = [{"value": "station", "label": "派出所"}, {"value": "beat", "label": "警务区"}, {"value": "reach", "label": "河段"}]
GRID_AREA = {
    "fields": [
        {"name": "grid_id", "type": "string", "title": "网格编码", "constraints": {"required": True}, "publish": "public"},
        {"name": "area_id", "type": "string", "title": "区划代码", "constraints": {"required": True}, "publish": "public"},
    ],
    "primaryKey": ["grid_id", "area_id"],
    "foreignKeys": [
        {"fields": ["grid_id"], "reference": {"resource": "grid", "fields": ["grid_id"]}},
        {"fields": ["area_id"], "reference": {"resource": "area", "fields": ["area_id"]}},
    ],
}
AREAS = {
    "P1": ("东派出所", "station", "", "police"),
    "P11": ("东一警务区", "beat", "P1", "police"),
    "P12": ("东二警务区", "beat", "P1", "police"),
    "P2": ("西派出所", "station", "", "police"),
    "R1": ("柴米河", "reach", "", "river"),
}
"""Code → name, level, parent and kind."""


def declared(folder: Path) -> None:
    """Write into the schemas of a package what other trees need."""
    path = folder / "schemas" / "area.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in schema["fields"]:
        field["constraints"].pop("pattern", None)
        if field["name"] == "level":
            field["constraints"].pop("enum")
            field["categories"] += LEVELS
    schema["fields"].append(KIND)
    packages.write_json(path, schema)
    packages.write_json(folder / "schemas" / "grid_area.json", GRID_AREA)
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"].append(
        {"name": "grid_area", "title": "网格所在的其他区划", "path": "grid_area.csv", "schema": "schemas/grid_area.json"}
    )
    packages.write_json(path, descriptor)


def places(grids: Sequence[str], seed: int) -> Mapping[str, tuple[str, ...]]:
    """Return grid_id → its areas of other trees: some have none, some one in each tree, one stands at a station itself."""
    chance = Random(seed)  # noqa: S311 - a test
    found = {
        grid: (*filter(None, [chance.choice(["", "P11", "P12", "P2"])]), *(["R1"] if chance.random() < 0.3 else []))
        for grid in grids
    }
    return {**found, grids[0]: ("P1",), grids[1]: ("P12", "R1"), grids[2]: ()}


def two_trees(source: Path, folder: Path, seed: int) -> Mapping[str, tuple[str, ...]]:
    """Write the package `source` with other trees into `folder`, and return the areas in them of each grid."""
    shutil.copytree(source, folder)
    declared(folder)
    header, *rows = table(folder / "area.csv")
    write(folder / "area.csv", [
        [*header, "area_kind"],
        # half of the areas of the main tree say that they are, half say nothing
        *([*row, ("admin", "")[number % 2]] for number, row in enumerate(rows)),
        *([code, *cells] for code, cells in AREAS.items()),
    ])  # fmt: skip
    assert header == ["area_id", "name", "level", "parent_id"]
    header, *rows = table(folder / "grid.csv")
    found = places(sorted(row[header.index("grid_id")] for row in rows), seed)
    write(folder / "grid_area.csv", [
        ["grid_id", "area_id"], *([grid, area] for grid, areas in found.items() for area in areas),
    ])  # fmt: skip
    return found


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
