"""Every check that applies to a package, in one order: keys, the tree, then subject by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from builder import mend, places
from builder.check import absent, addresses, attachments, doubt, geometry, keys, lowered, personal, unknown
from builder.model import (
    Attachments,
    Damage,
    Finding,
    Findings,
    Issue,
    Listed,
    Message,
    Package,
    Quote,
    Rule,
    Schema,
    Severity,
    Table,
    Tables,
)
from builder.model.finding import Spot
from builder.rules import Check
from builder.subjects.subject import AnySubject

__all__ = ["rules", "tables"]


def checks(package: Package, subjects: Sequence[AnySubject], files: Attachments) -> tuple[Check, ...]:
    """Return every check that applies to the tables and columns that `package` has; `files`: those it has."""
    resources = package.resources.values()
    found: list[Check] = [check for item in resources for check in keys.of(item)]
    found += attachments.of(package, files)
    found += addresses.of(package)
    found += places.CHECKS
    found += (check for subject in subjects for check in subject.checks)
    applying = (check for check in found if check.applies(package))
    return lowered.lowered(applying, package.settings.severities)


def rules(package: Package, subjects: Sequence[AnySubject]) -> tuple[Rule, ...]:
    """Return what the package is held against, for the pages that say so."""
    return tuple(
        Rule(
            check.code, check.severity.value, check.resource, check.rule,
            package.settings.severities.get(check.code, ""),
        )
        for check in (*checks(package, subjects, {}), *of_the_whole(package))
    )  # fmt: skip


def of_the_whole(package: Package) -> Iterator[Check]:
    """Yield the rules of what is looked for in all tables together."""
    return chain(absent.rules(package), personal.rules(package), geometry.rules(package))


class Place(NamedTuple):
    """A file, a column, and the sentence that is said of a row there."""

    path: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What one check finds, found again whenever it is asked for: a check is a pure function of the tables.

    `places`: how many rows break it where.
    """

    found: Tables
    check: Check
    as_of: date
    places: Mapping[Place, int]

    def __iter__(self) -> Iterator[Finding]:
        return (finding(self.found, self.check, issue) for issue in self.issues())

    def issues(self) -> Iterator[Issue]:
        """Return what rests on no cell that has a finding already."""
        cells = read(self.found, self.check)
        return doubt.doubt(self.check, cells).left(self.check.find(cells, self.as_of))

    def spots(self) -> Counter[Spot]:
        """Return how many rows break the rule, in each file and column, told in which words."""
        check, schema = self.check, self.found.tables[self.check.resource].resource.schema
        return Counter({
            Spot(check.severity, check.code, check.resource, place.path, schema[place.column].title, place.text): count
            for place, count in self.places.items()
        })  # fmt: skip

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` findings of each file, column and sentence."""
        place_of, seen = placing(self), Counter[Place]()
        left = sum(min(limit, count) for count in self.places.values())
        for issue in self.issues() if left else ():
            seen[place := place_of(issue)] += 1
            if seen[place] <= limit:
                yield finding(self.found, self.check, issue)
                left -= 1
            if not left:
                return


def placing(broken: Broken) -> Callable[[Issue], Place]:
    """Return the function that tells where an issue is counted."""
    check, table = broken.check, broken.found.tables[broken.check.resource]
    path_of = paths(table)
    return lambda issue: Place(path_of(issue.row), issue.column, issue.text or check.text)


def paths(table: Table) -> Callable[[int], str]:
    """Return the function that tells the file of a row."""
    if len(table.parts) == 1:
        (part,) = table.parts
        return lambda _: part.path
    return lambda row: table.address(row).path


def tables(
    found: Tables,
    as_of: date,
    subjects: Sequence[AnySubject],
    every: Sequence[AnySubject],
    files: Attachments | None = None,
) -> tuple[Findings, ...]:
    """Return what every check finds in the tables of `subjects`, those of `every` subject that the package has.

    `files`: what rows may name (None: there is nothing).

    A check whose tables or columns could not be read is left out; that has a finding already. Raises BuilderError when
    the package lowers a check that it cannot.
    """
    known = files or {}
    every_check = [*places.CHECKS, *(check for subject in every for check in subject.checks)]
    every_check += (check for item in found.package.resources.values() for check in keys.of(item))
    every_check += addresses.of(found.package)
    every_check += of_the_whole(found.package)
    lowered.judge(every_check, found.package.settings.severities, found.package.settings.places)
    strangers = Listed((*unknown.resources(found.package, every), *attachments.unnamed(found, known)))
    seen = with_lacking(found)
    hits = personal.findings(seen, as_of, known)
    missing, damage = absent.links(found, personal.damage(found.damage, hits))
    run = (check for check in checks(found.package, subjects, known) if can_run(found, check))
    return (strangers, *hits, missing, *judged(seen, run, as_of, damage))


def with_lacking(found: Tables) -> Tables:
    """Return the tables together with those that lack something, in the order of the package."""
    every = {**found.tables, **{name: item.table for name, item in found.lacking.items()}}
    return replace(found, tables={name: every[name] for name in found.package.resources if name in every})


def judged(found: Tables, checks: Iterable[Check], as_of: date, damage: Damage) -> Iterator[Broken]:
    """Yield what each check finds that does not follow from `damage`, or from what the checks before it found.

    What is only odd hides no error that makes figures impossible: a package with warnings is built.
    """
    doubted = damage.doubting()  # with what warnings are about: that hides no error
    for check in checks:
        is_error = check.severity is Severity.ERROR
        known = doubted if not is_error else damage if check.is_structural else damage.doubting()
        broken = Broken(replace(found, damage=known), check, as_of, {})
        place_of, places, blame = placing(broken), Counter[Place](), doubt.Blame(check)
        for issue in broken.issues():
            places[place_of(issue)] += 1
            blame.add(issue)
        if places:
            yield replace(broken, places=places)
            doubted = blame.spread(doubted, found)
            damage = blame.spread(damage, found) if is_error else damage


def can_run(found: Tables, check: Check) -> bool:
    """Return whether everything that a check reads was there to be read."""
    gone = {(name, column) for name, item in found.lacking.items() for column in item.columns}
    if not gone.isdisjoint(map(pair, check.extras)):
        return False
    return all(
        found.tables[name].has(column) if name in found.tables else can_see(found, check, name, column)
        for name, column in map(pair, check.reads)
    )


def can_see(found: Tables, check: Check, name: str, column: str) -> bool:
    """Return whether a check can be told by what is there of a table that lacks columns, or rows.

    Where rows are missing only its own codes can be judged: to other rules, and to codes that point at it, each row
    that is not there would look like a defect.
    """
    item = found.lacking.get(name)
    if item is None or column in item.columns or not item.table.has(column):
        return False
    if any(item.table.resource.schema[gone].vote for gone in item.columns):
        return False  # a check adds up the columns that hold votes, whatever they are called
    return item.is_whole or (check.resource == name and check.code in keys.OWN and not keys.points_at(check, name))


def read(found: Tables, check: Check) -> Tables:
    """Return the columns that a check reads, and those that hold votes, whatever they are called.

    No others: a million rows of them are text only meanwhile.
    """
    columns: dict[str, dict[str, None]] = {
        name: {field.name: None for field in found.tables[name].resource.schema.fields if field.vote}
        for name in check.resources
    }
    for item in (*check.reads, *check.extras):
        resource, column = pair(item)
        if column == "*":
            columns[resource] |= dict.fromkeys(map(str, found.tables[resource].frame))
        elif item in check.reads or column in found.tables[resource].frame:
            columns[resource][column] = None
    return found.only({resource: tuple(names) for resource, names in columns.items()})


def finding(found: Tables, check: Check, issue: Issue) -> Finding:
    table = found.tables[check.resource]
    values = {name: quoted(found.package, check, issue, name) for name in issue.values}
    if not all(part.is_sure for name in check.resources for part in found.tables[name].parts):
        # a cell of a file whose header nobody knows may be of any column: it is quoted as of none
        values = {name: of_no_field(value) for name, value in values.items()}
    value = values.get("value")
    return Finding(
        check.code, check.severity, check.resource, table.address(issue.row, issue.column),
        Message(issue.text or check.text, issue.fix or check.fix, values), table.resource.schema[issue.column].title,
        # without a cell to quote it still says which column it is about, so that the wall knows
        value if isinstance(value, Quote) else Quote(check.resource, issue.column, ""),
        mended if isinstance(mended := values.get("mended"), Quote) else None,
    )  # fmt: skip


def of_no_field(value: object) -> object:
    return value._replace(field="") if isinstance(value, Quote) else value


def quoted(package: Package, check: Check, issue: Issue, name: str) -> object:
    """Return a value of an issue; what stands in a cell becomes a Quote of its column, whoever put it there."""
    value = issue.values[name]
    if isinstance(value, Quote):
        text, known = one_line(value.text), package.resources[value.resource].schema
        formal = value.is_formal or (value.field in known and is_formal(known, value.field, text))
        return value._replace(text=text, is_formal=formal)
    column = issue.column if name in ("value", "mended") else name
    places_read = ((check.resource, column), *(pair(item) for item in check.reads))
    for resource, field in places_read:
        if field == column and field in package.resources[resource].schema:
            text = one_line(str(value))
            return Quote(resource, field, text, is_formal(package.resources[resource].schema, field, text))
    return value


def is_formal(schema: Schema, field: str, text: str) -> bool:
    """Return whether a cell has the form of its column: a date, a number, a word of a list, a code that is a key."""
    known = schema[field]
    if known.type != "string":
        return True
    keys = {*schema.primary_key, *(key.field for key in schema.foreign_keys)}
    return text in known.descriptor.get("constraints", {}).get("enum", ()) or (
        field in keys and all(mend.looks_coded(part) for part in text.split(" + "))
    )


def pair(column: str) -> tuple[str, str]:
    resource, _, field = column.partition(".")
    return resource, field


def one_line(value: str) -> str:
    """A cell may hold line breaks; a sentence about it may not. Nothing but space is made visible."""
    return " ".join(value.split()) or "␣" * len(value)
