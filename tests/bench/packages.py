"""Public packages of three sizes, made by `mingge demo` on the areas of datasets/ and by `mingge intake`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import ROOT, Cost, run

__all__ = ["AS_OF", "SIZES", "Size", "areas", "demo", "package", "take_in"]

AS_OF = "2026-10-31"
COLUMNS = {"area_id": "code", "name": "name", "level": "level", "parent_id": "parent_code"}


class Size(NamedTuple):
    """How many grids and cases a package has."""

    name: str
    grids: int
    cases: int

    @property
    def words(self) -> str:
        return f"{self.grids:,} grids, {self.cases:,} cases"


SIZES = {
    item.name: item
    for item in (Size("small", 370, 20_000), Size("medium", 1_000, 100_000), Size("large", 10_000, 1_000_000))
}


def areas(path: Path) -> Path:
    """Write the areas file that `mingge demo` reads, from datasets/area.csv."""
    area = ROOT / "datasets" / "area.csv"
    with area.open(encoding="utf-8-sig", newline="") as source, path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(COLUMNS.values())
        writer.writerows([row[name] for name in COLUMNS] for row in csv.DictReader(source))
    return path


def package(folder: Path, size: Size) -> Path:
    """Return the folder of the package of `size`, written below `folder` unless it is there already."""
    target = folder / f"package-{size.name}"
    if not target.exists():
        exported = folder / f"export-{size.name}"
        demo(exported, size, areas(folder / "areas.csv"))
        take_in(exported, target)
    return target


def take_in(exported: Path, target: Path) -> Cost:
    """Make the public package of an export, which is what a site is built from; return what that cost."""
    cost = run([sys.executable, "-m", "builder", "intake", str(exported), "--output", str(target)])
    run([sys.executable, "-m", "builder", "policy", str(target), "--renew"])
    return cost


def demo(target: Path, size: Size, areas_file: Path, *more: str) -> Cost:
    """Write a package on the areas of a file; `more`: further options of `mingge demo`."""
    # no earlier ones: the package has exactly as many cases as its name says, and is the same as in former benchmarks
    counts = ["--grids", str(size.grids), "--cases", str(size.cases), "--earlier-cases", "0", "--seed", "1"]
    options = [*counts, "--areas", str(areas_file), "--as-of", AS_OF, *more]
    return run([sys.executable, "-m", "builder", "demo", str(target), *options])
