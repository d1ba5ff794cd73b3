"""One site being written: opened with the engine's shells, filled page by page, closed with index and sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.frames import profile, profile_json
from builder.language import mark, translator
from builder.model import (
    Cache,
    Definition,
    Downloads,
    Explained,
    Feed,
    Held,
    Json,
    Kind,
    Package,
    PublishedTables,
    Scope,
    Search,
    SiteConfig,
    TableKind,
)
from builder.site import (
    assets,
    catalogue,
    definitions,
    docs,
    downloads,
    engine,
    handwritten,
    headers,
    lasting,
    navigation,
    scaffold,
    search,
    shell,
    sitemap,
    stylesheet,
    verification,
)
from builder.site.environment import SiteFacts, Words, environment
from builder.site.lent import lent
from builder.site.printer import Done, Press, Printer
from builder.site.scaffold import Days, Scaffold
from builder.site.search import Index

__all__ = ["Plan", "Site", "begin", "open_site"]

DOCS = ("about", "metrics", "privacy", "reading")
"""The hand-written pages that generated ones link to."""


MAP = ("map", "locate")
"""Style sheet and script that only a site with shapes of places has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a site is built from besides its pages. `has`: the kinds of pages it has; `lacks`: those it might have.

    `tables`: the kinds of tables whose columns depend on the package. `definitions`: what the figures mean.
    `shape`: the JSON Schema of each grid's data.json. `held`: the files whose newest version is not shown.
    """

    config: SiteConfig
    package: Package
    scope: Scope
    has: Sequence[Kind[Any]]
    lacks: Sequence[Kind[Any]]
    codes: Sequence[Explained]
    tables: Sequence[TableKind]
    definitions: Sequence[Definition]
    shape: Json = True
    held: Sequence[Held] = ()

    @property
    def has_map(self) -> bool:
        """Whether the package has shapes of places."""
        return any(kind.name == "map" for kind in self.has)

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
            formulas=definitions.formulas(self.definitions, translator(self.config.language)),
            held=tuple(self.held),
            map="map/" if self.has_map else "",
            timezone=self.package.settings.timezone,
        )


class Site:
    """A site below `target`, open for pages until `close`. `press`: what its pages are printed with."""

    def __init__(self, press: Press, index: Index) -> None:
        self.press, self.index = press, index
        self.facts, self.target = press.facts, press.target
        self.paths: set[str] = set()
        self.views: set[str] = set()

    def add(self, done: Done) -> int:
        """Note pages that a printer has written. Returns how many there are by now."""
        self.paths.update(done.paths)
        self.views.update(done.views)
        return len(self.paths)

    def find(self, entries: Iterable[tuple[str, Search]]) -> None:
        """Have the search index made of `entries` (path, entry) and the hand-written pages, beside what follows."""
        self.index.fill(entries, self.target)

    def follow(self, feeds: Iterable[Feed], printer: Printer) -> None:
        """Write feeds whose pages are written."""
        for feed in feeds:
            printer.feed(feed)

    def close(self) -> None:
        """Write the sitemap, each page once, under its own address, and keep what scripts ask for in the edition."""
        lasting.keep(self.target, self.facts.edition)
        written = sorted(
            path.parent.relative_to(self.target).as_posix() + "/" for path in self.target.glob("*/index.html")
        )
        pages = sorted({*self.paths, *written} - self.views)
        sitemap.write(self.target, self.facts.url, pages, self.facts.as_of)


def publish(plan: Plan, tables: PublishedTables, target: Path) -> Downloads:
    """Write the published package into the folder `target` and return its files."""
    as_of, translate = plan.scope.as_of.isoformat(), translator(plan.config.language)
    beside = {"grid.schema.json": plan.shape, "profile.json": profile_json(profile(tables, plan.scope.as_of))}
    if plan.config.url:
        beside["catalog.jsonld"] = catalogue.catalogue(plan.package, tables, plan.scope, plan.config)
    return downloads.write(tables, plan.package, as_of, target, translate, beside)


@contextmanager
def begin(plan: Plan, scratch: Path, cache: Cache | None) -> Iterator[Scaffold]:
    """Start the engine, unless the cache has what it would make, and yield that; it works beside the block.

    `scratch`: an empty folder to work in, which is the caller's to remove, and which `open_site` takes too.
    """
    config, tree = plan.config, scratch / "docs"
    translate = translator(config.language)
    borrowed = lent(config)
    metrics = borrowed.get(docs.DEFINITIONS, config.docs / docs.DEFINITIONS)
    generated = docs.pages(plan.package, plan.codes, plan.definitions, config, metrics.parent)
    docs.tree(config.docs, tree, plan.has, generated, borrowed)
    titles = {name: resource.title for name, resource in plan.package.resources.items()}
    extra = {
        "mingge_words": engine.words(translate, titles), "mingge_as_of": scaffold.MARKERS["asof"],
        "mingge_updated": scaffold.MARKERS["updated"], "mingge_stale_days": scaffold.MARKERS["stale"],
        "mingge_demonstration": plan.package.settings.demonstration,
    }  # fmt: skip
    made = [name for name in generated if not (config.docs / name).is_file()]  # nobody wrote the rest of such a page
    settings = {"extra": extra, **navigation.settings(config, plan.has, plan.lacks, made)}
    with scaffold.started(config, tree, settings, scratch, cache) as begun:
        yield begun


@contextmanager
def open_site(plan: Plan, begun: Scaffold, target: Path, scratch: Path, updated: str) -> Iterator[Site]:
    """Wait for the engine and yield the site in the new folder `target`, ready for its pages; close it at the end.

    `updated`: the day on which the last data came, as ISO text.
    """
    config, facts = plan.config, replace(plan.facts(), updated=updated)
    begun.write(target, Days(facts.as_of, updated, plan.package.settings.stale_days))
    handwritten.finish(target)
    verification.write(target)
    policy = headers.of(shell.frames(target, plan.has))
    headers.guard(target, policy)
    headers.write(target, policy, facts.url, locates=plan.has_map)
    words = Words(facts, translator(config.language), plan.package.resources)
    bare = environment(config.templates.resolve(), {}, words)
    assets.write(
        config.theme, config.templates, config.docs, stylesheet.text(bare, plan.tables), target,
        without=() if plan.has_map else MAP,
    )  # fmt: skip
    facts = replace(facts, edition=lasting.edition(target))
    lasting.name(target, facts.url, facts.edition)
    shells = shell.read(target, plan.has)
    # now, before the data comes: a grid may be called what it likes
    if left := shell.leftovers(target):
        raise BuilderError(
            mark("{count} files still hold a shell’s marker, the first is {path}"),
            mark("the theme prints a shell page somewhere, such as in a list of pages"),
            count=len(left), path=left[0],
        )  # fmt: skip
    press = Press(config.templates.resolve(), shells, facts, plan.package.resources, target.resolve())
    with search.opened(target / facts.edition, facts.language, scratch) as index:
        site = Site(press, index)
        yield site
        site.close()
        sitemap.write_security(target, facts.url, config.security, facts.as_of, facts.language)
