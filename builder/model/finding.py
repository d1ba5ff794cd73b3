"""What checks find, and the report of a run: everything here may quote private cells (see `protect`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from builder.model.message import Message
from builder.model.table import Address

__all__ = ["Finding", "Issue", "Quote", "Remark", "Report", "Severity"]


class Severity(StrEnum):
    """An error stops the build; a warning is published on the quality page."""

    ERROR = "error"
    WARNING = "warning"


class Quote(NamedTuple):
    """The content of a cell inside a sentence. Who may read it is decided at the wall, not where it is quoted."""

    resource: str
    field: str
    text: str


class Issue(NamedTuple):
    """What a check found in one row of one table: the check's sentence needs only `values`."""

    row: int
    column: str
    values: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of the data, with an address and a next step.

    `column` is the field's title. `value` and the values of `message` hold cells as `Quote`.
    """

    code: str
    severity: Severity
    resource: str
    address: Address
    message: Message
    column: str = ""
    value: Quote | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as its reader may see it; made by `protect` and by nothing else. `value` is the cell, or ***."""

    code: str
    severity: Severity
    resource: str
    address: Address
    message: Message
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of one run, in the order of the package, and how many rows were looked at."""

    findings: Iterable[Finding] = ()
    row_counts: Mapping[str, int] = field(default_factory=dict)

    def counts(self) -> Counter[tuple[Severity, str, str]]:
        """Return how many findings there are of each (severity, code, resource)."""
        return Counter((item.severity, item.code, item.resource) for item in self.findings)
