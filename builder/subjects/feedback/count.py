"""Feedback: each one's status at as_of, and counts by unit and category.

Feedback belongs to the period by the day it was received. A limit has passed when its day is before as_of. What was
received earlier and is not answered is counted as open (and overdue), and in nothing else. Definitions:
docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from builder.frames import added_levels, by_level, compact, joined
from builder.model import CountedPart, Level, Period, Scope, Status, Tables
from builder.places import responsible_on
from builder.subjects.feedback import statistics
from builder.subjects.feedback.tally import COUNTED

__all__ = ["FeedbackCounted", "added", "count", "rows"]

DAYS = ("replied", "censored")


@dataclass(frozen=True, slots=True)
class FeedbackCounted(CountedPart):
    """`tallies[level]`: unit, category and COUNTED. `days[level]`: unit, days, replied, censored (a histogram).

    `quarters`: what is published of ratings (see `statistics.read`). `rows`: one row a question, by grid, newest first
    (see `rows`).
    """

    tallies: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    quarters: pd.DataFrame
    rows: pd.DataFrame


def count(tables: Tables, scope: Scope) -> FeedbackCounted:
    """Count the feedback received in the period, and what waits from before it, by grid, area and branch."""
    frame = rows(tables, scope.period)
    recent = frame[frame["received"] == 1]
    histogram = recent.assign(censored=1 - recent["replied"])
    return FeedbackCounted(
        tallies=by_level(frame, scope.tree, ["category"], COUNTED),
        days=by_level(histogram, scope.tree, ["days"], DAYS),
        quarters=statistics.read(tables),
        rows=compact(frame, "feedback_id", "question", "reply"),
    )


def added(parts: Sequence[FeedbackCounted]) -> FeedbackCounted:
    """Return what was counted in parts of the tree together."""
    return FeedbackCounted(
        tallies=added_levels([part.tallies for part in parts], ["category"], COUNTED),
        days=added_levels([part.days for part in parts], ["days"], DAYS),
        quarters=pd.concat([part.quarters for part in parts], ignore_index=True),
        rows=joined([part.rows for part in parts]),
    )


def rows(tables: Tables, period: Period) -> pd.DataFrame:
    """Return one row a question of the period, and of those from before it without a reply, by grid, newest first.

    Added to the table's columns: branch_id (responsible on the day received), status, days (to the reply, or waiting
    so far), days_late (beyond the limit), and 0 or 1 for each of COUNTED.
    """
    frame = tables["feedback"]
    start, today = pd.Timestamp(period.start), pd.Timestamp(period.end)
    received = frame["received_date"]
    frame = frame[(received <= today) & ((received >= start) | frame["replied_date"].isna())]
    frame = frame.sort_values(["grid_id", "received_date", "feedback_id"], ascending=[True, False, False])
    frame = frame.reset_index(drop=True)
    received, replied = frame["received_date"], frame["replied_date"]
    limit = optional(frame, "limit_date")
    is_replied, has_limit = replied.notna(), limit.notna()
    is_recent = received >= start
    passed = limit < today
    kept, late = is_replied & (replied <= limit), is_replied & (replied > limit)
    status = np.select(
        [kept, late, is_replied, passed],
        [Status.ON_TIME.value, Status.LATE.value, Status.DONE.value, Status.OVERDUE.value],
        Status.OPEN.value,
    )
    end = replied.fillna(today)
    flags = {
        "received": is_recent,
        "open": ~is_replied,
        "overdue": ~is_replied & passed,
        "reply_kept": kept & is_recent,
        "reply_late": late & is_recent,
        "reply_missing": ~is_replied & passed & is_recent,
        "replied": is_replied & is_recent,
        "changed": is_replied & is_recent & optional(frame, "result").notna(),
    }
    days_late = (end - limit).dt.days.where(has_limit, 0).clip(lower=0)
    return frame.assign(
        branch_id=responsible_on(tables, frame["grid_id"], received),
        status=status,
        days=(end - received).dt.days.astype(np.int64),
        days_late=days_late.astype(np.int64),
        **{name: flag.astype(np.int64) for name, flag in flags.items()},
    )


def optional(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column, or nothing but empty cells where the package does not have it."""
    if column in frame:
        return frame[column]
    kind = "datetime64[s]" if column.endswith("_date") else "str"
    return pd.Series(pd.NaT if kind != "str" else pd.NA, index=frame.index, dtype=kind)
