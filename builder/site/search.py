"""The search index, by Pagefind, over small entries instead of the finished pages.

An entry holds what a page is looked up by and nothing else; Pagefind reads 15,000 of them in the time it
takes to read a few hundred pages full of tables. They wait in one file until all pages are written, and go to
Pagefind in the order of their paths, so that the index is the same however they came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from builder.model import Search
from builder.site import pagefind

__all__ = ["add", "index"]


def add(entries: TextIO, path: str, entry: Search) -> None:
    """Append the entry of the page at `path` (from the site's root, ending in a slash) as a line of JSON."""
    entries.write(json.dumps([path, *entry], ensure_ascii=False) + "\n")


def spaced(words: str) -> str:
    """Put every Chinese character between spaces, so that it is a word of its own.

    Pagefind cuts the index and the query into Chinese words by two dictionaries that disagree, so that even
    网格 finds nothing (Pagefind issue 1237). A quoted query of single characters (search.js) needs no
    dictionary and finds any part of a name.
    """
    return "".join(f" {sign} " if sign >= "\u2e80" else sign for sign in words)


def index(target: Path, entries: Path, language: str, scratch: Path) -> None:
    """Write `target`/pagefind from the file `entries` and from the hand-written pages of `target`.

    `language` is that of the entries; `scratch` is a folder to work in. Raises ToolError.
    """
    with entries.open(encoding="utf-8") as lines:
        requests = {path: record(path, Search(*entry), language) for path, *entry in map(json.loads, lines)}
    for path in handwritten(target):
        requests.setdefault(path, pagefind.page(f"{path}index.html", (target / path / "index.html").read_text("utf-8")))
    found = pagefind.files([request for _, request in sorted(requests.items())], scratch / "pagefind")
    for path, content in found.items():
        file = target / "pagefind" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def record(path: str, entry: Search, language: str) -> pagefind.Request:
    """Return the request to index `entry` as the page at `path`."""
    meta = {"title": entry.title, "subtitle": entry.subtitle}
    return pagefind.record(f"/{path}", spaced(entry.words), language, {k: v for k, v in meta.items() if v})


def handwritten(target: Path) -> Iterable[str]:
    """Return the paths of the pages that name what is to be indexed of them."""
    marked = (page for page in target.glob("*/index.html") if b"data-pagefind-body" in page.read_bytes())
    return (f"{page.parent.name}/" for page in marked)
