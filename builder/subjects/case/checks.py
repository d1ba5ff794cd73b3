"""A case's dates are in order, and its stage, dates and outcome tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check, issues, not_after, order
from builder.subjects.case import holidays

__all__ = ["CHECKS"]


def closed_without_date(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases in a closed stage without a resolved date."""
    frame = tables["case"]
    closed = frame["stage"].isin(tables.values("case", "stage", "closed"))
    yield from issues(frame, closed & frame["resolved_date"].isna(), "stage")


def resolved_but_open(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases with a resolved date whose stage is still open."""
    frame = tables["case"]
    still = frame["stage"].isin(tables.values("case", "stage", "open"))
    yield from issues(frame, still & frame["resolved_date"].notna(), "stage", "resolved_date")


def outcome_before_end(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases with an outcome but no resolved date."""
    frame = tables["case"]
    yield from issues(frame, frame["outcome"].notna() & frame["resolved_date"].isna(), "outcome")


def sequence(first: str, second: str, code: str, rule: str) -> Check:
    return order("case", first, second, code, rule, is_structural=True)


ORDER = (
    sequence(
        "received_date", "accepted_date", "accepted-before-received",
        mark("A case is accepted on or after the day it was received."),
    ),
    sequence(
        "accepted_date", "responded_date", "responded-before-accepted",
        mark("A case is responded to on or after the day it was accepted."),
    ),
    sequence(
        "received_date", "responded_date", "responded-before-received",
        mark("A case is responded to on or after the day it was received."),
    ),
    sequence(
        "accepted_date", "resolved_date", "resolved-before-accepted",
        mark("A case is resolved on or after the day it was accepted."),
    ),
    sequence(
        "responded_date", "resolved_date", "resolved-before-responded",
        mark("A case is resolved on or after the day it was responded to."),
    ),
    sequence(
        "received_date", "resolved_date", "resolved-before-received",
        mark("A case is resolved on or after the day it was received."),
    ),
    sequence(
        "received_date", "extended_to_date", "extended-before-received",
        mark("A case is extended to a day on or after the day it was received."),
    ),
)  # fmt: skip

PAST = (
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
)  # fmt: skip

STORY = (
    Check(
        "closed-without-date", Severity.ERROR, "case", ("case.stage", "case.resolved_date"),
        mark("A case that is closed has the day it was resolved."),
        mark("the stage is “{value}”, but there is no resolved date"),
        mark("Fill in the day, or correct the stage."), closed_without_date,
    ),
    Check(
        "resolved-but-open", Severity.ERROR, "case", ("case.stage", "case.resolved_date"),
        mark("A case with a resolved date is closed."),
        mark("the case was resolved on {resolved_date}, but its stage is “{value}”"),
        mark("Correct the stage, or delete the date."), resolved_but_open,
    ),
    Check(
        "outcome-before-end", Severity.ERROR, "case", ("case.outcome", "case.resolved_date"),
        mark("Only a resolved case has an outcome."),
        mark("the outcome is “{value}”, but there is no resolved date"),
        mark("Fill in the day, or delete the outcome."), outcome_before_end,
    ),
)  # fmt: skip

CHECKS: tuple[Check, ...] = (*ORDER, *PAST, *STORY, *holidays.CHECKS)
