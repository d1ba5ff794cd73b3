"""Dates within one row: which comes first, and none after as_of where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.checks.check import Check, issues
from builder.language import mark
from builder.model import Issue, Severity, Tables

__all__ = ["CHECKS"]


def order(resource: str, first: str, second: str, code: str, rule: str) -> Check:
    """Return the check that `second` is not before `first` in any row of `resource` that has both."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource]
        schema = tables.package.resources[resource].schema
        for issue in issues(frame, frame[second] < frame[first], second, first):
            yield issue._replace(
                values={"value": issue.values["value"], "first": issue.values[first], "title": schema[first].title}
            )

    return Check(
        code, Severity.ERROR, resource, (f"{resource}.{first}", f"{resource}.{second}"), rule,
        mark("{value} is before “{title}” {first}"), mark("Correct whichever of the two dates is wrong."), find,
    )  # fmt: skip


def not_after(resource: str, column: str, code: str, rule: str) -> Check:
    """Return the check that `column` holds no day after as_of."""

    def find(tables: Tables, as_of: date) -> Iterator[Issue]:
        frame = tables[resource]
        for issue in issues(frame, frame[column] > pd.Timestamp(as_of), column):
            yield issue._replace(values={**issue.values, "as_of": as_of})

    return Check(
        code, Severity.ERROR, resource, (f"{resource}.{column}",), rule,
        mark("{value} is after {as_of}, the day this data describes"),
        mark("Correct the date; if the data is newer, move as_of in datapackage.json."), find,
    )  # fmt: skip


CHECKS = (
    order(
        "grid", "opened_date", "closed_date", "grid-closed-before-opened",
        mark("A grid is closed on or after the day it was opened."),
    ),
    order(
        "branch_grid", "from_date", "to_date", "term-order",
        mark("A branch’s responsibility ends on or after the day it begins."),
    ),
    order(
        "indicator", "valid_from_date", "valid_to_date", "indicator-order",
        mark("An indicator is retired on or after the day it came into force."),
    ),
    order(
        "case", "received_date", "accepted_date", "accepted-before-received",
        mark("A case is accepted on or after the day it was received."),
    ),
    order(
        "case", "accepted_date", "responded_date", "responded-before-accepted",
        mark("A case is responded to on or after the day it was accepted."),
    ),
    order(
        "case", "received_date", "responded_date", "responded-before-received",
        mark("A case is responded to on or after the day it was received."),
    ),
    order(
        "case", "accepted_date", "resolved_date", "resolved-before-accepted",
        mark("A case is resolved on or after the day it was accepted."),
    ),
    order(
        "case", "responded_date", "resolved_date", "resolved-before-responded",
        mark("A case is resolved on or after the day it was responded to."),
    ),
    order(
        "case", "received_date", "resolved_date", "resolved-before-received",
        mark("A case is resolved on or after the day it was received."),
    ),
    order(
        "case", "received_date", "extended_to_date", "extended-before-received",
        mark("A case is extended to a day on or after the day it was received."),
    ),
    not_after(
        "case", "received_date", "received-after-as-of",
        mark("No case is received after the day the data describes."),
    ),
    not_after(
        "case", "accepted_date", "accepted-after-as-of",
        mark("No case is accepted after the day the data describes."),
    ),
    not_after(
        "case", "responded_date", "responded-after-as-of",
        mark("No case is responded to after the day the data describes."),
    ),
    not_after(
        "case", "resolved_date", "resolved-after-as-of",
        mark("No case is resolved after the day the data describes."),
    ),
    not_after(
        "duty", "done_date", "done-after-as-of",
        mark("No duty is done after the day the data describes."),
    ),
)  # fmt: skip
