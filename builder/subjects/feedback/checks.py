"""A reply has its day, and nothing is said of a reply that was not given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check, issues, not_after, order

__all__ = ["CHECKS"]


def lacking(
    column: str, needed: str, code: str, words: tuple[str, str, str], where: Callable[[Tables], pd.Series] | None = None
) -> Check:
    """Return the check that `column` is filled in only where `needed` is, or where `where` holds.

    `words`: rule, text and fix.
    """

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables["feedback"]
        allowed = where(tables) if where else frame[needed].notna()
        yield from issues(frame, frame[column].notna() & ~allowed, column)

    reads = (f"feedback.{column}", f"feedback.{needed}")
    filled = "2026-03-12" if column.endswith("_date") else "…"
    kept = "{rating:unfavourable}" if where else "2026-03-09" if needed.endswith("_date") else "…"
    return Check(
        code, Severity.ERROR, "feedback", reads, *words, find,
        wrong=f"{{{column}}} {filled}, {{{needed}}} –", right=f"{{{column}}} {filled}, {{{needed}}} {kept}",
    )  # fmt: skip


def badly_rated(tables: Tables) -> pd.Series:
    """Return which rows have an unfavourable rating."""
    return tables["feedback"]["rating"].isin(tables.values("feedback", "rating", "unfavourable"))


CHECKS: tuple[Check, ...] = (
    order(
        "feedback", "received_date", "limit_date", "feedback-limit-before-received",
        mark("Feedback is to be answered on or after the day it was received."),
    ),
    order(
        "feedback", "received_date", "replied_date", "feedback-replied-before-received",
        mark("Feedback is answered on or after the day it was received."),
    ),
    order(
        "feedback", "replied_date", "follow_up_date", "feedback-followed-up-before-reply",
        mark("A reply is followed up on or after the day it was given."),
    ),
    not_after(
        "feedback", "received_date", "feedback-received-after-as-of",
        mark("No feedback is received after the day the data describes."),
    ),
    not_after(
        "feedback", "replied_date", "feedback-replied-after-as-of",
        mark("No feedback is answered after the day the data describes."),
    ),
    not_after(
        "feedback", "follow_up_date", "feedback-followed-up-after-as-of",
        mark("No reply is followed up after the day the data describes."),
    ),
    lacking(
        "reply", "replied_date", "reply-without-date",
        (
            mark("A reply has the day it was given."),
            mark("there is a reply, but not the day it was given"),
            mark("Fill in the day of the reply."),
        ),
    ),
    lacking(
        "replied_date", "reply", "date-without-reply",
        (
            mark("Feedback that was answered has the text of the reply."),
            mark("answered on {value}, but there is no reply"),
            mark("Fill in the reply, or delete the day."),
        ),
    ),
    lacking(
        "result", "replied_date", "result-without-reply",
        (
            mark("Only feedback that was answered has a result."),
            mark("there is a result, but no day of a reply"),
            mark("Fill in the day of the reply, or delete the result."),
        ),
    ),
    lacking(
        "rating", "replied_date", "rating-without-reply",
        (
            mark("Only a reply that was given is rated."),
            mark("the reply is rated, but there is no day of a reply"),
            mark("Fill in the day of the reply, or delete the rating."),
        ),
    ),
    lacking(
        "follow_up_date", "rating", "follow-up-without-bad-rating",
        (
            mark("Only a reply that was rated unfavourably is followed up."),
            mark("the reply is followed up, but was not rated unfavourably"),
            mark("Correct the rating, or delete the day of the follow-up."),
        ), badly_rated,
    ),
    lacking(
        "follow_up", "follow_up_date", "follow-up-without-date",
        (
            mark("A follow-up has its day."),
            mark("there is a follow-up, but not its day"),
            mark("Fill in the day of the follow-up."),
        ),
    ),
)  # fmt: skip
