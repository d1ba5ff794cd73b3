"""The story on one screen: a folder of CSV files goes in, a public site comes out.

    load ▶ validate ▶ check ▶ count ▶ protect ▶ measure ▶ pages ▶ site ▶ release

Each stage is entered once, in this order. `check` goes as far as the findings, `build` the rest of the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from builder import check as checks
from builder import count, gate, load, measure, pages, places, protect, release, site, validate
from builder.language import translator
from builder.model import (
    Attachments,
    Cache,
    Json,
    Listed,
    Needs,
    Package,
    Policy,
    Published,
    Remark,
    Report,
    Severity,
    SiteConfig,
    Tables,
)
from builder.processes import Crew, Shared, here, shared
from builder.subjects import SUBJECTS
from builder.subjects.measured import with_measures
from builder.subjects.subject import AnySubject, distinct, present

__all__ = ["Checked", "Means", "Progress", "build", "check", "unwaived"]

Progress = Callable[[str, int], None]
"""Called with the stage's name and the number of pages written so far (0: the stage begins)."""


@dataclass(slots=True)
class Checked:
    """A package as far as its findings. `as_of`: the day that the figures describe.

    `tables`: none of them, once a build has taken them. `subjects`: those that the package has, `absent`: those that it
    lacks. `files`: those that rows may name.
    """

    tables: Tables
    report: Report
    as_of: date
    policy: Policy
    subjects: tuple[AnySubject, ...]
    absent: tuple[AnySubject, ...]
    files: Attachments

    def hand_over(self) -> Tables:
        """Return the tables and keep them no longer: a build is done with them long before its end."""
        tables, self.tables = self.tables, replace(self.tables, tables={})
        if not tables.tables:
            raise ValueError("the tables of this package have been handed over before")
        return tables

    @property
    def errors(self) -> int:
        """The number of findings that stop a build."""
        return self.report.total(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """The number of findings that are published."""
        return self.report.total(Severity.WARNING)

    @property
    def row_counts(self) -> Mapping[str, int]:
        """Resource → the rows that were looked at."""
        return self.report.row_counts

    def remarks(self, limit: int | None = None) -> Iterator[Remark]:
        """Yield every finding (or the first `limit` of each code) as staff may read it."""
        found = self.report.findings if limit is None else self.report.sample(limit)
        return protect.for_staff(found, self.policy)

    def counts(self) -> Mapping[str, int]:
        """Return code → the number of findings."""
        found: Counter[str] = Counter()
        for (_, code, _), number in self.report.counts().items():
            found[code] += number
        return found


def check(
    datasets: Path,
    today: Callable[[str], date],
    progress: Progress,
    as_of: date | None = None,
    subjects: Sequence[AnySubject] = SUBJECTS,
    crew: Crew | None = None,
) -> Checked:
    """Load, validate and check a package.

    `today` gives the day in a time zone; it is asked only when neither the option nor the package states as_of.
    """
    distinct(subjects)
    progress("load", 0)
    needs = [places.NEEDS, *(subject.needs for subject in subjects), gate.NEEDS]
    package = load.package(datasets, needs)
    day = as_of or package.settings.as_of or today(package.settings.timezone)
    text, unreadable = load.tables(package)
    files = load.attachments(package)
    progress("validate", 0)
    tables, report = validate.tables(package, text, figures(package, needs), crew.executor if crew else None)
    del text  # a million rows of text are not needed any more
    load.trim()
    progress("check", 0)
    found = present(subjects, package)
    tables = with_measures(tables, day, found)
    groups = (Listed(tuple(unreadable)), *report.groups, *checks.tables(tables, day, found, subjects, files))
    absent = tuple(subject for subject in subjects if subject not in found)
    policy = protect.policy(tables, subjects)
    return Checked(tables, Report(groups, report.row_counts), day, policy, found, absent, files)


class Means(NamedTuple):
    """Who counts and prints, and where what the engine makes is kept for the next build (None: nowhere)."""

    crew: Crew
    cache: Cache | None = None


class Imprint(NamedTuple):
    """What the pages of every shard are made with. `language`: its code."""

    subjects: tuple[AnySubject, ...]
    language: str
    guide: pages.Guide
    press: site.Press


class Sheaf(NamedTuple):
    """The pages of one shard as work: what may be published of it, and where the rest stands."""

    imprint: Shared[Imprint]
    published: Published


def build(found: Checked, config: SiteConfig, output: Path, progress: Progress, means: Means | None = None) -> int:
    """Build the site of a checked package into `output` and swap it in. Returns the number of pages.

    Takes the tables of `found`: one package is checked for one build.
    `means`: this process alone, and nothing kept, when they are not given.
    """
    subjects, (crew, cache), received = found.subjects, means or Means(here()), found.hand_over()
    allowed = gate.allowed(received, found.as_of)
    progress("count", 0)
    counted = count.tables(received, found.as_of, subjects, crew)
    progress("protect", 0)
    published = protect.counted(counted, received, found.report, found.policy, subjects)
    attached = protect.attached(published.tables, found.files, pages.of_rows(subjects))
    del counted, received  # a million rows that nothing behind the wall may see
    load.trim()
    progress("measure", 0)
    piece, guide = measure.pieces(published, subjects), pages.guide(published.tables)
    rules, streets = checks.rules(published.package, subjects), published.shards.streets
    source = pages.with_rules(measured(piece(published.shards.rest), subjects, config.language, guide), rules)
    load.trim()
    number = 0
    with release.staged(output) as staging:
        progress("shell", 0)
        has, lacks = pages.kinds(source), pages.absent(source, found.absent)
        tables, definitions = pages.tables(source), measure.definitions(subjects)
        plan = site.Plan(config, published.package, published.scope, has, lacks, rules, tables, definitions)
        with site.begin(plan, staging.scratch, cache) as begun:
            progress("downloads", 0)  # the engine works beside them
            files = site.publish(plan, published.tables, staging.site)
            site.attach(attached, staging.site)
            del published  # `piece` has what is still needed of it
            load.trim()
            with site.open_site(plan, begun, staging.site, staging.scratch) as target:
                progress("pages", 0)
                imprint = Imprint(tuple(s.at_work() for s in subjects), config.language, guide, target.press)
                known = shared(imprint, staging.scratch / "imprint.pickle")
                sheaves = ((shard.name, Sheaf(known, piece(shard))) for shard in streets)
                written = crew.map(printed, sheaves)
                target.find(pages.entries(source))
                here_too = site.Printer(target.press)
                target.add(put(source, pages.plan(source), here_too))
                example: Json = None
                for done in written:
                    progress("pages", target.add(done))
                    example = example or done.document
                shares = tuple(gate.shares(staging.site, allowed, crew.size))
                looked = crew.map(gate.look, shares)  # beside the last pages
                source = pages.with_files(source, files, example or {})
                number = target.add(put(source, pages.plan(source, is_last=True), here_too))
                traces = tuple(looked)
                crew.dismiss()
                progress("search", 0)
                staging.hasher.begin()
                del source, piece  # Pagefind needs the memory now
                load.trim()
        progress("release", 0)
        gate.search(staging.site, allowed, traces, [path for _, share in shares for path in share.files])
    return number


def unwaived(found: Checked) -> Iterator[tuple[str, str, str, str]]:
    """Yield table, column, kind and digest of the personal data that stops a build, each once: what a waiver names."""
    return checks.unwaived(found.tables, found.as_of, found.files)


def printed(sheaf: Sheaf) -> site.Done:
    """Make and write the pages of one shard."""
    imprint = sheaf.imprint.get()
    source = measured(sheaf.published, imprint.subjects, imprint.language, imprint.guide)
    done = put(source, pages.plan(source), printer(sheaf.imprint))
    load.trim()
    return done


def measured(published: Published, subjects: Sequence[AnySubject], language: str, guide: pages.Guide) -> pages.Sources:
    """Measure what may be published of a shard, and return what its pages are made from."""
    facts = measure.published(published, subjects)
    return pages.sources(published, facts, subjects, translator(language), guide)


@lru_cache(maxsize=1)
def printer(imprint: Shared[Imprint]) -> site.Printer:
    """Return the printer of an imprint: each process compiles the templates once."""
    return site.Printer(imprint.get().press)


def put(source: pages.Sources, keys: Iterable[pages.PageKey], printer: site.Printer) -> site.Done:
    """Write the pages of `keys`."""
    for key in keys:
        printer.page(pages.made(source, key))
    return printer.done()


def figures(package: Package, needs: Sequence[Sequence[Needs]]) -> Mapping[str, frozenset[str]]:
    """Return resource → the columns that figures or the tree are made from; votes are, whatever they are called."""
    known: dict[str, frozenset[str]] = {}
    for item in (item for group in needs for item in group):
        known[item.resource] = known.get(item.resource, frozenset()) | item.figures()
    return {
        name: known.get(name, frozenset()) | {field.name for field in resource.schema.fields if field.vote}
        for name, resource in package.resources.items()
    }
