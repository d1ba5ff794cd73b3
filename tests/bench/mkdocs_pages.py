"""The usual way: MkDocs with Material, one Markdown page a grid with tables of the same data, all in nav."""

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
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return run([sys.executable, "-m", "mkdocs", "build", *options], extra=quiet)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    cells = [["—" if item in ("", None) else str(item) for item in line] for line in lines]
    return ["", *("| " + " | ".join(line) + " |" for line in cells), ""]


def pair(ratio: tuple[int, int]) -> str:
    return f"{ratio[0]}/{ratio[1]} ({100 * ratio[0] / ratio[1]:.1f} %)" if ratio[1] else "—"


def link(item: Any) -> str:
    return f"[{item.label}](https://mingge.example/{item.path})"


def columns(rows: Iterable[Any], names: str) -> list[str]:
    """Return a table of the fields `names` of each row; a pair of counts gets its percentage."""
    wanted = names.split()
    values = ([getattr(row, name) for name in wanted] for row in rows)
    return table(wanted, ([pair(item) if isinstance(item, tuple) else item for item in line] for line in values))


def tallies(rows: Iterable[Any], names: str) -> list[str]:
    """Return a table of categories: the name, then fields of its tally."""
    wanted = names.split()
    lines = ([row.name, *(getattr(row.tally, name) for name in wanted)] for row in rows)
    return table(["category", *wanted], ([pair(x) if isinstance(x, tuple) else x for x in line] for line in lines))


def markdown(page: Any) -> Iterator[str]:
    """Yield the lines of a grid's page."""
    yield " › ".join(map(link, page.breadcrumbs))
    yield f"\n# {page.name}\n\n{page.grid_id} · {page.household_count}\n\n{page.extent}\n"
    yield f"{link(page.branch) if page.branch else '—'} · {page.leader} · {page.worker}\n"
    yield " · ".join(found.phone for found in (page.report.first, page.report.supervision) if found) + "\n"
    yield from columns(page.late.items, "title what limit_date days")
    for block in page.blocks:
        yield from {"duty": duty, "case": case, "assessment": assessment}[block.anchor](block)
    yield "\n".join(map(link, page.downloads))


def duty(block: Any) -> Iterator[str]:
    yield "\n## Duties\n"
    yield from columns([block.tally], "fulfilment punctuality late overdue upcoming")
    yield from tallies(block.categories, "fulfilment late overdue upcoming")
    for rows in (block.rows, block.shared.all):
        names = "title category frequency basis post due_date done_date status days"
        yield from columns((row.duty for row in rows), names)


def case(block: Any) -> Iterator[str]:
    yield "\n## Matters\n"
    yield from columns([block.tally], "on_time response resolution satisfaction median_days received open overdue")
    yield from tallies(block.categories, "received overdue on_time resolution satisfaction median_days")
    yield from columns(block.chart.bars, "month received resolved")
    dates = "received_date responded_date resolved_date limit_date"
    yield from columns(
        block.rows, f"category case_id channel {dates} outcome handler_kind method status days days_late"
    )


def assessment(block: Any) -> Iterator[str]:
    yield f"\n## Assessment\n\n{link(block.branch)}\n"
    if block.sheet:
        words = "indicator definition evaluator direction method"
        yield from columns(block.sheet.lines, f"{words} weight score full_score points evidence_url")
        yield from columns(block.sheet.approvals, "indicator ratio low_pct high_pct issued")
    yield from columns(block.periods, "period score grade")
