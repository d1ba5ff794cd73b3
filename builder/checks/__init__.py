"""Rules across cells, rows and tables: Tables → findings. A check judges; it never changes a table.

`CHECKS` are the rules that the engine knows; those of keys and codes come from each package's
resources (`keys.of`, `codes.of`).
"""

from __future__ import annotations

from datetime import date

from builder.checks import assessment, calendar, case, codes, dates, keys, responsible, trees
from builder.checks.check import Check
from builder.model import Finding, Issue, Package, Tables

__all__ = ["CHECKS", "Check", "all_for", "run"]

CHECKS = (*trees.CHECKS, *responsible.CHECKS, *dates.CHECKS, *case.CHECKS, *assessment.CHECKS, *calendar.CHECKS)


def all_for(package: Package) -> tuple[Check, ...]:
    """Return every check that applies to the tables and columns that `package` has, those of keys and codes first."""
    resources = package.resources.values()
    key_checks = tuple(check for resource in resources for check in (*keys.of(resource), *codes.of(resource)))
    return tuple(check for check in (*key_checks, *CHECKS) if check.applies(package))


def run(tables: Tables, as_of: date) -> list[Finding]:
    """Return what every check finds. A check whose tables could not be read is left out; that has a finding already."""
    return [
        finding(tables, check, issue)
        for check in all_for(tables.package)
        if check.resources <= set(tables.tables)
        for issue in check.find(tables, as_of)
    ]


def finding(tables: Tables, check: Check, issue: Issue) -> Finding:
    table = tables.tables[check.resource]
    field = table.resource.schema[issue.column]
    address = table.address(issue.row, issue.column)
    # a cell may hold line breaks; a sentence about it may not
    values = {name: " ".join(item.split()) if isinstance(item, str) else item for name, item in issue.values.items()}
    value = str(values.get("value", ""))
    return Finding(
        check.code, check.severity, check.resource, address, check.message, values, field.title, value, check.fix
    )
