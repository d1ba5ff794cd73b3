"""What checks find, and the report of a run: everything here may quote private cells (see `protect`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, Protocol

from builder.model.message import Message
from builder.model.table import Address

__all__ = [
    "FOLDER", "Finding", "Findings", "Issue", "Kind", "Listed", "Quote", "Remark", "Report", "Severity", "Spot",
    "first_of_each", "place", "spot",
]  # fmt: skip

FOLDER = "attachments/"
"""Files in here are told of together: there may be ten thousand, each with a finding of its own."""


class Severity(StrEnum):
    """An error stops the build; a warning is published on the quality page."""

    ERROR = "error"
    WARNING = "warning"


class Quote(NamedTuple):
    """The content of a cell inside a sentence. Who may read it is decided at the wall, not where it is quoted.

    `is_formal`: it has the form of a date, a number, a code or a word of its column's list, damaged or not, so it is no
    words about a person, even if it stands in a wrong column.
    """

    resource: str
    field: str
    text: str
    is_formal: bool = False


class Issue(NamedTuple):
    """What a check found in one row of one table: the check's sentence needs only `values`.

    `text`, `fix`: message ids in the place of the check's own, "" for these. `elsewhere`: cells of other tables that
    may be wrong instead: resource, column and row.
    """

    row: int
    column: str
    values: Mapping[str, object] = {}
    text: str = ""
    fix: str = ""
    elsewhere: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of the data, with an address and a next step.

    `column` is the field's title. `value` and the values of `message` hold cells as `Quote`. `mended`: what the cell
    should say, where that can be told from what it says or from the rest of the package.
    """

    code: str
    severity: Severity
    resource: str
    address: Address
    message: Message
    column: str = ""
    value: Quote | None = None
    mended: Quote | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as its reader may see it; made by `protect` and by nothing else.

    `value` is the cell, or ***; `mended` what it should say, "" where that is not known or may not be read.
    """

    code: str
    severity: Severity
    resource: str
    address: Address
    message: Message
    column: str
    value: str
    mended: str = ""


Kind = tuple[Severity, str, str]
"""Severity, code and resource."""


class Spot(NamedTuple):
    """What findings have in common that are told together: one kind of problem in one column of one file.

    `column` is the field's title, `text` the message id of what is wrong.
    """

    severity: Severity
    code: str
    resource: str
    path: str
    column: str
    text: str


def spot(item: Finding | Remark) -> Spot:
    """Return what `item` is told together with."""
    return Spot(item.severity, item.code, item.resource, place(item.address.path), item.column, item.message.text)


def place(path: str) -> str:
    """Return the file, or the folder of files, that a path is told under."""
    return FOLDER if path.startswith(FOLDER) else path


class Findings(Protocol):
    """Findings of one source, in order. They are made when they are asked for: there may be a million."""

    def __iter__(self) -> Iterator[Finding]:
        """Make every finding, one after the other."""
        ...

    def spots(self) -> Counter[Spot]:
        """Return how many findings there are of each kind in each place, without making them."""
        ...

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` findings of each kind in each place, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Findings that are few enough to be kept as they are."""

    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def spots(self) -> Counter[Spot]:
        """Return how many findings there are of each kind in each place."""
        return Counter(map(spot, self.findings))

    def sample(self, limit: int) -> Iterator[Finding]:
        """Return the first `limit` findings of each kind in each place."""
        return first_of_each(self.findings, limit)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of one run, in the order of the package, and how many rows were looked at."""

    groups: tuple[Findings, ...] = ()
    row_counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, made one after the other."""
        return chain.from_iterable(self.groups)

    def spots(self) -> Counter[Spot]:
        """Return how many findings there are of each kind in each place, in the order of the findings."""
        found: Counter[Spot] = Counter()
        for group in self.groups:
            found.update(group.spots())
        return found

    def counts(self) -> Counter[Kind]:
        """Return how many findings there are of each kind."""
        found: Counter[Kind] = Counter()
        for item, count in self.spots().items():
            found[item.severity, item.code, item.resource] += count
        return found

    @property
    def broken(self) -> frozenset[str]:
        """The tables with errors: what they lack would be told once more, as a consequence of these."""
        return frozenset(resource for severity, _, resource in self.counts() if severity is Severity.ERROR)

    def total(self, severity: Severity) -> int:
        """Return how many findings there are of one severity."""
        return sum(count for item, count in self.spots().items() if item.severity is severity)

    def sample(self, limit: int) -> Iterator[Finding]:
        """Yield the first `limit` findings of each kind in each place."""
        return first_of_each(chain.from_iterable(group.sample(limit) for group in self.groups), limit)

    def of(self, path: str) -> Iterator[Finding]:
        """Yield every finding that is told under one file; sources that have none there make none."""
        for group in self.groups:
            if any(item.path == path for item in group.spots()):
                yield from (item for item in group if place(item.address.path) == path)


def first_of_each(findings: Iterable[Finding], limit: int) -> Iterator[Finding]:
    """Yield the first `limit` findings of each kind in each place."""
    seen = Counter[Spot]()
    for item in findings:
        seen[key := spot(item)] += 1
        if seen[key] <= limit:
            yield item
