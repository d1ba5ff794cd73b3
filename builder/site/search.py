"""The search index, by Pagefind, over small entries instead of the finished pages.

An entry holds what a page is looked up by and nothing else; Pagefind reads 15,000 of them in the time it
takes to read a few hundred pages full of tables. It reads them while other pages are still being written, in the
order in which they are handed over, which is that of the pages' plan: so the index is the same whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from builder.model import Search
from builder.site import pagefind

__all__ = ["Index", "opened"]


class Index:
    """Takes entries in order, without waiting for Pagefind. `language`: that of the entries."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.paths: set[str] = set()
        self.queue: SimpleQueue[pagefind.Request | None] = SimpleQueue()

    def requests(self) -> Iterator[pagefind.Request]:
        """Yield what was handed over, until there is no more."""
        return iter(self.queue.get, None)

    def add(self, path: str, entry: Search) -> None:
        """Hand over the entry of the page at `path` (from the site's root, ending in a slash)."""
        self.paths.add(path)
        self.queue.put(record(path, entry, self.language))

    def add_written(self, target: Path) -> None:
        """Hand over the hand-written pages of `target`, which are the last."""
        for path in sorted(set(handwritten(target)) - self.paths):
            html = (target / path / "index.html").read_text("utf-8")
            self.queue.put(pagefind.page(f"{path}index.html", html))


@contextmanager
def opened(target: Path, language: str, scratch: Path) -> Iterator[Index]:
    """Yield the index of the site `target`, to be filled; it is written at the end of the block. Raises ToolError.

    `scratch` is a folder to work in.
    """
    index = Index(language)
    with pagefind.talking(index.requests(), scratch / "pagefind") as answer:
        try:
            yield index
            index.add_written(target)
        finally:
            index.queue.put(None)  # whoever waits for more must not wait for ever
        found = answer.result()
    for name, content in found.items():
        file = target / "pagefind" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def spaced(words: str) -> str:
    """Put every Chinese character between spaces, so that it is a word of its own.

    Pagefind cuts the index and the query into Chinese words by two dictionaries that disagree, so that even
    网格 finds nothing (Pagefind issue 1237). A quoted query of single characters (search.js) needs no
    dictionary and finds any part of a name.
    """
    return "".join(f" {sign} " if sign >= "\u2e80" else sign for sign in words)


def record(path: str, entry: Search, language: str) -> pagefind.Request:
    """Return the request to index `entry` as the page at `path`."""
    meta = {"title": entry.title, "subtitle": entry.subtitle}
    return pagefind.record(f"/{path}", spaced(entry.words), language, {k: v for k, v in meta.items() if v})


def handwritten(target: Path) -> Iterable[str]:
    """Return the paths of the pages that name what is to be indexed of them."""
    marked = (page for page in target.glob("*/index.html") if b"data-pagefind-body" in page.read_bytes())
    return (f"{page.parent.name}/" for page in marked)
