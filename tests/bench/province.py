"""`make bench-province`: the real communities of Jiangsu, 100,000 grids and 3,000,000 cases, and a quarter of it.

What a quarter of the streets costs beside all of them shows what grows and what does not. Prints a Markdown report;
`--write FILE` writes it as well. `--trial` takes a tenth of the grids on all areas, to see that the way is open.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench import division, wholes
from tests.bench.division import Area
from tests.bench.measure import ROOT, Cost, warm
from tests.bench.ours import build_command
from tests.bench.packages import Size, demo, take_in
from tests.bench.table import MEANING, machine, stage_table, table, whole_table
from tests.bench.wholes import Trial

__all__ = ["Part", "Run", "report"]


class Part(NamedTuple):
    """How much of the province: every n-th street, and what lies in them."""

    words: str
    every: int
    size: Size


PARTS = (
    Part("a quarter", 4, Size("quarter", 25_000, 750_000)),
    Part("the province", 1, Size("province", 100_000, 3_000_000)),
)
TRIAL = (Part("a tenth, on all areas", 1, Size("trial", 10_000, 100_000)),)


class Run(NamedTuple):
    """One part, built: how many areas of each level it has, what its package cost, what its site."""

    part: Part
    levels: Counter[str]
    package: Cost
    trial: Trial


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measured(part: Part, found: list[Area], folder: Path) -> Run:
    """Make the package of a part and build its site."""
    chosen = division.some(found, part.every)
    here = folder / part.size.name
    here.mkdir()
    shape = division.template(here / "template")
    file = division.write(chosen, here / "areas.csv")
    say(f"{part.words}: mingge demo …")
    package = demo(here / "export", part.size, file, "--template", str(shape))
    take_in(here / "export", here / "package")
    say(f"  {package.wall:.0f} s; mingge build …")
    trial = wholes.build(ROOT, build_command(here / "package", here / "site", here / "marks", here / "shells"), here)
    say(f"  {trial.cost.wall:.0f} s, {trial.cost.memory.pss / 1000:.2f} GB")
    return Run(part, Counter(area.level for area in chosen), package, trial)


def report(date: str, command: str, runs: Sequence[Run]) -> str:
    """Return the whole report as Markdown."""
    return "\n".join(["# Benchmark of a province\n", *machine(date, command), *body(runs)]) + "\n"


def body(runs: Sequence[Run]) -> Iterator[str]:
    yield f"Areas: Jiangsu as in {division.SOURCE} (npm), fetched by the run. Everything in them is generated."
    yield "A quarter is every fourth street with its communities, and a quarter of the grids and cases.\n"
    levels = ("city", "district", "street", "community")
    header = ("", *levels, "grids", "cases", "mingge demo", "its RSS")
    rows = [(*made(run, levels), f"{run.package.wall:.0f} s", f"{run.package.largest_mb:,.0f} MB") for run in runs]
    yield from table(header, rows)
    yield "## From CSV files to the finished site\n"
    yield MEANING
    yield from whole_table([(run.part.size.words, run.part.words, (run.trial,)) for run in runs])
    yield "## Stages\n"
    yield "In seconds (and the highest PSS of all processes meanwhile).\n"
    yield from stage_table([(run.part.words, run.trial) for run in runs])
    if len(runs) > 1:
        yield from growth(runs[0].trial, runs[-1].trial)


def made(run: Run, levels: Sequence[str]) -> Iterator[str]:
    size = run.part.size
    yield run.part.words
    yield from (f"{number:,}" for number in (*(run.levels[level] for level in levels), size.grids, size.cases))


def growth(less: Trial, more: Trial) -> Iterator[str]:
    """Yield what grows from one run to another, and how much."""
    pairs = {
        "pages": (less.pages, more.pages),
        "bytes of the site": (less.site_mb, more.site_mb),
        "wall": (less.cost.wall, more.cost.wall),
        "CPU": (less.cost.cpu, more.cost.cpu),
        "peak memory (PSS)": (less.cost.memory.pss, more.cost.memory.pss),
        "wall a page": (less.cost.wall / less.pages, more.cost.wall / more.pages),
    }
    yield "## What grows\n"
    yield from table(("", "the last ÷ the first"), [(name, f"{b / a:.2f} ×") for name, (a, b) in pairs.items()])


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.province", description=__doc__)
    parser.add_argument("--trial", action="store_true", help="a tenth of the grids, on all areas")
    parser.add_argument("--write", type=Path, help="write the report to this file too")
    options = parser.parse_args()
    command = " ".join(["python -m tests.bench.province", *sys.argv[1:]])
    with TemporaryDirectory(prefix="mingge-province-") as name:
        folder = Path(name)
        dist = division.fetched(folder)
        if dist is None:
            say(division.CANNOT)
            return 1
        found = list(division.areas(dist))
        warm()
        runs = [measured(part, found, folder) for part in (TRIAL if options.trial else PARTS)]
    text = report(f"{datetime.now(UTC):%Y-%m-%d}", command, runs)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
