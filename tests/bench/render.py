"""The render stage alone, in a process of its own: contexts are made in batches, and only
Printer.page() is timed.

`collect PACKAGE FOLDER` also stores the contexts, the shell and sample pages in FOLDER; `cold FOLDER TARGET WORKERS`
writes the pages of stored contexts, which is what a peer such as Hugo does with the same contexts as JSON.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import count, islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.measure import ROOT, speed
from tests.bench.packages import AS_OF

if TYPE_CHECKING:
    from builder.model import Planned, Shard, SiteConfig
    from builder.pages import Sources
    from builder.pipeline import Checked
    from builder.site import Plan, Press, Printer

__all__ = ["BLOCKS", "Setting", "batches", "setting"]

BATCH = 500
WARM = 100
"""Pages after which templates are compiled and what is remembered between pages is there."""
SAMPLES = 40
BLOCKS = ("title", "description", "canonical", "extrahead", "content", "search")
"""Every block of a shell; the word `@@title@@` stands in the stored shell where the block begins."""


class Setting(NamedTuple):
    """What the pages need besides their contexts: the built shell and where words come from."""

    shells: dict[str, str]
    facts: Any
    resources: Any
    shell: str


class Work(NamedTuple):
    """A batch of stored contexts, the folder that they and the setting lie in, and where the pages go."""

    batch: Path
    folder: Path
    target: Path


class Enough(BaseException):
    """The grids are written; the rest of the build is not wanted."""


def quiet(_stage: str, _count: int) -> None:
    pass


def collect(package: Path, folder: Path) -> None:
    """Run the stages up to the pages, then write the grid pages with a stopwatch in hand."""
    from builder import load, pipeline, site

    found = pipeline.check(package, lambda _zone: date.max, quiet, date.fromisoformat(AS_OF))
    plan, streets = prepared(found, load.site_config(ROOT / "mkdocs.yml"))
    folder.mkdir(parents=True)
    with (
        TemporaryDirectory(prefix="mingge-bench-") as output,
        suppress(Enough),
        site.begin(plan, scratch_in(Path(output)), None) as begun,
        site.open_site(plan, begun, Path(output) / "site", Path(output) / "scratch", AS_OF) as target,
    ):
        printer = site.Printer(target.press)
        store(printer, target.press, folder)
        found_seconds = timed(printer, grid_pages(streets), folder)
        print(json.dumps(found_seconds | samples(target.target, folder)))
        raise Enough


def scratch_in(folder: Path) -> Path:
    (folder / "scratch").mkdir()
    return folder / "scratch"


def prepared(found: Checked, config: SiteConfig) -> tuple[Plan, Iterator[Sources]]:
    """Return what the site is built from, and street by street what its pages are made from; as `pipeline.build`."""
    from builder import check, count, measure, pages, pipeline, protect, site
    from builder.processes import here

    counted = count.tables(found.tables, found.as_of, found.subjects, here())
    published = protect.counted(counted, found.tables, found.report, found.policy, found.subjects)
    rules = check.rules(published.package, found.subjects)
    piece, guide = measure.pieces(published, found.subjects), pages.guide(published.tables)

    def source(shard: Shard) -> Sources:
        return pipeline.measured(piece(shard), found.subjects, config.language, guide)

    rest = pages.with_rules(source(published.shards.rest), rules)
    guide = pages.compared(rest)
    has, lacks = pages.kinds(rest), pages.absent(rest, found.absent)
    tables, definitions = pages.tables(rest), measure.definitions(found.subjects)
    codes = pipeline.codes(published.package)
    plan = site.Plan(config, published.package, published.scope, has, lacks, codes, tables, definitions)
    return plan, map(source, published.shards.streets)


def grid_pages(streets: Iterable[Sources]) -> Iterator[Planned]:
    """Yield the pages of the grids without what stands in data.json: only the page itself is timed."""
    from builder import pages

    for source in streets:
        for key in pages.plan(source):
            if key.kind == "grid":
                yield pages.made(source, key)._replace(document=None)


def timed(printer: Printer, grids: Iterator[Planned], folder: Path) -> dict[str, float]:
    """Return the seconds of Printer.page() for all grids, of making their contexts, which are stored, and `pace`."""
    found: defaultdict[str, float] = defaultdict(float)
    gc.collect()
    gc.freeze()  # what stands already is not looked at again, however large it is
    for number in count():
        start = time.perf_counter()
        batch = list(islice(grids, BATCH))
        found["make"] += time.perf_counter() - start
        if not batch:
            found["pace"] /= number
            return found
        found["pace"] += speed()
        warm_up = 0 if number else WARM
        for pages, kind in ((batch[:warm_up], "first"), (batch[warm_up:], "later")):
            wall, user, system = clocks(printer, pages)
            more = {"wall": wall, "cpu": user + system, f"{kind}_user": user, f"{kind}_pages": len(pages)}
            for name, value in more.items():
                found[name] += value
        contexts = [planned.context for planned in batch]
        (folder / f"contexts-{number:03d}.pickle").write_bytes(pickle.dumps(contexts, pickle.HIGHEST_PROTOCOL))
    return found


def samples(target: Path, folder: Path) -> dict[str, int]:
    """Copy some of the grid pages below `target`; return the mean size of all."""
    files = sorted(target.glob("grid/*/index.html"))
    for path in files[:: max(1, len(files) // SAMPLES)]:
        (folder / f"sample-{path.parent.name}.html").write_bytes(path.read_bytes())
    return {"page_bytes": sum(path.stat().st_size for path in files) // len(files)}


def clocks(printer: Printer, pages: Sequence[Planned]) -> tuple[float, float, float]:
    """Write pages; return the seconds by the clock, of the processor for us, and of the processor for the system."""
    start, before = time.perf_counter(), getrusage(RUSAGE_SELF)
    for planned in pages:
        printer.page(planned)
    after = getrusage(RUSAGE_SELF)
    return time.perf_counter() - start, after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def store(printer: Printer, press: Press, folder: Path) -> None:
    """Store the shell, as we use it and with a word where each block is, and where the pages' words come from."""
    blocks = "".join(f"{{% block {name} %}}@@{name}@@{{% endblock %}}" for name in BLOCKS)
    shell = printer.writer.environment.from_string('{% extends "shell/grid.html" %}' + blocks).render()
    found = Setting({"grid": press.shells["grid"]}, press.facts, press.resources, shell)
    # not the tuple itself: this module, run as a script, has another name
    (folder / "setting.pickle").write_bytes(pickle.dumps(found._asdict()))


def setting(folder: Path) -> Setting:
    return Setting(**pickle.loads((folder / "setting.pickle").read_bytes()))  # noqa: S301 - our own file


def batches(folder: Path) -> Iterator[list[Any]]:
    """Yield the stored contexts."""
    return map(stored, sorted(folder.glob("contexts-*.pickle")))


def stored(batch: Path) -> list[Any]:
    """Return the contexts of one batch."""
    found: list[Any] = pickle.loads(batch.read_bytes())  # noqa: S301 - our own file
    return found


def cold(folder: Path, target: Path, workers: int) -> None:
    """Write the page of every stored context below `target`, a batch at a time, by `workers` processes."""
    from builder.processes import crew

    work = ((path.name, Work(path, folder, target)) for path in sorted(folder.glob("contexts-*.pickle")))
    with crew(workers, ["builder.site"]) as hands:
        for number in hands.map(write, work):
            assert number


def write(work: Work) -> int:
    """Write the pages of one batch; returns how many."""
    from builder.model import Planned

    pages = printer(work.folder, work.target)
    for context in stored(work.batch):
        pages.page(Planned("grid", "grid.html", context, None))
    return len(pages.done().paths)


@cache
def printer(folder: Path, target: Path) -> Printer:
    """Return what writes pages: made once in each process."""
    from builder import load
    from builder.site import Press, Printer

    found = setting(folder)
    templates = load.site_config(ROOT / "mkdocs.yml").templates
    return Printer(Press(templates.resolve(), found.shells, found.facts, found.resources, target.resolve()))


def main() -> None:
    """Do what the command line says."""
    command, first, second, *more = sys.argv[1:]
    if command == "collect":
        collect(Path(first), Path(second))
    else:
        cold(Path(first), Path(second), int(*more))


if __name__ == "__main__":
    main()
