"""Every check that applies to a package, in one order: keys, the tree, then subject by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from builder import places
from builder.check import addresses, attachments, geometry, keys, lowered, personal, unknown
from builder.model import Attachments, Finding, Findings, Issue, Listed, Message, Package, Quote, Rule, Tables
from builder.model.finding import Kind
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
        for check in (*checks(package, subjects, {}), *personal.rules(package), *geometry.rules(package))
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """What one check finds, found again whenever it is asked for: a check is a pure function of the tables."""

    found: Tables
    check: Check
    as_of: date
    count: int

    def __iter__(self) -> Iterator[Finding]:
        cells = read(self.found, self.check)
        return (finding(self.found, self.check, issue) for issue in self.check.find(cells, self.as_of))

    def counts(self) -> Counter[Kind]:
        """Return how many rows break the rule."""
        return Counter({(self.check.severity, self.check.code, self.check.resource): self.count})

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` findings."""
        return islice(self, limit)


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
    every_check += (*personal.rules(found.package), *geometry.rules(found.package))
    lowered.judge(every_check, found.package.settings.severities, found.package.settings.places)
    run = [check for check in checks(found.package, subjects, known) if can_run(found, check)]
    strangers = Listed((*unknown.resources(found.package, every), *attachments.unnamed(found, known)))
    seen = with_lacking(found)
    broken = (Broken(seen, check, as_of, sum(1 for _ in check.find(read(seen, check), as_of))) for check in run)
    return (strangers, *personal.findings(seen, as_of, known), *(item for item in broken if item.count))


def with_lacking(found: Tables) -> Tables:
    """Return the tables together with those that lack something, in the order of the package."""
    every = {**found.tables, **{name: item.table for name, item in found.lacking.items()}}
    return replace(found, tables={name: every[name] for name in found.package.resources if name in every})


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
        if item in check.reads or column in found.tables[resource].resource.schema:
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
        Message(check.text, check.fix, values), table.resource.schema[issue.column].title,
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
        return value._replace(text=one_line(value.text))
    column = issue.column if name in ("value", "mended") else name
    places_read = ((check.resource, column), *(pair(item) for item in check.reads))
    for resource, field in places_read:
        if field == column and field in package.resources[resource].schema:
            is_formal = package.resources[resource].schema[field].type != "string"
            return Quote(resource, field, one_line(str(value)), is_formal)
    return value


def pair(column: str) -> tuple[str, str]:
    resource, _, field = column.partition(".")
    return resource, field


def one_line(value: str) -> str:
    """A cell may hold line breaks; a sentence about it may not. Nothing but space is made visible."""
    return " ".join(value.split()) or "␣" * len(value)
