"""Which files are held, so that what is left passes the whole check together.

    judge ▶ hold what fails or shrank ▶ judge again … until nothing fails ▶ let go what did not need to be held

Each round holds one more file at least, so it ends. Only what a table's file can be blamed for is held: a mistake of
the descriptor, of a schema or of policy.lock stops the build as ever.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from builder.checked import Checked, Opened
from builder.hold.kept import Folder, Kept, digest
from builder.model import Held, Part, Resource, Severity
from builder.model.finding import FOLDER

__all__ = ["DEPENDS", "FEWER", "Judge", "Settled", "settle"]

Judge: TypeAlias = Callable[[Mapping[Path, bytes], Collection[Path]], Checked]
"""Checks the package with other bytes in the place of files, and without some."""

FEW = 20
"""Rows below which nobody asks why they became fewer."""

FEWER, DEPENDS, TOGETHER = "fewer-rows", "depends-on-held", "left-out-together"
"""Why a file is held that has no error of its own."""

NOTHING = Kept("", "", 0)


@dataclass(slots=True)
class Settled:
    """What a build goes on with. `found` has errors if nothing more could be held; `state`: what is to be kept."""

    found: Checked
    held: tuple[Held, ...]
    state: Mapping[str, Kept]


@dataclass(slots=True)
class Bench:
    """One settling. `now`: path → hash of the files there are; `resources`: path → table, of kept files as well.

    `why`: path → why it is held, in the order of holding; `without`: those of them that nothing can take the place of;
    `pinned`: those that are held for what they are, whatever the others say.
    """

    opened: Opened
    kept: Folder
    judge: Judge
    now: Mapping[str, str]
    resources: Mapping[str, Resource]
    why: dict[str, Counter[str]] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    pinned: set[str] = field(default_factory=set)

    @property
    def left(self) -> set[str]:
        """The files that are left out: with a table's last file, those of the tables that cannot be without it."""
        found, before = set(self.without), set[str]()
        while found != before:
            before = set(found)
            for name in {self.resources[path].name for path in before}:
                if all(path in before for path in self.files_of([name])):
                    found |= set(self.files_of(self.opened.together.get(name, ())))
        return found

    def judged(self) -> Checked:
        """Return the package as it is held now."""
        root, left = self.opened.package.root, self.left
        instead = {root / path: self.kept.content(path) for path in self.why if path not in left}
        return self.judge(instead, [root / path for path in sorted(left)])

    def has_good(self, path: str) -> bool:
        """Return whether a good version of a file is kept."""
        return path in self.kept.files and bool(self.kept.files[path].sha256)

    def has_other(self, path: str) -> bool:
        """Return whether there is a good version that is not the one there is now."""
        return self.has_good(path) and self.kept.files[path].sha256 != self.now.get(path)

    def files_of(self, names: Collection[str]) -> list[str]:
        """Return the files of tables, those included that were kept and are gone."""
        return [path for path, item in self.resources.items() if item.name in names]

    def hold(self, path: str, why: Mapping[str, int]) -> bool:
        """Put the good version in the place of a file, if there is another one. Returns whether that is new."""
        if path in self.why or not self.has_other(path):
            return False
        self.why[path] = Counter(why)
        return True

    def leave(self, path: str, why: Mapping[str, int]) -> bool:
        """Leave a file out, if its table may be. Returns whether that is new."""
        if path in self.left or self.resources[path].name not in self.opened.together:
            return False
        self.why[path] = Counter(why)
        self.without.add(path)
        return True


def settle(
    opened: Opened, kept: Folder, judge: Judge, tell: Callable[[Checked], None], accepted: Collection[str] = ()
) -> Settled:
    """Hold back until the package passes. `tell` is called with what the check says of the files as they are.

    `accepted`: files whose fewer rows somebody has agreed to.
    Raises what `judge` raises, and ToolError where a kept version cannot be read.
    """
    bench = Bench(opened, kept, judge, *surveyed(opened, kept))
    found = bench.judged()
    tell(found)
    blamed, _ = errors(bench, found)
    for path, gone in shrunk(bench, counted(found), accepted):
        if bench.hold(path, {**blamed.get(path, {}), FEWER: gone}):
            bench.pinned.add(path)
    if bench.why:
        found = bench.judged()
    while found.errors:
        if not held_more(bench, found):
            return Settled(found, (), {})
        found = bench.judged()
    if len(bench.why) > 1:
        found = let_go(bench, found)
    return Settled(found, tuple(told(bench, found)), state(bench, found))


def surveyed(opened: Opened, kept: Folder) -> tuple[dict[str, str], Mapping[str, Resource]]:
    """Return path → hash of the files there are, and path → table, also of kept files that are gone."""
    package, now, owner = opened.package, {}, {}
    for resource in package.resources.values():
        for path in resource.paths:
            name = path.relative_to(package.root).as_posix()
            owner[name] = resource
            if path.is_file():
                now[name] = digest(path.read_bytes())
        for name, item in kept.files.items():
            if item.sha256 and name not in owner and Path(name).parent == Path(resource.path):
                owner[name] = resource
    return now, owner


def counted(found: Checked) -> Mapping[str, int]:
    """Return path → rows of the files that could be read."""
    tables = {**{name: item.table for name, item in found.tables.lacking.items()}, **found.tables.tables}
    return {path: count for table in tables.values() for path, count in spans(table.parts, len(table.frame))}


def spans(parts: Sequence[Part], total: int) -> Iterator[tuple[str, int]]:
    ends = [*(part.start for part in parts), total]
    yield from ((part.path, end - start) for part, (start, end) in zip(parts, pairwise(ends), strict=True))


def shrunk(bench: Bench, rows: Mapping[str, int], accepted: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield the files that lost a set share of their rows or more, and how many: not those that went to another file.

    A file that cannot be read has an error; one that is gone from a folder of files has lost all.
    """
    share = bench.opened.package.settings.held_fewer_rows_pct
    named = {path.relative_to(bench.opened.package.root).as_posix() for item in bench.resources.values()
             for path in item.paths}  # fmt: skip
    before = {path: bench.kept.files[path].rows for path in bench.resources if bench.has_good(path)}
    now = {path: rows.get(path, before.get(path, 0) if path in named else 0) for path in bench.resources}
    lost: Counter[str] = Counter()
    for path, item in bench.resources.items():
        lost[item.name] += before.get(path, 0) - now[path]
    for path, was in before.items():
        gone = min(was - now[path], lost[bench.resources[path].name])
        if was >= FEW and gone > 0 and gone * 100 >= share * was and path not in accepted:
            yield path, gone


def held_more(bench: Bench, found: Checked) -> bool:
    """Hold at least one more file, because of the errors that are left. Returns False when none can be held."""
    blamed, elsewhere = errors(bench, found)
    new = [bench.hold(path, why) for path, why in (*blamed.items(), *elsewhere.items())]
    new += [bench.leave(path, why) for path, why in blamed.items() if not bench.has_good(path)]
    if any(new):
        return True
    if elsewhere or not blamed:
        return False  # a mistake of the project
    names = {bench.resources[path].name for path in blamed}
    for others in (related(bench, names), set(bench.resources)):  # what they refer to is wrong, or anything else
        if [path for path in sorted(others) if bench.hold(path, {DEPENDS: 1})]:
            return True
    return bool([path for path, why in blamed.items() if bench.leave(path, why)])


Blamed: TypeAlias = dict[str, Counter[str]]


def errors(bench: Bench, found: Checked) -> tuple[Blamed, Blamed]:
    """Return path → code → number of the errors of tables, and of what else a table's newest file may have caused.

    Of the package as a whole no file can be blamed: both are empty then.
    """
    blamed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    elsewhere: defaultdict[str, Counter[str]] = defaultdict(Counter)
    geometry = bench.opened.package.settings.geometry
    of_tables = (FOLDER, geometry.path if geometry else FOLDER)
    for item, count in found.report.spots().items():
        if item.severity is not Severity.ERROR:
            continue
        of_table = bench.files_of([item.resource])
        if not of_table:
            return {}, {}
        if item.path in bench.resources:
            blamed[item.path][item.code] += count
            continue
        is_of_table = item.path in of_tables or item.path == bench.resources[of_table[0]].path
        for path in of_table:
            (blamed if is_of_table else elsewhere)[path][item.code] += count
    return dict(blamed), dict(elsewhere)


def related(bench: Bench, names: Collection[str]) -> set[str]:
    """Return the files of the tables that `names` refer to, of those that these refer to, and so on."""
    package, every, before = bench.opened.package, set(names), set[str]()
    while every != before:
        before = set(every)
        every |= {key.target for name in before for key in package.resources[name].schema.foreign_keys if key.target}
    return set(bench.files_of(every - set(names)))


def let_go(bench: Bench, found: Checked) -> Checked:
    """Let go of what need not be held, first what was held first. Returns the package as it is held then."""
    for path in [path for path in bench.why if path not in bench.pinned]:
        before = dict(bench.why), set(bench.without)
        del bench.why[path]
        bench.without.discard(path)
        again = bench.judged()
        if again.errors:
            bench.why, bench.without = before
        else:
            found = again
    return found


def told(bench: Bench, found: Checked) -> Iterator[Held]:
    """Yield what is held, in the order of paths."""
    left = bench.left
    for path in sorted({*bench.why, *left}):
        resource, before = bench.resources[path], bench.kept.files.get(path, NOTHING)
        as_of = "" if path in left else before.as_of
        since = before.since or found.as_of.isoformat()
        why = bench.why.get(path, {TOGETHER: 1})
        yield Held(resource.name, resource.title, path, as_of, since, dict(sorted(why.items())))


def state(bench: Bench, found: Checked) -> Mapping[str, Kept]:
    """Return what is to be kept when the build has succeeded."""
    rows, day = counted(found), found.as_of.isoformat()
    held = {
        item.path: bench.kept.files.get(item.path, NOTHING)._replace(since=item.since, kinds=item.kinds)
        for item in told(bench, found)
    }  # fmt: skip
    good = {path: Kept(name, day, rows.get(path, 0)) for path, name in bench.now.items() if path not in held}
    return {**good, **held}
