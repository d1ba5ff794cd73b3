"""The usual way: MkDocs with Material and one Markdown page a grid, with tables of the same data, all of them in nav."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.measure import Cost, run
from tests.bench.render import batches

__all__ = ["build", "prepare"]

CONFIG: dict[str, Any] = {
    "site_name": "grids",
    "site_url": "https://mingge.example/",
    "theme": {"name": "material", "font": False, "language": "zh"},
    "plugins": [],
    "markdown_extensions": ["tables"],
}


def prepare(stored: Path, folder: Path) -> int:
    """Write mkdocs.yml and a Markdown page for each stored context; returns how many."""
    nav: list[dict[str, str]] = [{"Home": "index.md"}]
    (folder / "docs" / "grid").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    for batch in batches(stored):
        for context in batch:
            path = f"grid/{context.grid_id}.md"
            (folder / "docs" / path).write_text("\n".join(markdown(context)) + "\n", encoding="utf-8")
            nav.append({context.name: path})
    (folder / "mkdocs.yml").write_text(json.dumps({**CONFIG, "nav": nav}, ensure_ascii=False), encoding="utf-8")
    return len(nav) - 1


def build(folder: Path, target: Path) -> Cost:
    options = ["--quiet", "-f", str(folder / "mkdocs.yml"), "-d", str(target)]
    return run([sys.executable, "-m", "mkdocs", "build", *options], {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"})


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["", *("| " + " | ".join("—" if item in ("", None) else str(item) for item in line) + " |" for line in lines), ""]


def pair(ratio: tuple[int, int]) -> str:
    return f"{ratio[0]}/{ratio[1]} ({100 * ratio[0] / ratio[1]:.1f} %)" if ratio[1] else "—"


def link(item: Any) -> str:
    return f"[{item.label}](https://mingge.example/{item.path})"


def markdown(page: Any) -> Iterator[str]:
    """Yield the lines of a grid's page."""
    yield " › ".join(map(link, page.breadcrumbs))
    yield f"\n# {page.name}\n\n{page.grid_id} · {page.household_count}\n\n{page.extent}\n"
    yield f"{link(page.branch) if page.branch else '—'} · {page.leader} · {page.worker} · {page.work_phone} · {page.supervision_phone}\n"
    yield from table(("Overdue", "Limit", "Days"), [(item.title, item.limit_date, item.days) for item in page.late])
    if page.duty:
        yield from duty(page.duty)
    if page.case:
        yield from case(page.case)
    if page.assessment:
        yield from assessment(page.assessment)


def duty(block: Any) -> Iterator[str]:
    tally = block.tally
    yield "\n## Duties\n"
    yield from table(("Fulfilled", "On time", "Late", "Overdue", "Upcoming"), [
        (pair(tally.fulfilment), pair(tally.punctuality), tally.late, tally.overdue, tally.upcoming)
    ])  # fmt: skip
    yield from table(("Category", "Fulfilled", "Late", "Overdue", "Upcoming"), [
        (row.name, pair(row.tally.fulfilment), row.tally.late, row.tally.overdue, row.tally.upcoming) for row in block.categories
    ])  # fmt: skip
    for rows in (block.rows, block.shared):
        yield from table(("Duty", "Category", "Frequency", "Basis", "Post", "Due", "Done", "Status", "Days"), [
            (row.title, row.category, row.frequency, row.basis, row.post, row.due_date, row.done_date, row.status, row.days) for row in rows
        ])  # fmt: skip


def case(block: Any) -> Iterator[str]:
    tally = block.tally
    yield "\n## Matters\n"
    yield from table(("On time", "Responded", "Solved", "Satisfied", "Median", "Received", "Open", "Overdue"), [
        (*map(pair, (tally.on_time, tally.response, tally.resolution, tally.satisfaction)), tally.median_days, tally.received, tally.open, tally.overdue)
    ])  # fmt: skip
    yield from table(("Category", "Group", "Received", "Overdue", "On time", "Solved", "Satisfied", "Median"), [
        (row.name, row.group, row.tally.received, row.tally.overdue, *map(pair, (row.tally.on_time, row.tally.resolution, row.tally.satisfaction)), row.tally.median_days)
        for row in block.categories
    ])  # fmt: skip
    yield from table(("Month", "Received", "Resolved"), [(bar.month, bar.received, bar.resolved) for bar in block.chart.bars])
    yield from table(("Category", "Code", "Channel", "Received", "Responded", "Resolved", "Limit", "Outcome", "Handler", "Method", "Status", "Days"), [
        (row.category, row.case_id, row.channel, row.received_date, row.responded_date, row.resolved_date, row.limit_date,
         row.outcome or row.stage, row.handler_kind, row.method, row.status, row.days)
        for row in block.rows
    ])  # fmt: skip


def assessment(block: Any) -> Iterator[str]:
    yield f"\n## Assessment\n\n{link(block.branch)}\n"
    if block.sheet:
        yield from table(("Indicator", "Definition", "Evaluator", "Direction", "Method", "Weight", "Score", "Full", "Points"), [
            (line.indicator, line.definition, line.evaluator, line.direction, line.method, line.weight, line.score, line.full_score, line.points)
            for line in block.sheet.lines
        ])  # fmt: skip
        yield from table(("Ballots", "Favourable", "Low", "High", "Issued"), [
            (item.indicator, pair(item.ratio), item.low_pct, item.high_pct, item.issued) for item in block.sheet.approvals
        ])  # fmt: skip
    yield from table(("Period", "Score", "Grade"), [(row.period, row.score, row.grade) for row in block.periods])
