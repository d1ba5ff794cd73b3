"""One site being written: opened with the engine's shells, filled page by page, closed with index and sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from builder.errors import BuilderError
from builder.language import mark, translator
from builder.model import Package, SiteConfig, Tables
from builder.site import docs, downloads, engine, search, shell, sitemap
from builder.site.docs import Rule
from builder.site.downloads import Download
from builder.site.environment import SiteFacts, Words, environment
from builder.site.render import Writer

__all__ = ["Site", "open_site"]


class Site:
    """A site below `target`, open for pages until `close`."""

    def __init__(self, target: Path, entries: TextIO, writer: Writer, facts: SiteFacts) -> None:
        self.target, self.entries, self.writer, self.facts = target, entries, writer, facts

    def page(self, template: str, context: Any) -> None:
        """Write one page, and its entry for the search if it has one."""
        self.writer.page(template, context)
        if context.head.search:
            search.add(self.entries, context.head.path, context.head.search)

    def document(self, path: str, value: Mapping[str, Any]) -> None:
        """Write one JSON document."""
        self.writer.document(path, value)

    def downloads(self, tables: Tables) -> tuple[Download, ...]:
        """Write the published package and return its files."""
        return downloads.write(tables, self.target)

    def close(self, scratch: Path) -> None:
        """Write search index and sitemap."""
        self.entries.close()
        search.index(self.target, Path(self.entries.name), self.facts.language, scratch)
        written = sorted(
            path.parent.relative_to(self.target).as_posix() + "/" for path in self.target.glob("*/index.html")
        )
        pages = sorted({*self.writer.paths, *written})
        sitemap.write(self.target, self.facts.url, pages, self.facts.as_of)


@contextmanager
def open_site(
    config: SiteConfig,
    target: Path,
    scratch: Path,
    package: Package,
    contents: tuple[SiteFacts, Iterable[str], Sequence[Rule]],
) -> Iterator[Site]:
    """Build the shells into the new folder `target` and yield the site, ready for its pages; close it at the end.

    `scratch`: an empty folder to work in, which is the caller's to remove.
    `contents`: the site's facts, the kinds of pages it will have (shell.KINDS) and the checks to document.
    """
    facts, kinds, rules = contents
    translate = translator(config.language)
    tree = scratch / "docs"
    docs.tree(config.docs, tree, kinds, docs.pages(package, rules, translate))
    extra = {"mingge_as_of": facts.as_of, "mingge_demonstration": facts.demonstration}
    engine.run(config, tree, target, extra, scratch)
    shells = shell.read(target, kinds)
    # now, before the data comes: a grid may be called what it likes
    if left := shell.leftovers(target):
        raise BuilderError(
            mark("{count} files still hold a shell’s marker, the first is {path}"),
            mark("the theme prints a shell page somewhere, such as in a list of pages"),
            count=len(left), path=left[0],
        )  # fmt: skip
    words = Words(facts, translate, package.resources)
    writer = Writer(environment(config.templates, shells, words), target)
    with (scratch / "search.jsonl").open("w", encoding="utf-8") as entries:
        site = Site(target, entries, writer, facts)
        yield site
        site.close(scratch)
