"""Text that comes from schemas as Markdown that shows it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["cell", "table"]


def cell(text: object) -> str:
    """Escape what Markdown or HTML would take for markup, so that a schema's text is shown as it is."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|" else c for c in str(text))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table; the cells of `rows` are shown as they are."""
    lines = [header, ["---"] * len(header), *([cell(item) for item in row] for row in rows)]
    return ["| " + " | ".join(line) + " |" for line in lines]
