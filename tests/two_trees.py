"""The demonstration package with two trees more: police stations with their beats, and stretches of a river."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests import packages

__all__ = ["AREAS", "descriptor", "places", "schema", "two_trees"]

KIND: dict[str, Any] = {
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
LEVELS = [
    {"value": "station", "label": "派出所"},
    {"value": "beat", "label": "警务区"},
    {"value": "reach", "label": "河段"},
]
GRID_AREA: dict[str, Any] = {
    "fields": [
        {"name": name, "type": "string", "title": title, "constraints": {"required": True}, "publish": "public"}
        for name, title in (("grid_id", "网格编码"), ("area_id", "区划代码"))
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


RESOURCE = {
    "name": "grid_area", "title": "网格所在的其他区划", "path": "grid_area.csv", "schema": "schemas/grid_area.json",
}  # fmt: skip


def descriptor() -> dict[str, Any]:
    """Return the repository's package with the table of grids and areas."""
    found: dict[str, Any] = json.loads((packages.DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    return {**found, "resources": [*found["resources"], RESOURCE]}


def schema(name: str) -> dict[str, Any]:
    """Return a schema of the repository with what other trees need."""
    if name == "grid_area":
        return GRID_AREA
    found: dict[str, Any] = json.loads((packages.DATASETS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    if name == "area":
        for field in found["fields"]:
            field.get("constraints", {}).pop("pattern", None)
            if field["name"] == "level":
                field["constraints"].pop("enum")
                field["categories"] += LEVELS
        found["fields"].append(KIND)
    return found


def places(grids: Sequence[str], seed: int) -> Mapping[str, tuple[str, ...]]:
    """Return grid_id → its areas of other trees: some have none, some one in each, and one lies in a station itself."""
    chance = Random(seed)  # noqa: S311 - a test
    found = {
        grid: (*filter(None, [chance.choice(["", "P11", "P12", "P2"])]), *(["R1"] if chance.random() < 0.3 else []))
        for grid in grids
    }
    return {**found, grids[0]: ("P1",), grids[1]: ("P12", "R1"), grids[2]: ()}


def two_trees(source: Path, folder: Path, seed: int) -> Mapping[str, tuple[str, ...]]:
    """Write the package `source` with other trees into `folder`, and return the areas in them of each grid."""
    shutil.copytree(source, folder)
    for name in ("area", "grid_area"):
        packages.write_json(folder / "schemas" / f"{name}.json", schema(name))
    own = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    packages.write_json(folder / "datapackage.json", {**own, "resources": [*own["resources"], RESOURCE]})
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
