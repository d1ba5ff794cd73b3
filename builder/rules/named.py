"""Things of one table that have the same name, so that nobody can tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules.check import Check, issues

__all__ = ["named_apart"]


def named_apart(resource: str) -> Check:
    """Return the check that no two rows of `resource` have the same name."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame, table = tables[resource], tables.tables[resource]
        named = frame.dropna(subset=["name"])
        first = named.index.to_series().groupby(named["name"].astype("str")).transform("first")
        for issue in issues(named, first != named.index, "name"):
            at = table.address(int(first[issue.row]))
            yield issue._replace(values={**issue.values, "row": at.row, "path": at.path})

    return Check(
        "name-shared", Severity.WARNING, resource, (f"{resource}.name",),
        mark("No two rows of the table have the same name."),
        mark("“{value}” is the name of row {row} of {path}, too"),
        mark("Correct one of the names, or delete the row that was pasted again."), find,
        wrong="{name} A, A", right="{name} A, B",
        effect=mark("Residents cannot tell the two apart."),
    )  # fmt: skip
