"""The parts that reports of measurements are made of, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.bench.measure import Cost
from tests.bench.wholes import Trial, typical

__all__ = ["COSTS", "MEANING", "costs", "machine", "stage_table", "table", "whole_table"]

PACKAGES = ("pandas", "pyarrow", "frictionless", "jinja2", "mkdocs", "mkdocs-material", "pagefind")
COSTS = ("wall", "CPU", "others' CPU", "PSS", "RSS")
"""The heads of what `costs` returns."""

MEANING = """\
CPU: user and system time of all processes. Others' CPU: what everything else on the machine used meanwhile; where it
is not small, wall times are too long, most of all those of programs that use every core. PSS: highest sum over all
processes at one moment, pages that several share counted once; looked at every 0.1 s (at 2 GB every 0.3 s). RSS: the
same, shared pages counted for each. Largest: highest RSS of any one process.
"""


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table: words on the left, numbers on the right."""
    yield from ("| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1))
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)
    yield ""


def machine(date: str, command: str) -> Iterator[str]:
    """Yield the head of a report: what was run, when, on what."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    core, system = names[0] if names else platform.machine(), f"{platform.system()} {platform.release()}"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    yield f"Written by `{command}` on {date}; do not edit.\n"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield f"- {os.cpu_count()} cores ({core}), {memory:.0f} GB, {system}"
    yield f"- Python {platform.python_version()}, {packages}"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    yield f"- average load over 1, 5 and 15 minutes at the end of the run, our own work included: {load}"
    yield "- packages: `mingge demo OUT --grids N --cases M --earlier-cases 0 --seed 1 --areas FILE`\n"
    yield "Every run is a new process with compiled Python modules and a warm disk cache.\n"


def costs(cost: Cost) -> tuple[str, ...]:
    """Return the cells for wall, CPU, others' CPU, PSS, RSS."""
    memory = cost.memory
    seconds = (f"{value:.1f} s" for value in (cost.wall, cost.cpu, cost.others))
    return (*seconds, f"{memory.pss:,.0f} MB", f"{memory.rss:,.0f} MB")


COSTS = ("wall", "CPU", "others' CPU", "PSS", "RSS")


def whole_table(runs: Sequence[tuple[str, str, Sequence[Trial]]]) -> Iterator[str]:
    """Yield the table of whole builds: (size, kind of run, runs)."""
    rows = []
    for size, word, trials in runs:
        trial = typical(trials)
        walls = sorted(each.cost.wall for each in trials)
        spread = f"{walls[0]:.1f}–{walls[-1]:.1f}" if len(walls) > 1 else ""
        largest, site = f"{trial.cost.largest_mb:,.0f} MB", f"{trial.site_mb:,.0f} MB"
        rows.append((size, word, len(trials), spread, *costs(trial.cost), largest, f"{trial.pages:,}", site))
    yield from table(("", "", "runs", "wall of all", *COSTS, "largest", "pages", "site"), rows)


def stage_table(runs: Sequence[tuple[str, Trial]]) -> Iterator[str]:
    """Yield the table of stages, a column a run; a stage that a run does not have is empty."""
    cells = [
        {stage.name: f"{stage.seconds:.1f} ({stage.memory.pss:,.0f} MB)" for stage in trial.stages} for _, trial in runs
    ]
    names = order([trial for _, trial in runs])
    rows = [(name, *(item.get(name, "") for item in cells)) for name in names]
    yield from table(("stage", *(word for word, _ in runs)), rows)


def order(trials: Sequence[Trial]) -> list[str]:
    """Return the names of all stages, those of the first run in its order, others before the end."""
    found = list(dict.fromkeys(stage.name for trial in trials for stage in trial.stages if stage.name != "end"))
    return [*found, "end"]
