"""Text that comes from schemas as Markdown that shows it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder.model.legible import shown

__all__ = ["cell", "code", "table"]


def cell(text: object) -> str:
    """Escape what Markdown or HTML would take for markup, so that a schema's text is shown as it is."""
    plain = shown(" ".join(str(text).split()))
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|" else c for c in plain.replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def code(text: object) -> str:
    """Return a name as code that shows it as it is; between backticks a backtick would end it."""
    return f"<code>{cell(text)}</code>"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table; the cells of `rows` are shown as they are."""
    lines = [header, ["---"] * len(header), *([cell(item) for item in row] for row in rows)]
    return ["| " + " | ".join(line) + " |" for line in lines]
