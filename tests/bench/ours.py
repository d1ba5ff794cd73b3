"""Every place at which the benchmark touches the program that it measures: commands, each a cold process."""

from __future__ import annotations

import functools
import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import ROOT, Cost, run
from tests.bench.packages import AS_OF, Size

__all__ = ["Rendered", "build_command", "checked", "collect", "grid_pages"]


class Rendered(NamedTuple):
    """The render stage: contexts made beforehand, only site.page() timed. All in seconds.

    `make`: for making the contexts. `user`: processor time but for the system's, of the first pages, among them the
    compiling of templates, and of all later ones. `pace`: of a fixed piece of work, on the average between the batches.
    """

    size: Size
    wall: float
    cpu: float
    make: float
    first_user: float
    first_pages: float
    later_user: float
    later_pages: float
    page_bytes: int
    pace: float

    @property
    def pages(self) -> int:
        return int(self.first_pages + self.later_pages)

    @property
    def ms(self) -> float:
        return 1000 * self.wall / self.pages

    @property
    def later_ms(self) -> float:
        """What a page costs us once all is warm: growth must not hide behind a cost that is paid once.

        The system's time for making files is left out: it depends on the disk's free places, not on the site.
        """
        return 1000 * self.later_user / self.later_pages

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.pages


def build_command(package: Path, site: Path, marks: Path, cache: Path | None) -> list[str]:
    """Return the command that builds `site` and writes to `marks` when each stage began.

    `cache`: where shells are kept; None for a program that knows of none.
    """
    kept = ["--cache", str(cache)] if cache and caches() else []
    build = ["build", str(package), "--output", str(site), "--as-of", AS_OF, *kept]
    return [sys.executable, "-m", "tests.bench.staged", str(marks), *build]


@functools.cache
def caches() -> bool:
    """Return whether the program keeps shells."""
    return "--cache" in run([sys.executable, "-m", "builder", "build", "--help"]).output


def collect(package: Path, size: Size, folder: Path) -> Rendered:
    """Time the render stage of `package`, and store its contexts in `folder` for the peers."""
    cost = run([sys.executable, "-m", "tests.bench.render", "collect", str(package), str(folder)])
    return Rendered(size, **json.loads(cost.output.splitlines()[-1]))


def grid_pages(stored: Path, target: Path, workers: int | None = None) -> Cost:
    """Write the pages of the stored contexts from a cold process that reads them from the disk, on every core."""
    count = str(workers or os.cpu_count() or 1)
    return run([sys.executable, "-m", "tests.bench.render", "cold", str(stored), str(target), count])


def checked(package: Path) -> Cost:
    """Load and validate `package` in a cold process; its output ends with what `tests.bench.cells` prints."""
    return run([sys.executable, "-m", "tests.bench.cells", "ours", str(package)], ROOT)
