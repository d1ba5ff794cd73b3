"""The long work of the desk: each function runs in a process of its own and returns what the pages need to know.

Always holds: the package is only read; what is brought is checked in its place without being written there
(`pipeline.check(instead=…)`). Cells leave these processes as staff may read them (`protect`), and as the file that the
clerk has brought.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from builder import pipeline
from builder.checked import Checked, Opened
from builder.desk import parts
from builder.desk.difference import Difference
from builder.desk.fingerprint import fingerprint
from builder.desk.lane import Say
from builder.errors import BuilderError
from builder.language import mark
from builder.model import Cache, Message, Package, Resource, SiteConfig
from builder.processes import Crew, crew

__all__ = [
    "Bench", "Brought", "Examined", "Item", "Known", "Target", "examine", "look", "preview", "workbook",
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
    seen: str


class Brought(NamedTuple):
    """A file that somebody brought: its name is for people to read, and never a path.

    `target`: "" not known yet; `is_added`: its rows come behind those that are there.
    """

    number: int
    name: str
    path: Path
    target: str = ""
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one file. `target` None: it was not recognised; `refused`: why it cannot be saved.

    `change_count`: cells that are mended, if that is wished; `changes`: the first of them. `lost`: rows that go, where
    somebody is to be asked. `is_readable`: whether it has cells that can be coloured.
    """

    number: int
    name: str
    target: Target | None
    refused: Message | None = None
    difference: Difference | None = None
    change_count: int = 0
    changes: tuple[parts.Change, ...] = ()
    dropped: tuple[str, ...] = ()
    is_workbook: bool = False
    is_added: bool = False
    lost: int = 0
    is_readable: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """The package as it would be. `trouble`: why it was not even tried; `is_mended`: with what was mended surely."""

    items: tuple[Item, ...]
    targets: tuple[Target, ...]
    is_mended: bool
    trouble: Message | None = None
    report: tuple[parts.File, ...] = ()
    errors: int = 0
    warnings: int = 0
    seen: str = ""

    @property
    def is_fit(self) -> bool:
        """Whether it may be saved."""
        return not self.errors and self.trouble is None and not any(item.refused for item in self.items)

    @property
    def lost(self) -> int:
        """How many rows go, where somebody has to say that they are to go."""
        return sum(item.lost for item in self.items)


class Tried(NamedTuple):
    """One file in its place. `data`: what is tried there, None where nothing can be."""

    item: Item
    data: bytes | None
    arrived: parts.Arrived | None


def look(say: Say, bench: Bench) -> Known:
    """Return what the package is now."""
    seen = fingerprint(bench.package)
    with hands() as crew:
        found = checked(say, bench, crew, {})
    package, told = found.tables.package, parts.document(found, bench.language, {})
    tables = tuple(
        (item.title, ", ".join(paths_of(item, package)), found.row_counts.get(name, 0))
        for name, item in package.resources.items()
    )
    return Known(
        package.title, found.as_of, found.is_public, tables, targets(package), told.errors, told.warnings, told.files,
        seen,
    )  # fmt: skip


def examine(say: Say, bench: Bench, folder: Path, brought: Sequence[Brought], is_mended: bool) -> Examined:
    """Try files in their places, check the package with them, and say what would change.

    Leaves in `folder`: `new-N`, what may be saved of file N; `mended-N.csv`, the same to be downloaded; `report.html`.
    """
    seen = fingerprint(bench.package)
    say("load", 0)
    opened = pipeline.opened(bench.package)
    files = [tried(opened, file, is_mended) for file in brought]
    for number, file in ((file.item.number, file) for file in files):
        (folder / f"new-{number}").write_bytes(file.data or b"")
        (folder / f"mended-{number}.csv").write_bytes(file.arrived.csv if file.arrived else b"")
    items, places = tuple(file.item for file in files), targets(opened.package)
    if trouble := unfit(files):
        return Examined(items, places, is_mended, trouble, seen=seen)
    with hands() as crew:
        found = checked(say, bench, crew, instead(bench, files))
    told = parts.document(found, bench.language, taken(files))
    told = parts.named(told, taken(files))
    (folder / "report.html").write_text(parts.html(told), encoding="utf-8")
    return Examined(items, places, is_mended, None, told.files, told.errors, told.warnings, seen)


def tried(opened: Opened, file: Brought, is_mended: bool) -> Tried:
    """Return a file in its place."""
    data, package = file.path.read_bytes(), opened.package
    places = {item.path: item for item in targets(package)}
    target = places.get(file.target) or guessed(opened, file.name, data)
    is_workbook = data.startswith(parts.ZIP)
    if target is None:
        return Tried(Item(file.number, file.name, None, is_workbook=is_workbook), None, None)
    made = parts.arrived(
        opened, package.resources[target.resource], target.path, file.name, data,
        is_mended=is_mended, is_added=file.is_added,
    )  # fmt: skip
    item = Item(
        file.number, file.name, target, made.refused, made.difference, made.change_count, made.changes, made.dropped,
        is_workbook, file.is_added, made.lost, made.is_readable,
    )  # fmt: skip
    return Tried(item, made.data, made)


def unfit(files: Sequence[Tried]) -> Message | None:
    """Return why the files cannot be tried together."""
    if any(file.item.target is None for file in files):
        return Message(mark("it is not clear which table a file is"), mark("choose the table beside the file's name"))
    if any(file.data is None for file in files):
        return Message(mark("a file cannot be taken in"), mark("read below what is wrong with it"))
    paths = [file.item.target.path for file in files if file.item.target]
    if len(set(paths)) < len(paths):
        return Message(mark("two files are for the same table"), mark("choose another table, or leave one of them out"))
    return None


def instead(bench: Bench, files: Sequence[Tried]) -> Mapping[Path, bytes]:
    return {
        bench.package / file.item.target.path: file.data
        for file in files
        if file.item.target and file.data is not None  # an empty file is no file that is not there
    }


def taken(files: Sequence[Tried]) -> Mapping[str, parts.Arrived]:
    """Return path in the package → the file that was brought for it."""
    return {file.item.target.path: file.arrived for file in files if file.item.target and file.arrived}


def preview(say: Say, bench: Bench, brought: Sequence[Brought], is_mended: bool, site: Path) -> int:
    """Build the site of the package as it would be. Returns the number of pages. Raises BuilderError."""
    if bench.config is None:
        raise BuilderError(mark("there is no configuration of the site"), mark("start the desk with --config"))
    opened = pipeline.opened(bench.package)
    files = [tried(opened, file, is_mended) for file in brought]
    cache = Cache(bench.cache, lambda _: None) if bench.cache else None
    with hands("builder.pipeline") as crew:
        found = checked(say, bench, crew, instead(bench, files))
        if not found.errors and not found.is_public:
            public = site.with_name(f"{site.name}-public")
            public.mkdir()
            pipeline.take_in(found, public, bench.package, bench.key, say)
            found = pipeline.check(public, bench.today, say, found.as_of, crew=crew, is_locked=False)
        if found.errors or unfit(files):
            raise BuilderError(mark("a site is only built without errors"), mark("mend the errors first"))
        return pipeline.build(found, bench.config, site, say, pipeline.Means(crew, cache))


def workbook(say: Say, bench: Bench, folder: Path, brought: Sequence[Brought], is_mended: bool, number: int) -> Path:
    """Return the clerk's own file with the cells coloured that are still wrong."""
    opened = pipeline.opened(bench.package)
    files = [tried(opened, file, is_mended) for file in brought]
    with hands() as crew:
        found = checked(say, bench, crew, instead(bench, files))
    file = next(file for file in brought if file.number == number)
    target = next(item.item.target for item in files if item.item.number == number and item.item.target)
    place = opened.package.resources[target.resource], target.path
    made = folder / f"coloured-{number}.xlsx"
    own = file.name, file.path.read_bytes()
    made.write_bytes(parts.workbook(found, bench.language, taken(files), place, own))
    return made


@contextmanager
def hands(*modules: str) -> Iterator[Crew]:
    """Yield processes on every core."""
    with crew(os.cpu_count() or 1, modules) as found:
        yield found


def checked(say: Say, bench: Bench, hands: Crew, files: Mapping[Path, bytes]) -> Checked:
    """Return the package as far as its findings, with `files` in their places."""
    return pipeline.check(bench.package, bench.today, say, bench.as_of, crew=hands, instead=files)


def guessed(opened: Opened, name: str, data: bytes) -> Target | None:
    """Return where a file belongs, None where that is not sure."""
    resources = parts.recognised(opened, name, data)
    if len(resources) != 1:
        return None
    found = [item for item in targets(opened.package) if item.resource == resources[0].name]
    if len(found) == 1:
        return found[0]
    return next((item for item in found if item.path.rpartition("/")[2] == name), None)


def targets(package: Package) -> tuple[Target, ...]:
    """Return every place for a file in the package."""
    return tuple(
        Target(item.name, item.title, path)
        for item in package.resources.values()
        for path in paths_of(item, package)
        if path.lower().endswith((".csv", ".csv.gz"))
    )


def paths_of(resource: Resource, package: Package) -> tuple[str, ...]:
    return tuple(path.relative_to(package.root).as_posix() for path in resource.paths)
