"""The story on one screen: a folder of CSV files goes in, a public site comes out.

    load ▶ validate ▶ check ▶ intake
    load ▶ validate ▶ check ▶ count ▶ protect ▶ measure ▶ pages ▶ site ▶ release

Each stage is entered once, in this order. `check` goes as far as the findings; `take_in` makes a public package from a
private one; `build` goes the rest of the way, from a public package alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from builder import changes, count, gate, intake, load, measure, pages, places, protect, release, site, validate
from builder import check as checks
from builder.checked import Checked, Opened, leaving
from builder.language import translator
from builder.model import (
    Cache,
    Explained,
    Held,
    Json,
    Listed,
    Needs,
    Package,
    Profile,
    Published,
    Report,
    SiteConfig,
    Tables,
)
from builder.processes import Crew, Shared, here, shared
from builder.subjects import SUBJECTS
from builder.subjects.courses import courses
from builder.subjects.figures import figures
from builder.subjects.measured import with_measures
from builder.subjects.subject import AnySubject, distinct, present

__all__ = [
    "Checked", "Means", "Opened", "Progress", "build", "check", "close", "codes", "opened", "take_in", "unwaived",
]  # fmt: skip

KEPT = (gate.WAIVERS,)
"""Tables that are not published and hold nothing private: reviewers read them in the repository."""

TREE = frozenset(need.resource for need in places.NEEDS)
NOTHING: Mapping[Path, bytes] = {}

Progress = Callable[[str, int], None]
"""Called with the stage's name and the number of pages written so far (0: the stage begins)."""


def opened(datasets: Path, subjects: Sequence[AnySubject] = SUBJECTS) -> Opened:
    """Return a package whose files were not read: what its descriptor and schemas say. Raises BuilderError."""
    package = load.package(datasets, needed(subjects))
    together = leaving(package, subjects, {*TREE, *(need.resource for need in (*gate.NEEDS, *changes.NEEDS))})
    return Opened(package, protect.policy(Tables(package, {}), subjects), KEPT, TREE, together)


def needed(subjects: Sequence[AnySubject]) -> list[Sequence[Needs]]:
    """Return what the tree, the subjects, the gate and changes need of a package."""
    return [places.NEEDS, *(subject.needs for subject in subjects), gate.NEEDS, changes.NEEDS]


def check(
    datasets: Path,
    today: Callable[[str], date],
    progress: Progress,
    as_of: date | None = None,
    subjects: Sequence[AnySubject] = SUBJECTS,
    crew: Crew | None = None,
    *,
    is_raw: bool = False,
    is_locked: bool = True,
    since: Profile | None = None,
    instead: Mapping[Path, bytes] = NOTHING,
    without: Collection[Path] = (),
) -> Checked:
    """Load, validate and check a package.

    `today` gives the day in a time zone; it is asked only when neither the option nor the package states as_of.
    `is_raw`: it lies in a private folder as it was exported, and may have cells that nobody publishes.
    `since`: the release to compare it with, for staff.
    `is_locked`: it is held against its policy.lock; what was made of a package that was already, need not be.
    `instead`: file → the bytes it is checked with, whatever is there; `without`: files as if they were not there.
    """
    distinct(subjects)
    progress("load", 0)
    package = load.instead(load.package(datasets, needs := needed(subjects)), instead, without)
    day = as_of or package.settings.as_of or today(package.settings.timezone)
    text, unreadable = load.tables(package, instead)
    files, geometry = load.attachments(package), load.geometry(package)
    progress("validate", 0)
    executor, refused = crew.executor if crew else None, () if is_raw else package.settings.unwanted
    tables, report = validate.tables(package, text, figures(package, needs), executor, refused=refused, exempt=KEPT)
    del text  # a million rows of text are not needed any more
    tables, report = validate.left(report, tables, checks.retold(tables, day))
    load.trim()
    progress("check", 0)
    found = present(subjects, package)
    tables = with_measures(tables, day, found)
    policy = protect.policy(tables, subjects)
    trespasses = protect.private_rows(tables, policy, found) if package.settings.is_public else ()
    judged = checks.tables(tables, day, found, subjects, files)
    absent = tuple(subject for subject in subjects if subject not in found)
    openness, lock = protect.openness(tables, policy, subjects), load.lock(datasets) if is_locked else None
    widened = Listed(protect.locked(lock, openness, tables, policy) if is_locked else ())
    drawn = checks.shapes(tables, geometry)
    groups = (Listed(tuple(unreadable)), *report.groups, Listed(tuple(trespasses)), widened, *judged, drawn)
    whole = Report(groups, report.row_counts)
    checked = Checked(tables, whole, day, policy, found, absent, files, openness, lock, geometry)
    if since and not is_raw:
        checked.compared = tuple(checks.compared(since, checked.profile(), package, TREE, whole.broken))
    return checked


def codes(package: Package, subjects: Sequence[AnySubject] = SUBJECTS) -> tuple[Explained, ...]:
    """Return what each code of a finding means that `package` can be answered with."""
    return checks.explained(package, subjects, (*load.CODES, *validate.CODES, *protect.CODES))


def close(found: Checked, progress: Progress, revised: Collection[str] = ()) -> intake.Closed:
    """Count the periods that have closed and keep the counts in the package itself. Returns what was counted."""
    found.refuse_public()
    progress("intake", 0)
    received = found.hand_over()
    known = intake.kept(received.package.root, received, found.subjects)
    closed = intake.close(received, found.as_of, found.policy, found.subjects, known, revised)
    if closed.added:
        intake.write_counts(closed.frames, received.package)
    return closed


def take_in(
    found: Checked, into: Path, before: Path, key: bytes | None, progress: Progress, revised: Collection[str] = ()
) -> intake.Closed:
    """Write the public package of a checked private one into the empty folder `into`. Returns what was counted.

    `before`: where the public package lies so far; `key`: of opaque identifiers; `revised`: periods to count once more.
    """
    found.refuse_public()
    progress("intake", 0)
    received = found.hand_over()
    known = intake.kept(before, received, found.subjects)
    closed = intake.close(received, found.as_of, found.policy, found.subjects, known, revised)
    rows = protect.tables(received, found.policy, found.subjects)
    rows = intake.steady(rows, before, received, found.subjects, revised)
    public = intake.opaque(replace(rows, frames={**rows.frames, **closed.frames}), key)
    intake.write(public, received.package, found.files, into, KEPT)
    if shapes := protect.shapes(found.geometry, rows):
        intake.write_shapes(shapes, received.package, into)
    return closed


class Means(NamedTuple):
    """Who counts and prints, and where what the engine makes is kept for the next build (None: nowhere).

    `previous`: the site of the last release, or None. `held`: the files whose newest version was not taken.
    """

    crew: Crew
    cache: Cache | None = None
    previous: Path | None = None
    held: Sequence[Held] = ()


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

    Takes the tables of `found`: one package is checked for one build. Raises ValueError for a private package: what is
    published of it is what `take_in` wrote.
    `means`: this process alone, and nothing kept, when they are not given.
    """
    if not found.is_public:
        raise ValueError("a site is built from a public package")
    crew, cache, last, held = means or Means(here())
    before = changes.opened(last) if last else None
    subjects, received = found.subjects, found.hand_over()
    allowed = gate.allowed(received, found.as_of)
    progress("count", 0)
    counted = count.tables(received, found.as_of, subjects, crew)
    progress("protect", 0)
    published = protect.counted(counted, received, found.report, found.policy, subjects)
    shapes = protect.shapes(found.geometry, published.tables)
    attached = protect.attached(published.tables, found.files, pages.of_rows(subjects))
    del counted, received  # a million rows that nothing behind the wall may see
    load.trim()
    progress("measure", 0)
    maps = pages.mapped(published.scope.tree, shapes)
    piece, guide = measure.pieces(published, subjects), pages.guide(published.tables, maps)
    rules, streets = checks.rules(published.package, subjects), published.shards.streets
    source = measured(piece(published.shards.rest), subjects, config.language, guide)
    guide = pages.compared(source)
    source = pages.with_openness(pages.with_rules(source, rules, held), found.openness)
    around = (measured(piece(street), subjects, config.language, guide) for street in streets)
    source = pages.with_map(source, shapes, around)
    load.trim()
    number = 0
    with release.staged(output) as staging:
        progress("shell", 0)
        has, lacks = pages.kinds(source), pages.absent(source, found.absent)
        tables, definitions = pages.tables(source), measure.definitions(subjects)
        plan = site.Plan(
            config, published.package, published.scope, has, lacks, codes(published.package, subjects), tables,
            definitions, pages.shape(subjects), held,
        )
        with site.begin(plan, staging.scratch, cache) as begun:
            progress("downloads", 0)  # the engine works beside them
            files = site.publish(plan, published.tables, staging.site)
            site.attach(attached, staging.site)
            if shapes:
                site.publish_shapes(shapes, pages.positions(source), staging.site)
            del published  # `piece` has what is still needed of it
            terms = changes.Terms(courses(subjects), plan.package.settings.shown_releases, allowed.unquotable)
            guide, source = pages.with_changes(source, told := changes.since(before, staging.site, found.as_of, terms))
            load.trim()
            with site.open_site(plan, begun, staging.site, staging.scratch, told.history.updated) as target:
                progress("pages", 0)
                imprint = Imprint(tuple(s.at_work() for s in subjects), config.language, guide, target.press)
                known = shared(imprint, staging.scratch / "imprint.pickle")
                sheaves = ((shard.name, Sheaf(known, piece(shard))) for shard in streets)
                written = crew.map(printed, sheaves)
                target.find(pages.entries(source))
                here_too = site.Printer(target.press)
                news = [put(source, pages.plan(source), here_too)]
                target.add(news[0])
                example: Json = None
                for done in written:
                    progress("pages", target.add(done))
                    example = example or done.document
                    news.append(done)
                shares = tuple(gate.shares(staging.site, allowed, crew.size))
                looked = crew.map(gate.look, shares)  # beside the last pages
                source = pages.with_files(source, files, example or {})
                source = pages.with_news(source, (done.news for done in news))
                number = target.add(put(source, pages.plan(source, is_last=True), here_too))
                target.follow(pages.digests(source), here_too)
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
