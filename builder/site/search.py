"""The search index, by Pagefind, over small entries instead of the finished pages.

An entry holds what a page is looked up by and nothing else; Pagefind reads 15,000 of them in the time it
takes to read a few hundred pages full of tables. Entries lie in a folder of their own at their pages' paths.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path

from builder.model import Search
from builder.site.engine import execute

__all__ = ["add", "index"]


HTML = (
    '<!doctype html><html lang="{language}"><head><title>{title}</title></head><body><main data-pagefind-body>'
    '<div data-pagefind-ignore><h1 data-pagefind-meta="title">{title}</h1>'
    '<p data-pagefind-meta="subtitle">{subtitle}</p></div>'
    "<p>{words}</p></main></body></html>\n"
)


def add(entries: Path, path: str, entry: Search, language: str) -> None:
    """Write the entry of the page at `path` (from the site's root, ending in a slash)."""
    title, subtitle, words = (escape(text) for text in (entry.title, entry.subtitle, spaced(entry.words)))
    folder = entries / path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        HTML.format(language=language, title=title, subtitle=subtitle, words=words), encoding="utf-8"
    )


def spaced(words: str) -> str:
    """Put every Chinese character between spaces, so that it is a word of its own.

    Pagefind cuts the index and the query into Chinese words by two dictionaries that disagree, so that even
    网格 finds nothing (Pagefind issue 1237). A quoted query of single characters (search.js) needs no
    dictionary and finds any part of a name.
    """
    return "".join(f" {sign} " if sign >= "\u2e80" else sign for sign in words)


def index(target: Path, entries: Path) -> None:
    """Write `target`/pagefind from `entries` and from the hand-written pages of `target`. Raises ToolError."""
    for page in sorted(target.glob("*/index.html")):
        copy = entries / page.relative_to(target)
        if not copy.exists() and b"data-pagefind-body" in page.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
    output = (target / "pagefind").resolve()
    options = ("--site", str(entries.resolve()), "--output-path", str(output), "--silent")
    execute((sys.executable, "-m", "pagefind"), options, entries)
