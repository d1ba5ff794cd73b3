"""Results as Markdown: the limits first, then what each number covers."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import Cost
from tests.bench.ours import Rendered, Whole
from tests.bench.peers import Peers

PACKAGES = ("pandas", "frictionless", "jinja2", "mkdocs", "mkdocs-material", "pagefind")

QUIET = 0.1
"""Cores that other work may use before a wall time is not to be trusted."""

__all__ = ["Limit", "Results", "limits", "report"]


class Results(NamedTuple):
    """All that one run of the benchmark found, by the name of the size."""

    date: str
    command: str
    wholes: dict[str, Whole]
    renders: dict[str, Rendered]
    mkdocs: Peers | None
    hugo: Peers | None


class Limit(NamedTuple):
    """One limit: what it is about, the number found, the number that must not be passed."""

    what: str
    found: float
    most: float
    unit: str

    @property
    def met(self) -> bool:
        return self.found <= self.most


def limits(results: Results) -> list[Limit]:
    """Return the limits that this run can judge."""
    found: list[Limit] = []
    small, large = (results.wholes.get(name) for name in ("small", "large"))
    if small:
        found.append(Limit(f"CSV to site, {small.size.words}", small.cost.wall, 10, "s"))
    if large:
        found.append(Limit(f"CSV to site, {large.size.words}", large.cost.wall, 120, "s"))
        found.append(Limit(f"peak memory, {large.size.words} (all processes)", large.cost.tree_mb / 1000, 2, "GB"))
    medium_render, large_render = (results.renders.get(name) for name in ("medium", "large"))
    if large_render:
        found.append(Limit("render stage, a grid page of 10,000", large_render.ms, 1, "ms"))
        if medium_render:
            growth = large_render.later_ms / medium_render.later_ms
            found.append(
                Limit("render stage, a page of 10,000 ÷ a page of 1,000 (without the first)", growth, 1.3, "×")
            )
    return found


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield from ("| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1))
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)
    yield ""


def report(results: Results) -> str:
    """Return the whole report as Markdown."""
    return "\n".join([*machine(results), *judged(results), *wholes(results), *renders(results), *peers(results)]) + "\n"


def machine(results: Results) -> Iterator[str]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    core, system = names[0] if names else platform.machine(), f"{platform.system()} {platform.release()}"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    yield "# Benchmarks\n"
    yield f"Written by `{results.command}` on {results.date}; do not edit.\n"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield f"- {os.cpu_count()} cores ({core}), {memory:.0f} GB, {system}"
    yield f"- Python {platform.python_version()}, {packages}"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    yield f"- average load over 1, 5 and 15 minutes at the end of the run, our own work included: {load}"
    yield "- packages: `mingge demo OUT --grids N --cases M --seed 1 --areas FILE`, areas from datasets/\n"
    yield "Every number is one run in a new process, with compiled Python modules and a warm disk cache.\n"


def judged(results: Results) -> Iterator[str]:
    yield "## Limits\n"
    rows = [
        (item.what, f"{item.found:.2f} {item.unit}", f"{item.most:g} {item.unit}", "met" if item.met else "**missed**")
        for item in limits(results)
    ]
    yield from table(("", "found", "limit", ""), rows)


def costs(cost: Cost) -> tuple[str, str, str, str]:
    return f"{cost.wall:.1f} s", f"{cost.cpu:.1f} s", f"{cost.others:.1f} s", f"{cost.tree_mb:,.0f} MB"


def wholes(results: Results) -> Iterator[str]:
    yield "## From CSV files to the finished site\n"
    yield "`mingge build PACKAGE --output SITE --as-of 2026-10-31`: all files, all pages, downloads and search index.\n"
    yield "CPU: user and system time of all processes. Others' CPU: what everything else on the machine used meanwhile;"
    yield "where it is not small, wall times are too long, most of all those of programs that use every core."
    yield "All processes: highest sum of their resident memory at one"
    yield "moment, looked at every 50 ms, shared pages counted for each. Largest: highest resident memory of any one"
    yield "process.\n"
    found = list(results.wholes.values())
    yield from table(
        ("", "wall", "CPU", "others' CPU", "all processes", "largest", "pages", "site"),
        [
            (x.size.words, *costs(x.cost), f"{x.cost.largest_mb:,.0f} MB", f"{x.pages:,}", f"{x.site_mb:,.0f} MB")
            for x in found
        ],
    )
    yield "Stages, in seconds (and the highest memory of all processes meanwhile). `start` is Python and the imports;"
    yield "`end` is what remains after the last stage.\n"
    names = list(dict.fromkeys(stage.name for item in found for stage in item.stages))
    stages = [{stage.name: f"{stage.seconds:.1f} ({stage.tree_mb:,.0f} MB)" for stage in item.stages} for item in found]
    rows = [(name, *(item.get(name, "") for item in stages)) for name in names]
    yield from table(("stage", *(item.size.words for item in found)), rows)


def renders(results: Results) -> Iterator[str]:
    yield "## Render stage\n"
    yield "Contexts to HTML files: contexts are made beforehand in batches of 500, and only `site.page()` of the grid"
    yield "pages is timed. That is Jinja, `index.html` and the page's entry for the search index; the first page also"
    yield "compiles the templates. One process, one core.\n"
    rows = [
        (
            x.size.words,
            f"{x.pages:,}",
            f"{x.wall:.2f} s",
            f"**{x.ms:.2f} ms**",
            f"{1000 * x.first:.0f} ms",
            f"{x.later_ms:.2f} ms",
            f"{x.cpu_ms:.2f} ms",
            f"{x.make:.2f} s",
            f"{x.page_bytes:,}",
        )
        for x in results.renders.values()
    ]
    yield from table(
        (
            "",
            "grid pages",
            "wall",
            "wall a page",
            "first page",
            "each later page",
            "CPU a page",
            "making contexts",
            "bytes a page",
        ),
        rows,
    )


def peers(results: Results) -> Iterator[str]:
    if not (results.mkdocs or results.hugo):
        return
    yield "## Peers\n"
    yield "Grid pages only, from the same stored contexts, each program in a cold process that reads its input from"
    yield "disk. We read contexts as Python stored them and a shell that is already built; Hugo reads the contexts as"
    yield "JSON and has the same shell in its template; MkDocs reads a Markdown page a grid with tables of the same"
    yield "data and no picture, all in nav, so that each of its pages carries the navigation of all.\n"
    runs = [(item, pages) for item in (results.mkdocs, results.hugo) if item for pages in (item.ours, item.theirs)]
    yield from table(
        (
            "",
            "grid pages",
            "wall",
            "CPU",
            "others' CPU",
            "all processes",
            "wall a page",
            "bytes a page",
            "rows a page",
            "wall ÷ ours",
        ),
        [
            (
                x.program,
                f"{x.pages:,}",
                *costs(x.cost),
                f"{1000 * x.cost.wall / x.pages:.2f} ms",
                f"{x.bytes:,}",
                x.rows,
                "1" if x is item.ours else f"**{item.ratio:.2f}**",
            )
            for item, x in runs
        ],
    )
    if results.hugo and results.hugo.likeness:
        yield f"Hugo’s pages beside ours: {results.hugo.likeness.words}."
        if results.hugo.likeness.difference:
            yield f"The first difference: {results.hugo.likeness.difference}"
        ratio, work = results.hugo.ratio, results.hugo.theirs.cost.cpu / results.hugo.ours.cost.cpu
        speed = "fast" if ratio >= 1 else "slow"
        yield f"\nHugo takes {ratio:.2f} × our wall time and {work:.2f} × our CPU time; it uses all cores, we use one."
        yield f"By the clock we are {max(ratio, 1 / ratio):.2f} × as {speed} as Hugo."
        disturbed = max(item.cost.others / item.cost.wall for item in (results.hugo.ours, results.hugo.theirs))
        if disturbed > QUIET:
            yield f"**Other work took up to {disturbed:.2f} cores meanwhile: do not cite this ratio.**"
