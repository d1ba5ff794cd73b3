"""One site being written: opened with the engine's shells, filled page by page, closed with index and sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from builder.errors import BuilderError
from builder.language import mark, translator
from builder.model import Download, Kind, Package, PublishedTables, Rule, Scope, SiteConfig
from builder.site import docs, downloads, engine, navigation, search, shell, sitemap
from builder.site.environment import SiteFacts
from builder.site.printer import Done, Press

__all__ = ["Plan", "Site", "open_site"]

DOCS = ("about", "metrics", "privacy", "reading")
"""The hand-written pages that generated ones link to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a site is built from besides its pages. `has`: the kinds of pages it has; `lacks`: those it might have."""

    config: SiteConfig
    package: Package
    scope: Scope
    has: Sequence[Kind[Any]]
    lacks: Sequence[Kind[Any]]
    rules: Sequence[Rule]

    def facts(self) -> SiteFacts:
        """Return what is the same on every page."""
        return SiteFacts(
            name=self.config.name,
            url=self.config.url,
            language=self.config.language,
            as_of=self.scope.as_of.isoformat(),
            period_start=self.scope.period.start.isoformat(),
            period_end=self.scope.period.end.isoformat(),
            demonstration=self.package.settings.demonstration,
            minimum_denominator=self.package.settings.minimum_denominator,
            docs={name: f"{name}/" for name in DOCS},
        )


class Site:
    """A site below `target`, open for pages until `close`. `press`: what its pages are printed with."""

    def __init__(self, plan: Plan, press: Press, entries: TextIO) -> None:
        self.package, self.press, self.entries = plan.package, press, entries
        self.facts, self.target = press.facts, press.target
        self.paths: set[str] = set()

    def add(self, done: Done) -> int:
        """Note pages that a printer has written. Returns how many there are by now."""
        self.paths.update(done.paths)
        for path, entry in done.entries:
            search.add(self.entries, path, entry)
        return len(self.paths)

    def downloads(self, tables: PublishedTables) -> tuple[Download, ...]:
        """Write the published package and return its files."""
        translate = translator(self.facts.language)
        return downloads.write(tables, self.package, self.facts.as_of, self.target, translate)

    def close(self, scratch: Path) -> None:
        """Write search index and sitemap; `scratch` is a folder to work in."""
        self.entries.close()
        search.index(self.target, Path(self.entries.name), self.facts.language, scratch)
        written = sorted(
            path.parent.relative_to(self.target).as_posix() + "/" for path in self.target.glob("*/index.html")
        )
        pages = sorted({*self.paths, *written})
        sitemap.write(self.target, self.facts.url, pages, self.facts.as_of)


@contextmanager
def open_site(plan: Plan, target: Path, scratch: Path) -> Iterator[Site]:
    """Build the shells into the new folder `target` and yield the site, ready for its pages; close it at the end.

    `scratch`: an empty folder to work in, which is the caller's to remove.
    """
    config, facts, translate = plan.config, plan.facts(), translator(plan.config.language)
    tree = scratch / "docs"
    docs.tree(config.docs, tree, plan.has, docs.pages(plan.package, plan.rules, translate))
    extra = {"mingge_as_of": facts.as_of, "mingge_demonstration": facts.demonstration}
    settings = {"extra": extra, **navigation.settings(config, plan.has, plan.lacks)}
    engine.run(config, tree, target, settings, scratch)
    shells = shell.read(target, plan.has)
    # now, before the data comes: a grid may be called what it likes
    if left := shell.leftovers(target):
        raise BuilderError(
            mark("{count} files still hold a shell’s marker, the first is {path}"),
            mark("the theme prints a shell page somewhere, such as in a list of pages"),
            count=len(left), path=left[0],
        )  # fmt: skip
    press = Press(config.templates.resolve(), shells, facts, plan.package.resources, target.resolve())
    with (scratch / "search.jsonl").open("w", encoding="utf-8") as entries:
        site = Site(plan, press, entries)
        yield site
        site.close(scratch)
