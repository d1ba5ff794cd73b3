"""The long work of the desk: each function runs in a process of its own and returns what the pages need to know.

Cells do not leave these processes but as staff may read them (`protect`), in files of the desk's own folder, and as
the file that the clerk has brought.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from builder import pipeline
from builder.checked import Checked
from builder.desk import parts
from builder.desk.copy import copied, fingerprint, put_in
from builder.desk.difference import Difference, Row, difference
from builder.desk.lane import Say
from builder.errors import BuilderError
from builder.language import mark, translator
from builder.model import Cache, Message, Package, Quote, Resource, SiteConfig
from builder.processes import crew

__all__ = [
    "Bench", "Brought", "Examined", "Item", "Known", "Target", "examine_given", "examine_mended", "look",
    "preview", "workbook",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """What every piece of work is done with. `package`: the clerk's; `config`: of the site, None for no preview."""

    package: Path
    language: str
    today: Callable[[str], date]
    config: SiteConfig | None = None
    as_of: date | None = None
    key: bytes | None = None
    cache: Path | None = None


class Target(NamedTuple):
    """A place for a file in the package: of which table, and where, from the package's folder."""

    resource: str
    title: str
    path: str


class Known(NamedTuple):
    """The package as it is. `tables`: title, file and number of rows of each."""

    title: str
    day: date
    is_public: bool
    tables: tuple[tuple[str, str, int], ...]
    targets: tuple[Target, ...]
    errors: int
    warnings: int
    report: tuple[parts.File, ...]
    print: str


class Brought(NamedTuple):
    """A file that somebody brought: its name is for people to read, and never a path. `target`: "" not known yet."""

    number: int
    name: str
    path: Path
    target: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one file. `target` None: it was not recognised. `count`: cells that would be mended."""

    number: int
    name: str
    target: Target | None
    difference: Difference | None = None
    count: int = 0
    changes: tuple[tuple[int, str, str, str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    is_workbook: bool = False
    has_mended: bool = False


class Examined(NamedTuple):
    """The package as it would be. `trouble`: why it was not even tried; `is_mended`: with what was mended surely."""

    items: tuple[Item, ...]
    targets: tuple[Target, ...]
    is_mended: bool
    trouble: Message | None = None
    report: tuple[parts.File, ...] = ()
    errors: int = 0
    warnings: int = 0
    print: str = ""

    @property
    def is_fit(self) -> bool:
        """Whether it may be saved."""
        return not self.errors and self.trouble is None


def look(say: Say, bench: Bench, folder: Path) -> Known:
    """Return what the package is now."""
    seen = fingerprint(bench.package)
    found = checked(say, bench, bench.package)
    package = found.tables.package
    title = {name: item.title for name, item in package.resources.items()}
    paths = {name: ", ".join(paths_of(item, package)) for name, item in package.resources.items()}
    tables = tuple((title[name], paths[name], found.row_counts.get(name, 0)) for name in package.resources)
    report = parts.told(found, translator(bench.language), made(folder))
    return Known(
        package.title, found.as_of, found.is_public, tables, targets(package), found.errors, found.warnings, report,
        seen,
    )  # fmt: skip


def examine_given(say: Say, bench: Bench, folder: Path, brought: Sequence[Brought]) -> Examined:
    """Try files as they are."""
    return examine(say, bench, folder, brought, is_mended=False)


def examine_mended(say: Say, bench: Bench, folder: Path, brought: Sequence[Brought]) -> Examined:
    """Try files with all that can surely be mended."""
    return examine(say, bench, folder, brought, is_mended=True)


def examine(say: Say, bench: Bench, folder: Path, brought: Sequence[Brought], *, is_mended: bool) -> Examined:
    """Put files into a copy of the package, check that, and say what would change. The copy stays in `folder`."""
    seen = fingerprint(bench.package)
    say("load", 0)
    package = parts.package(bench.package)
    places = {item.path: item for item in targets(package)}
    items, tried = [], folder / "package"
    copied(bench.package, tried)
    for file in brought:
        data = file.path.read_bytes()
        target = places.get(file.target) or guessed(package, file.name, data)
        if target is None:
            items.append(Item(file.number, file.name, None))
            continue
        resource = package.resources[target.resource]
        taken = parts.taken(file.name, data, resource)
        is_workbook = parts.is_workbook(data)
        if taken:
            (folder / f"mended-{file.number}.csv").write_bytes(taken.data)
        put_in(tried, target.path, taken.data if taken and is_mended else data)
        if taken is None:
            items.append(Item(file.number, file.name, target, is_workbook=is_workbook))
            continue
        after = parts.rows(f"{resource.name}.csv", taken.data, resource) or []
        items.append(
            Item(file.number, file.name, target, difference(resource, before(bench.package, target, resource), after),
                 taken.count, taken.changes, taken.dropped, is_workbook, has_mended=True)
        )  # fmt: skip
    trouble = unfit(items)
    if trouble:
        return Examined(tuple(items), targets(package), is_mended, trouble, print=seen)
    found = checked(say, bench, tried)
    report = parts.told(found, translator(bench.language), folder)
    kept = tuple(replace(item, difference=legible(item, found)) for item in items)
    return Examined(kept, targets(package), is_mended, None, report, found.errors, found.warnings, seen)


def unfit(items: Sequence[Item]) -> Message | None:
    """Return why the files cannot be tried together."""
    if any(item.target is None for item in items):
        return Message(mark("it is not clear which table a file is"), mark("choose the table beside the file's name"))
    paths = [item.target.path for item in items if item.target]
    if len(set(paths)) < len(paths):
        return Message(mark("two files are for the same table"), mark("choose another table, or leave one of them out"))
    return None


def before(package: Path, target: Target, resource: Resource) -> list[list[str]]:
    """Return the rows of the file that a new one would replace; none where there is no such file."""
    path = package / target.path
    return (parts.rows(path.name, parts.content(path), resource) or []) if path.is_file() else []


def legible(item: Item, found: Checked) -> Difference | None:
    """Return a difference without the codes of rows that staff may not read on a page."""
    if item.difference is None or item.target is None:
        return item.difference
    name, schema = item.target.resource, found.tables.package.resources[item.target.resource].schema

    def plain(rows: Sequence[Row]) -> list[Row]:
        may = [found.policy.quotes(Quote(name, key, "")) for key in schema.primary_key]
        return [row if all(may) else row._replace(key=()) for row in rows]

    told = item.difference
    told.added, told.removed, told.changed = plain(told.added), plain(told.removed), plain(told.changed)
    return told


def preview(say: Say, bench: Bench, folder: Path, site: Path) -> int:
    """Build the site of what was tried in `folder`. Returns the number of pages. Raises BuilderError."""
    if bench.config is None:
        raise BuilderError(mark("there is no configuration of the site"), mark("start the desk with --config"))
    cache = Cache(bench.cache, lambda _: None) if bench.cache else None
    with crew(os.cpu_count() or 1, ("builder.pipeline",)) as hands:
        found = pipeline.check(
            folder / "package", bench.today, say, bench.as_of, crew=hands, is_locked=False
        )
        if not found.errors and not found.is_public:
            public = folder / f"{site.name}-public"
            shutil.rmtree(public, ignore_errors=True)
            public.mkdir()
            pipeline.take_in(found, public, bench.package, bench.key, say)
            found = pipeline.check(public, bench.today, say, found.as_of, crew=hands, is_locked=False)
        if found.errors:
            raise BuilderError(mark("a site is only built without errors"), mark("mend the errors first"))
        return pipeline.build(found, bench.config, site, say, pipeline.Means(hands, cache))


def workbook(_say: Say, bench: Bench, folder: Path, file: Brought, path: str) -> Path:
    """Return the clerk's own file with the wrong cells coloured. Raises BuilderError."""
    target = folder / f"coloured-{file.number}.xlsx"
    target.write_bytes(parts.workbook(folder, path, file.path.read_bytes(), translator(bench.language)))
    return target


def checked(say: Say, bench: Bench, package: Path) -> Checked:
    with crew(os.cpu_count() or 1, ()) as hands:
        return pipeline.check(package, bench.today, say, bench.as_of, crew=hands)


def guessed(package: Package, name: str, data: bytes) -> Target | None:
    """Return where a file belongs, None where that is not clear."""
    for resource in parts.recognised(package, name, data):
        found = [item for item in targets(package) if item.resource == resource.name]
        if len(found) == 1:
            return found[0]
        return next((item for item in found if item.path.rpartition("/")[2] == name), None)
    return None


def targets(package: Package) -> tuple[Target, ...]:
    """Return every place for a file in the package."""
    return tuple(
        Target(item.name, item.title, path) for item in package.resources.values() for path in paths_of(item, package)
    )


def paths_of(resource: Resource, package: Package) -> tuple[str, ...]:
    return tuple(path.relative_to(package.root).as_posix() for path in resource.paths)


def made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
