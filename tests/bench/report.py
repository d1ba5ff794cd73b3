"""What `make bench` found, as Markdown: the limits first, then what each number covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from tests.bench.before import BEFORE
from tests.bench.cells import Checks, Reading
from tests.bench.limits import Limit, Results, limits
from tests.bench.ours import Rendered
from tests.bench.peers import Peers, wall
from tests.bench.table import COSTS, MEANING, costs, machine, stage_table, table, whole_table
from tests.bench.wholes import Trials, typical

__all__ = ["report"]

QUIET = 0.1
"""Cores that other work may use before a wall time is not to be trusted."""


def report(results: Results) -> str:
    """Return the whole report as Markdown."""
    parts = (
        ("# Benchmarks\n",),
        machine(results.date, results.command),
        judged(limits(results)),
        wholes(results.trials.values()),
        cells(results.checks) if results.checks else (),
        renders(results.renders),
        peers([item for item in (results.mkdocs, results.hugo) if item]),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def judged(found: Sequence[Limit]) -> Iterator[str]:
    yield "## Limits\n"
    yield f"*Before* is commit {BEFORE}, built in this run on the same packages, by the same Python and libraries."
    if any(limit.found is None for limit in found):
        yield "*Not judged*: this run left the size or the peer out, or the history does not hold that commit."
    yield ""
    rows = [
        (item.what, "—" if item.found is None else f"{item.found:.2f} {item.unit}", item.bounds, item.verdict)
        for item in found
    ]
    yield from table(("", "found", "limit", ""), rows)


def wholes(found: Iterable[Trials]) -> Iterator[str]:
    all_of = list(found)
    yield "## From CSV files to the finished site\n"
    yield "`mingge build PACKAGE --output SITE --as-of 2026-10-31`: all files, all pages, downloads and search index."
    yield "Runs take turns, before and now; of several the one of median wall time is shown. *With kept shells*: a"
    yield "build after another one, which left its shells in the cache; otherwise the cache is empty.\n"
    yield MEANING
    yield from whole_table([(item.size.words, *run) for item in all_of for run in item.runs])
    for item in all_of:
        yield f"### Stages, {item.size.words}\n"
        yield "In seconds (and the highest PSS of all processes meanwhile). `start` is Python and the imports; `end` is"
        yield "what remains after the last stage.\n"
        yield from stage_table([(word, typical(trials)) for word, trials in item.runs])
    paces = [trial.speed for item in all_of for _, trials in item.runs for trial in trials]
    if paces:
        yield f"A fixed loop of Python took {min(paces):.3f} to {max(paces):.3f} s between these runs (median"
        yield f"{median(paces):.3f} s): what differs more than that is not the machine.\n"


def cells(checks: Checks) -> Iterator[str]:
    yield "## Cells\n"
    yield "The case table alone, its schema without keys. Ours: file to typed and checked table, cold, every core, with"
    yield "the start of its workers and what they import. Stock: `frictionless` validates a file of 100,000 of these"
    yield "rows on one core; its rows a second are taken for those of the whole file. What the first process imports"
    yield "counts for neither. The bad row has a date that does not exist.\n"
    runs = (
        ("now, clean", checks.clean),
        ("now, one bad row", checks.bad),
        ("stock, clean", checks.stock_clean),
        ("stock, one bad row", (checks.stock_bad,)),
    )
    header = ("", "runs", "rows", "wall", "CPU", "rows a second", "cells a CPU-second", "found")
    yield from table(header, [reading_row(word, readings, checks.start) for word, readings in runs])
    yield f"By rows a second {checks.ratio:.1f} ×, by cells a CPU-second {per_cpu(checks):.1f} ×. One bad row costs"
    yield f"{checks.more_seconds:+.2f} s. Both find the same: {'yes' if checks.agree else '**no**'}.\n"


def per_cpu(checks: Checks) -> float:
    return cells_a_second(checks.clean) / cells_a_second(checks.stock_clean)


def cells_a_second(readings: Sequence[Reading]) -> float:
    """Return the median of cells a second of processor time."""
    return median(item.rows * item.columns / item.cpu for item in readings)


def reading_row(word: str, readings: Sequence[Reading], start: int) -> tuple[str, ...]:
    first = readings[0]
    seconds, cpu = median(item.wall for item in readings), median(item.cpu for item in readings)
    before = start if word == "stock, one bad row" else 0
    found = "; ".join(f"row {row + before:,} {field} {rule}" for row, field, rule in first.found[:3]) or "—"
    pace = f"{first.rows / seconds:,.0f}"
    return (word, str(len(readings)), f"{first.rows:,}", f"{seconds:.2f} s", f"{cpu:.2f} s", pace,
            f"{cells_a_second(readings):,.0f}", found)  # fmt: skip


def renders(found: Iterable[Rendered]) -> Iterator[str]:
    yield "## Render stage\n"
    yield "Contexts to HTML files: contexts are made beforehand in batches of 500, and only `site.page()` of the grid"
    yield "pages is timed. That is Jinja, `index.html` and the page's entry for the search index. One process, one"
    yield "core. *Warm*: user time of a page after the first 100, which also compile the templates; without the"
    yield "system's time for making files, which depends on where the disk has room. *Pace*: seconds of a fixed loop"
    yield "of Python between the batches, by which warm pages are compared: this machine's changes between runs.\n"
    names = ("", "grid pages", "wall", "wall a page", "CPU a page", "first 100, user", "warm page, user", "pace",
             "making contexts", "bytes a page")  # fmt: skip
    yield from table(names, [render_row(item) for item in found])


def render_row(x: Rendered) -> tuple[str, ...]:
    first = f"{1000 * x.first_user / x.first_pages:.2f} ms"
    milliseconds = (f"**{x.ms:.2f} ms**", f"{x.cpu_ms:.2f} ms", first, f"**{x.later_ms:.2f} ms**")
    return (x.size.words, f"{x.pages:,}", f"{x.wall:.2f} s", *milliseconds,
            f"{x.pace:.3f} s", f"{x.make:.2f} s", f"{x.page_bytes:,}")  # fmt: skip


def peers(found: Sequence[Peers]) -> Iterator[str]:
    if not found:
        return
    yield "## Peers\n"
    yield "Grid pages only, from the same stored contexts, each program in a cold process that reads its input from"
    yield "disk and uses every core it can; the median of the runs, which take turns. We read contexts as Python stored"
    yield "them and a shell that is already built; Hugo reads the contexts as JSON and has the same shell in its"
    yield "template; MkDocs reads a Markdown page a grid with tables of the same data and no picture, all in nav, so"
    yield "that each of its pages carries the navigation of all.\n"
    names = ("", "grid pages", "runs", *COSTS, "wall a page", "bytes a page", "rows a page", "wall ÷ ours")
    yield from table(names, [row for item in found for row in peer_rows(item)])
    for item in found:
        yield from likeness(item)


def peer_rows(item: Peers) -> Iterator[tuple[object, ...]]:
    for runs, ratio in ((item.ours, "1"), (item.theirs, f"**{item.ratio:.2f}**")):
        x = sorted(runs, key=lambda pages: pages.cost.wall)[(len(runs) - 1) // 2]
        a_page = f"{1000 * wall(runs) / x.pages:.2f} ms"
        yield x.program, f"{x.pages:,}", len(runs), *costs(x.cost), a_page, f"{x.bytes:,}", x.rows, ratio


def likeness(item: Peers) -> Iterator[str]:
    """Yield whether the peer made the same pages, and what its time means."""
    ours, theirs = item.ours[0], item.theirs[0]
    if item.likeness:
        yield f"{theirs.program} beside ours: {item.likeness.words}."
        if item.likeness.difference:
            yield f"The first difference: {item.likeness.difference}"
        yield f"It takes {item.ratio:.2f} × our wall time and {theirs.cost.cpu / ours.cost.cpu:.2f} × our CPU time.\n"
    disturbed = max(pages.cost.others / pages.cost.wall for pages in (*item.ours, *item.theirs))
    if disturbed > QUIET:
        yield f"**Other work took up to {disturbed:.2f} cores while {theirs.program} was compared: do not cite it.**\n"
