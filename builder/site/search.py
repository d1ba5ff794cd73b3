"""The search index, by Pagefind, over small entries instead of the finished pages.

An entry holds what a page is looked up by and nothing else; Pagefind reads 15,000 of them in the time it
takes to read a few hundred pages full of tables. They are known before the pages are, so Pagefind works beside those
who write them, unless there are so many that both would need their memory at the same time. It gets them in the order
of their paths, so that the index is the same whoever wrote the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from builder.model import Search
from builder.site import pagefind

__all__ = ["Index", "opened"]

FEW = 5_000
"""Entries. For 15,000 of them Pagefind takes 600 MB."""


class Index:
    """Hands entries to Pagefind without waiting for it. `language`: that of the entries."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.queue: SimpleQueue[pagefind.Request | None] = SimpleQueue()
        self.later: list[pagefind.Request] = []

    def requests(self) -> Iterator[pagefind.Request]:
        """Yield what was handed over, until there is no more."""
        return iter(self.queue.get, None)

    def fill(self, entries: Iterable[tuple[str, Search]], target: Path) -> None:
        """Hand over all there is to find: `entries` (path, entry) and the hand-written pages of the site `target`."""
        found = {path: record(path, entry, self.language) for path, entry in entries}
        for path in handwritten(target):
            html = (target / path / "index.html").read_text("utf-8")
            found.setdefault(path, pagefind.page(f"{path}index.html", html))
        self.later = [request for _, request in sorted(found.items())]
        if len(found) <= FEW:
            self.end()

    def end(self) -> None:
        """Hand over what is left and say that there is no more: whoever waits for it must not wait for ever."""
        for request in self.later:
            self.queue.put(request)
        self.later = []
        self.queue.put(None)


@contextmanager
def opened(into: Path, language: str, scratch: Path) -> Iterator[Index]:
    """Yield an index, to be filled once; it is written below `into` at the end of the block. Raises ToolError.

    `scratch` is a folder to work in.
    """
    index = Index(language)
    with pagefind.talking(index.requests(), scratch / "pagefind", stemless(language)) as answer:
        try:
            yield index
        except BaseException:
            index.later = []  # whatever went wrong, nobody needs the index any more
            raise
        finally:
            index.end()
        found = answer.result()
    for name, content in found.items():
        file = into / "pagefind" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def stemless(language: str) -> str:
    """Return the language that words are indexed in: no language, except for Chinese, which is its own.

    Pagefind looks for words that begin with what is typed, but cuts both to their stems first: “holly” becomes “holli”,
    with which “hollywood” does not begin. What is looked up here are names.
    """
    return "" if language.lower().startswith("zh") else "und"


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
