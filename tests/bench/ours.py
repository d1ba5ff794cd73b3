"""Our own numbers: the whole command with its stages, and the render stage by itself."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import Cost, run
from tests.bench.packages import AS_OF, Size

__all__ = ["Rendered", "Stage", "Whole", "cold", "collect", "whole"]


class Stage(NamedTuple):
    """One stage of the pipeline: seconds, and the highest memory of the process tree meanwhile."""

    name: str
    seconds: float
    tree_mb: float


class Whole(NamedTuple):
    """One run of `mingge build`."""

    size: Size
    cost: Cost
    stages: tuple[Stage, ...]
    pages: int
    site_mb: float


class Rendered(NamedTuple):
    """The render stage: contexts made beforehand, only site.page() timed.

    `make`: seconds for making the contexts; `first`: for the first page, which compiles the templates.
    """

    size: Size
    pages: int
    wall: float
    cpu: float
    make: float
    first: float
    page_bytes: int

    @property
    def ms(self) -> float:
        return 1000 * self.wall / self.pages

    @property
    def later_ms(self) -> float:
        """Return the cost of every page but the first: growth must not hide behind a cost that is paid once."""
        return 1000 * (self.wall - self.first) / (self.pages - 1)

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.pages


def whole(package: Path, size: Size, folder: Path) -> Whole:
    """Build the site of `package` once, cold."""
    site, marks = folder / f"site-{size.name}", folder / f"stages-{size.name}.json"
    options = ["build", str(package), "--output", str(site), "--as-of", AS_OF]
    cost = run([sys.executable, "-m", "tests.bench.staged", str(marks), *options])
    noted: list[tuple[str, float]] = json.loads(marks.read_text(encoding="utf-8"))
    began = [("start", cost.started), *noted]
    ends = [*(clock for _, clock in began[1:]), cost.started + cost.wall]
    spans = [(name, clock, end) for (name, clock), end in zip(began, ends, strict=True)]
    stages = tuple(Stage(name, end - clock, cost.peak(clock, end)) for name, clock, end in spans)
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.name == "index.html" for path in files)
    return Whole(size, cost, stages, pages, sum(path.stat().st_size for path in files) / 1e6)


def collect(package: Path, size: Size, folder: Path) -> Rendered:
    """Time the render stage of `package`, and store its contexts in `folder` for the peers."""
    cost = run([sys.executable, "-m", "tests.bench.render", "collect", str(package), str(folder)])
    found = json.loads(cost.output.splitlines()[-1])
    return Rendered(
        size, found["pages"], found["wall"], found["cpu"], found["make"], found["first"], found["page_bytes"]
    )


def cold(stored: Path, target: Path) -> Cost:
    """Write the pages of the stored contexts from a cold process that reads shell and contexts from the disk."""
    return run([sys.executable, "-m", "tests.bench.render", "cold", str(stored), str(target)])
