"""The story on one screen: a folder of CSV files goes in, a public site comes out.

    load ▶ validate ▶ check ▶ count ▶ protect ▶ measure ▶ pages ▶ site ▶ release

Each stage is entered once, in this order. `check` goes as far as the findings, `build` the rest of the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder import check as checks
from builder import count, load, measure, pages, places, protect, release, site, validate
from builder.language import translator
from builder.model import Listed, Needs, Package, Policy, Remark, Report, Severity, SiteConfig, Tables
from builder.processes import workers
from builder.subjects import SUBJECTS
from builder.subjects.subject import AnySubject, distinct, present

__all__ = ["Checked", "Progress", "build", "check"]

Progress = Callable[[str, int], None]
"""Called with the stage's name and the number of pages written so far (0: the stage begins)."""

LARGE = 200_000
"""Rows from which a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A package as far as its findings. `as_of`: the day that the figures describe.

    `subjects`: those that the package has, `absent`: those it lacks.
    """

    tables: Tables
    report: Report
    as_of: date
    policy: Policy
    subjects: tuple[AnySubject, ...]
    absent: tuple[AnySubject, ...]

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
) -> Checked:
    """Load, validate and check a package.

    `today` gives the day in a time zone; it is asked only when neither the option nor the package states as_of.
    """
    distinct(subjects)
    progress("load", 0)
    needs = [places.NEEDS, *(subject.needs for subject in subjects)]
    package = load.package(datasets, needs)
    day = as_of or package.settings.as_of or today(package.settings.timezone)
    text, unreadable = load.tables(package)
    progress("validate", 0)
    with executor(sum(part.row_count for table in text.values() for part in table.parts)) as pool:
        tables, report = validate.tables(package, text, figures(package, needs), pool)
    del text  # a million rows of text are not needed any more
    load.trim()
    progress("check", 0)
    found = present(subjects, package)
    groups = (Listed(tuple(unreadable)), *report.groups, *checks.tables(tables, day, found, subjects))
    absent = tuple(subject for subject in subjects if subject not in found)
    return Checked(
        tables, Report(groups, report.row_counts), day, protect.policy(tables, subjects), found, absent
    )


def build(found: Checked, config: SiteConfig, output: Path, progress: Progress) -> int:
    """Build the site of a checked package into `output` and swap it in. Returns the number of pages."""
    subjects = found.subjects
    progress("count", 0)
    counted = count.tables(found.tables, found.as_of, subjects)
    progress("protect", 0)
    published = protect.counted(counted, found.tables, found.report, found.policy, subjects)
    del counted  # a million rows that nothing behind the wall may see
    progress("measure", 0)
    facts = measure.published(published, subjects)
    rules = checks.rules(published.package, subjects)
    source = pages.sources(published, facts, subjects, translator(config.language), rules)
    load.trim()
    with release.staged(output) as staging:
        progress("shell", 0)
        has, lacks = pages.kinds(source), pages.absent(source, found.absent)
        plan = site.Plan(config, published.package, published.scope, has, lacks, rules)
        with site.open_site(plan, staging.site, staging.scratch) as target:
            progress("downloads", 0)
            source = pages.with_files(source, target.downloads(published.tables))
            progress("pages", 0)
            number = 0
            for number, key in enumerate(pages.plan(source), 1):
                target.page(pages.made(source, key))
                if number % 100 == 0:
                    progress("pages", number)
            progress("search", 0)
            del source, facts, published  # Pagefind needs the memory now
            load.trim()
        progress("release", 0)
    return number


def figures(package: Package, needs: Sequence[Sequence[Needs]]) -> Mapping[str, frozenset[str]]:
    """Return resource → the columns that figures or the tree are made from; votes are, whatever they are called."""
    known = {item.resource: item.figures() for group in needs for item in group}
    return {
        name: known.get(name, frozenset()) | {field.name for field in resource.schema.fields if field.vote}
        for name, resource in package.resources.items()
    }


@contextmanager
def executor(row_count: int) -> Iterator[Executor | None]:
    """Yield processes for a large package, None for a small one."""
    with workers() if row_count > LARGE else nullcontext() as pool:
        yield pool
