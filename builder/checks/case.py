"""A case's stage, dates and outcome tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.checks.check import Check, issues
from builder.language import mark
from builder.model import Issue, Severity, Tables

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


CHECKS = (
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
