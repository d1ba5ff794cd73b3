"""Dates within one row: which comes first, and none after as_of where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules.check import Check, issues

__all__ = ["not_after", "order"]


def order(
    resource: str, first: str, second: str, code: str, rule: str, *, is_structural: bool = False
) -> Check:
    """Return the check that `second` is not before `first` in any row of `resource` that has both.

    `is_structural`: days between the two are in figures, and would be fewer than none.
    """

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource]
        schema = tables.package.resources[resource].schema
        # where one of them has no time of day, their days are compared
        is_mixed = schema[first].type != schema[second].type
        a, b = (frame[name].dt.floor("D") if is_mixed else frame[name] for name in (first, second))
        for issue in issues(frame, b < a, second, first):
            values = {
                "value": issue.values["value"],
                "first": Quote(resource, first, str(issue.values[first])),
                "title": schema[first].title,
            }
            yield issue._replace(values=values)

    return Check(
        code, Severity.ERROR, resource, (f"{resource}.{first}", f"{resource}.{second}"), rule,
        mark("{value} is before “{title}” {first}"), mark("Correct whichever of the two dates is wrong."), find,
        is_structural=is_structural,
        wrong=f"{{{first}}} 2026-03-05, {{{second}}} 2026-03-02",
        right=f"{{{first}}} 2026-03-05, {{{second}}} 2026-03-09",
    )  # fmt: skip


def not_after(resource: str, column: str, code: str, rule: str) -> Check:
    """Return the check that `column` holds no day after as_of."""

    def find(tables: Tables, as_of: date) -> Iterator[Issue]:
        frame = tables[resource]
        for issue in issues(frame, frame[column] >= pd.Timestamp(as_of) + pd.Timedelta(days=1), column):
            yield issue._replace(values={**issue.values, "as_of": as_of})

    return Check(
        code, Severity.ERROR, resource, (f"{resource}.{column}",), rule,
        mark("{value} is after {as_of}, the day this data describes"),
        mark("Correct the date; if the data is newer, move as_of in datapackage.json."), find, is_structural=True,
        wrong=f"{{{column}}} 2026-11-05, as_of 2026-10-31", right=f"{{{column}}} 2026-10-30, as_of 2026-10-31",
    )  # fmt: skip
