"""The story on one screen: a folder of CSV files goes in, a public site comes out."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

from builder import checks, derive, load, pages, protect, release, site, validate
from builder.language import translator
from builder.model import Package, Report, SiteConfig, Tables

__all__ = ["Progress", "build", "check"]

Progress = Callable[[str, int], None]
"""Called with the stage's name and the number of pages written so far (0: the stage begins)."""

LARGE = 200_000
"""Rows from which a second process is worth its start."""


def check(
    datasets: Path, today: Callable[[str], date], progress: Progress, as_of: date | None = None
) -> tuple[Tables, Report, date]:
    """Load, validate and check a package. Returns its tables without unpublished columns, all findings, and as_of.

    `today` gives the day in a time zone; it is asked only when neither the option nor the package states as_of.
    """
    progress("load", 0)
    package = load.package(datasets)
    day = as_of or package.settings.as_of or today(package.settings.timezone)
    text, unreadable = load.tables(package)
    progress("validate", 0)
    with executor(sum(len(part.frame) for table in text.values() for part in table.parts)) as pool:
        tables, report = validate.tables(package, text, pool)
    del text  # a million rows of text are not needed any more
    tables = protect.columns(tables)
    load.trim()
    progress("checks", 0)
    return tables, Report((*unreadable, *report.findings, *checks.run(tables, day)), report.row_counts), day


def build(tables: Tables, report: Report, config: SiteConfig, target: tuple[Path, date], progress: Progress) -> int:
    """Build the site of checked tables into (output folder, as_of) and swap it in. Returns the number of pages."""
    output, as_of = target
    progress("derive", 0)
    facts = derive.measures(protect.counts(derive.counts(tables, as_of), tables))
    published = protect.rows(tables)
    source = pages.sources(published, facts, translator(config.language))
    load.trim()
    rules = [(c.code, c.severity.value, c.resource, c.rule) for c in checks.all_for(tables.package)]
    with release.staged(output) as staging:
        progress("shell", 0)
        contents = (site_facts(config, tables.package, source), pages.kinds(source), rules)
        with site.open_site(config, staging, tables.package, contents) as open_site:
            progress("downloads", 0)
            files = open_site.downloads(published)
            progress("pages", 0)
            count, example = write_pages(open_site, source, progress)
            published_files = [pages.PublishedFile(*file[:4]) for file in files]
            open_site.page("data.html", pages.data(source, published_files, example))
            open_site.page("quality.html", pages.quality(source, report, rules))
            progress("search", 0)
            del source, facts, published  # Pagefind needs the memory now
            load.trim()
        progress("release", 0)
    return count + 2


def write_pages(target: site.Site, source: pages.Sources, progress: Progress) -> tuple[int, dict[str, object]]:
    """Write every generated page; returns how many, and the data.json of the first grid as an example."""
    example: dict[str, object] = {}
    count = 0
    for count, (template, context) in enumerate(pages.generated(source), 1):
        target.page(template, context)
        if template == "grid.html":
            document = pages.document(context, source.facts)
            target.document(f"{context.head.path}data.json", document)
            example = example or document
        if count % 100 == 0:
            progress("pages", count)
    return count, example


def site_facts(config: SiteConfig, package: Package, source: pages.Sources) -> site.SiteFacts:
    period = source.facts.period
    docs = {name: f"{name}/" for name in ("about", "metrics", "privacy", "reading")}
    return site.SiteFacts(
        config.name, config.url, config.language, source.facts.as_of.isoformat(), period.start.isoformat(),
        period.end.isoformat(), package.settings.demonstration, package.settings.minimum_denominator, docs,
    )  # fmt: skip


@contextmanager
def executor(row_count: int) -> Iterator[Executor | None]:
    """Yield processes for a large package, None for a small one."""
    # spawn: a forked child would inherit pyarrow's threads in an unknown state
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(mp_context=context) if row_count > LARGE else nullcontext()
    with pool as result:
        yield result
