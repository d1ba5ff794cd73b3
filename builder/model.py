"""The frozen values that stages exchange. Nothing here reads, prints or decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

__all__ = [
    "Address", "CaseTally", "DutyTally", "Field", "Finding", "ForeignKey", "Issue", "Package", "Part", "Period", "Ratio",
    "Report", "Resource", "Schema", "Settings", "Severity", "SiteConfig", "Status", "Table", "Tables", "TextPart",
    "TextTable",
]  # fmt: skip


# ── the data package, as its descriptor states it ────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema. `descriptor` is the whole Table Schema object, for Frictionless."""

    name: str
    title: str
    description: str
    type: str
    publish: Literal["public", "counts", "never"]
    required: bool
    fix: str
    aliases: tuple[str, ...]
    labels: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]
    vote: str
    descriptor: Mapping[str, object]

    def label(self, value: str) -> str:
        """Return the words for one value of an enumeration (Table Schema `categories`), or the value."""
        return self.labels.get(value, value)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`field` of this resource holds values of `target_field` in `target` (its own name for itself)."""

    field: str
    target: str
    target_field: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A Table Schema with the custom properties that DESIGN §4 describes."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, object]

    def __getitem__(self, name: str) -> Field:
        """Return the field called `name`; KeyError when the schema has none."""
        for item in self.fields:
            if item.name == name:
                return item
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(item.name == name for item in self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.fields)

    def values(self, name: str, role: str) -> frozenset[str]:
        """Return the values of field `name` that play `role`; empty where the schema names none."""
        return self[name].roles.get(role, frozenset()) if name in self else frozenset()


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of the package. `paths` are the CSV files, inside the package's folder, in order."""

    name: str
    title: str
    description: str
    path: str
    paths: tuple[Path, ...]
    minimum_rows: int
    schema: Schema


@dataclass(frozen=True, slots=True)
class Settings:
    """The `mingge` object of datapackage.json: what a district decides about its own figures."""

    as_of: date | None
    demonstration: bool
    timezone: str
    calendar: str
    period_months: int
    minimum_denominator: int
    minimum_ballots: int
    minimum_ranked: int


@dataclass(frozen=True, slots=True)
class Package:
    """A data package whose descriptor and schemas were read and found whole."""

    root: Path
    name: str
    title: str
    description: str
    settings: Settings
    resources: Mapping[str, Resource]
    descriptor: Mapping[str, object]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TextPart:
    """One CSV file, decoded and cut into cells, nothing judged.

    `frame`: text columns named "0", "1", … by position, one row a record, empty cells "".
    `header`: the header cells as written. `ragged`: (row number in the file, number of cells) of
    records that do not have as many cells as the header; they are not in `frame`.
    `rows`: row number in the file (header = 1) of each row of `frame`; None when they run 2, 3, 4 …
    """

    path: str
    header: tuple[str, ...]
    frame: pd.DataFrame
    ragged: tuple[tuple[int, int], ...]
    rows: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class TextTable:
    """All files of one resource, as text."""

    resource: Resource
    parts: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Where rows `start` … of a typed table came from: file, header → column letter, row numbers."""

    path: str
    start: int
    columns: Mapping[str, str]
    rows: tuple[int, ...] | None


class Address(NamedTuple):
    """A cell as staff see it in Excel. `row` 0 means the file as a whole."""

    path: str
    row: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A typed table. `frame` has the schema's column names and RangeIndex 0 … n-1.

    dtypes: string → str, integer → Int64, number → float64, boolean → bool, date → datetime64[s];
    an empty cell is NA/NaT (string: NA).
    """

    resource: Resource
    frame: pd.DataFrame
    parts: tuple[Part, ...]

    def address(self, row: int, column: str = "") -> Address:
        """Return the file, row and column letter of cell (`row`, `column`) of `frame`."""
        part = next(p for p in reversed(self.parts) if p.start <= row)
        inside = row - part.start
        return Address(part.path, part.rows[inside] if part.rows else inside + 2, part.columns.get(column, ""))


@dataclass(frozen=True, slots=True)
class Tables:
    """The typed tables of a package by resource name; a resource that is absent has no entry."""

    package: Package
    tables: Mapping[str, Table]

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of resource `name`; KeyError when the package does not have it."""
        return self.tables[name].frame

    def values(self, resource: str, name: str, role: str) -> frozenset[str]:
        """Return the values of `resource.name` that play `role`; empty when there are none."""
        table = self.tables.get(resource)
        return table.resource.schema.values(name, role) if table else frozenset()


# ── findings ─────────────────────────────────────────────────────────────────────────────────────


class Severity(StrEnum):
    """An error stops the build; a warning is published on the quality page."""

    ERROR = "error"
    WARNING = "warning"


class Issue(NamedTuple):
    """What a check found in one row of one table: the check's sentence needs only `values`."""

    row: int
    column: str
    values: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of the data, with an address and a next step.

    `message` and `fix` are message ids (English) with `{named}` places filled from `values`;
    `fix` may also be a sentence from the schema, which is used as it stands.
    `column` is the field's title; `value` is the cell, masked unless its field is public.
    """

    code: str
    severity: Severity
    resource: str
    address: Address
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: str = ""
    value: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of one run, in the order of the package, and how many rows were looked at."""

    findings: tuple[Finding, ...] = ()
    row_counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def plus(self, findings: Iterable[Finding]) -> Report:
        """Return this report with `findings` after its own."""
        return Report((*self.findings, *findings), self.row_counts)


# ── measures ─────────────────────────────────────────────────────────────────────────────────────


class Ratio(NamedTuple):
    """A published rate is always a pair of counts; a denominator of 0 means “no figure”, never 0 %."""

    numerator: int
    denominator: int


class Period(NamedTuple):
    """Days `start` … `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class DutyTally:
    """Duties of one unit. Counts add up: a parent's tally is the sum of its children's.

    `on_time + late + overdue` is the number due by as_of (done, or the due date has passed);
    `upcoming` are due later, or today and not yet done.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    upcoming: int = 0

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.overdue

    @property
    def fulfilment(self) -> Ratio:
        """Done by as_of ÷ due by as_of."""
        return Ratio(self.on_time + self.late, self.due)

    @property
    def punctuality(self) -> Ratio:
        """Done on time ÷ due by as_of."""
        return Ratio(self.on_time, self.due)


@dataclass(frozen=True, slots=True)
class CaseTally:
    """Cases of one unit received in the period, void and protected ones left out. Counts add up.

    `median_days` is the Kaplan–Meier median of days to resolve; None while fewer than half are resolved.
    """

    received: int = 0
    open: int = 0
    overdue: int = 0
    respond_kept: int = 0
    respond_due: int = 0
    resolve_kept: int = 0
    resolve_due: int = 0
    outcome_resolved: int = 0
    outcome_recorded: int = 0
    satisfied: int = 0
    rated: int = 0
    median_days: int | None = None

    @property
    def response(self) -> Ratio:
        """Responded within the limit ÷ responded or whose respond limit has passed."""
        return Ratio(self.respond_kept, self.respond_due)

    @property
    def on_time(self) -> Ratio:
        """Resolved within the limit ÷ resolved or whose resolve limit has passed."""
        return Ratio(self.resolve_kept, self.resolve_due)

    @property
    def resolution(self) -> Ratio:
        """Outcome “resolved” ÷ cases with a recorded outcome."""
        return Ratio(self.outcome_resolved, self.outcome_recorded)

    @property
    def satisfaction(self) -> Ratio:
        """Favourable ratings ÷ cases with a valid rating."""
        return Ratio(self.satisfied, self.rated)


class Status(StrEnum):
    """Where one duty or case stands at as_of."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    UPCOMING = "upcoming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the build needs to know from mkdocs.yml; everything else in it is the engine's business."""

    path: Path
    language: str
    name: str
    url: str
    docs: Path
    theme: Path
    templates: Path
    engine: tuple[str, ...]
