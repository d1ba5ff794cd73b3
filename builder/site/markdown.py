"""Text that comes from schemas as Markdown that shows it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from builder.model.legible import shown

__all__ = ["Row", "cell", "code", "fold", "html", "table"]


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


def html(text: object) -> str:
    """Return `text` as HTML that shows it as it is, in one line: Markdown leaves a block of HTML alone."""
    return escape(shown(" ".join(str(text).split())))


class Row(NamedTuple):
    """A term, the lines of what is said of it, and where an address leads to it ("": nowhere); all of it HTML."""

    term: str
    lines: Iterable[str]
    anchor: str = ""


def fold(summary: str, rows: Iterable[Row]) -> list[str]:
    """Return the lines of a list that opens when somebody wants it: terms, and lines of what is said of each.

    All of it is HTML already. A table of six columns is nothing for a phone, and sixty thousand pixels of them
    are nothing for anybody.
    """
    found = [f'<details class="mg-more"><summary>{summary}</summary>', '<dl class="mg-fields">']
    for term, lines, anchor in rows:
        told = "".join(f"<dd>{line}</dd>" for line in lines if line)
        place = f' id="{anchor}"' if anchor else ""
        found.append(f"<div{place}><dt>{term}</dt>{told}</div>")
    return [*found, "</dl></details>", ""]
