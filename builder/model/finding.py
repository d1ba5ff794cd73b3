"""What checks find, and the report of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from builder.model.table import Address

__all__ = ["Finding", "Issue", "Report", "Severity"]


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
        """The findings that stop the build."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are published on the quality page."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def plus(self, findings: Iterable[Finding]) -> Report:
        """Return this report with `findings` after its own."""
        return Report((*self.findings, *findings), self.row_counts)
