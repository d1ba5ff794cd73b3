"""The render stage alone, in a process of its own: contexts are made in batches, and only site.page() is timed.

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
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import count, islice, repeat
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.measure import ROOT
from tests.bench.packages import AS_OF

if TYPE_CHECKING:
    from builder.model import Planned, SiteConfig
    from builder.pages import Sources
    from builder.pipeline import Checked
    from builder.site import Plan, Site
    from builder.site.render import Writer

__all__ = ["BLOCKS", "Setting", "batches", "setting"]

BATCH = 500
WARM = 100
"""Pages after which templates are compiled and what is remembered between pages is there."""
SAMPLES = 40
BLOCKS = ("title", "description", "canonical", "extrahead", "toc", "content", "search")
"""Every block of a shell; the word `@@title@@` stands in the stored shell where the block begins."""


class Setting(NamedTuple):
    """What the pages need besides their contexts: the built shell and where words come from."""

    shells: dict[str, str]
    facts: Any
    resources: Any
    shell: str


class Enough(BaseException):
    """The grids are written; the rest of the build is not wanted."""


def quiet(_stage: str, _count: int) -> None:
    pass


def collect(package: Path, folder: Path) -> None:
    """Run the stages up to the pages, then write the grid pages with a stopwatch in hand."""
    from builder import load, pipeline, site

    found = pipeline.check(package, lambda _zone: date.max, quiet, date.fromisoformat(AS_OF))
    source, plan = prepared(found, load.site_config(ROOT / "mkdocs.yml"))
    folder.mkdir(parents=True)
    with (
        TemporaryDirectory(prefix="mingge-bench-") as output,
        suppress(Enough),
        site.open_site(plan, Path(output) / "site", scratch_in(Path(output))) as target,
    ):
        print(json.dumps(timed(target, source, folder)))
        raise Enough


def scratch_in(folder: Path) -> Path:
    (folder / "scratch").mkdir()
    return folder / "scratch"


def prepared(found: Checked, config: SiteConfig) -> tuple[Sources, Plan]:
    """Return what pages are made from and what their site is built from, as `pipeline.build` does."""
    from builder import check, count, measure, pages, protect, site
    from builder.language import translator

    counted = count.tables(found.tables, found.as_of, found.subjects)
    published = protect.counted(counted, found.tables, found.report, found.policy, found.subjects)
    rules = check.rules(published.package, found.subjects)
    facts = measure.published(published, found.subjects)
    source = pages.sources(published, facts, found.subjects, translator(config.language), rules)
    has, lacks = pages.kinds(source), pages.absent(source, found.absent)
    return source, site.Plan(config, published.package, published.scope, has, lacks, rules)


def grid_pages(source: Sources) -> Iterator[Planned]:
    """Yield the pages of the grids without what stands in data.json: only the page itself is timed."""
    from builder import pages

    for key in pages.plan(source):
        if key.kind == "grid":
            yield pages.made(source, key)._replace(document=None)


def timed(target: Site, source: Sources, folder: Path) -> dict[str, float]:
    """Return the seconds of site.page() for all grids, and of making their contexts."""
    grids = grid_pages(source)
    found: defaultdict[str, float] = defaultdict(float)
    store(target, source.edition.package.resources, folder)
    gc.collect()
    gc.freeze()  # what stands already is not looked at again, however large it is
    for number in count():
        start = time.perf_counter()
        batch = list(islice(grids, BATCH))
        found["make"] += time.perf_counter() - start
        if not batch:
            break
        warm_up = 0 if number else WARM
        for pages, kind in ((batch[:warm_up], "first"), (batch[warm_up:], "later")):
            wall, user, system = clocks(target, pages)
            more = {"wall": wall, "cpu": user + system, f"{kind}_user": user, f"{kind}_pages": len(pages)}
            for name, value in more.items():
                found[name] += value
        contexts = [planned.context for planned in batch]
        (folder / f"contexts-{number:03d}.pickle").write_bytes(pickle.dumps(contexts, pickle.HIGHEST_PROTOCOL))
    files = sorted(target.target.glob("grid/*/index.html"))
    for path in files[:: max(1, len(files) // SAMPLES)]:
        (folder / f"sample-{path.parent.name}.html").write_bytes(path.read_bytes())
    return found | {"page_bytes": sum(path.stat().st_size for path in files) // len(files)}


def clocks(target: Site, pages: Sequence[Planned]) -> tuple[float, float, float]:
    """Write pages; return the seconds by the clock, of the processor for us, and of the processor for the system."""
    start, before = time.perf_counter(), getrusage(RUSAGE_SELF)
    for planned in pages:
        target.page(planned)
    after = getrusage(RUSAGE_SELF)
    return time.perf_counter() - start, after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def store(target: Site, resources: object, folder: Path) -> None:
    """Store the shell, as we use it and with a word where each block is, and where the pages' words come from."""
    environment = target.writer.environment
    blocks = "".join(f"{{% block {name} %}}@@{name}@@{{% endblock %}}" for name in BLOCKS)
    shell = environment.from_string('{% extends "shell/grid.html" %}' + blocks).render()
    assert environment.loader is not None
    source = environment.loader.get_source(environment, "shell/grid.html")[0]
    found = Setting({"grid": source}, environment.globals["site"], resources, shell)
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
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for written in pool.map(write, sorted(folder.glob("contexts-*.pickle")), repeat(folder), repeat(target)):
            assert written


def write(batch: Path, folder: Path, target: Path) -> int:
    """Write the pages of one batch; returns how many."""
    from builder.model import Planned

    pages = writer(folder, target)
    contexts = stored(batch)
    for context in contexts:
        pages.page(Planned("grid", "grid.html", context, None))
    return len(contexts)


@cache
def writer(folder: Path, target: Path) -> Writer:
    """Return what renders pages: made once in each process."""
    from builder import load
    from builder.language import translator
    from builder.site.environment import Words, environment
    from builder.site.render import Writer

    config = load.site_config(ROOT / "mkdocs.yml")
    found = setting(folder)
    words = Words(found.facts, translator(config.language), found.resources)
    return Writer(environment(config.templates, found.shells, words), target)


def main() -> None:
    """Do what the command line says."""
    command, first, second, *more = sys.argv[1:]
    if command == "collect":
        collect(Path(first), Path(second))
    else:
        cold(Path(first), Path(second), int(*more))


if __name__ == "__main__":
    main()
