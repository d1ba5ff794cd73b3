"""What may be published of the feedback counted: counts, the public columns of each row, and ratings by quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from builder.frames import EXCUSES, cut, cut_rows, with_areas
from builder.model import Level, Policy, PublishedPart, Shards
from builder.subjects.feedback.count import FeedbackCounted
from builder.subjects.feedback.tally import COUNTED

__all__ = ["DERIVED", "OWN", "FeedbackPublished", "pieces", "protect", "regrouped"]

OWN = (
    "feedback_id", "grid_id", "category", "question", "received_date", "limit_date", "reply", "replied_date",
    "replied_by", "result", *EXCUSES,
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public. No rating and no follow-up."""

DERIVED = ("branch_id", "status", "days", "days_late")
"""What was worked out for each row."""


@dataclass(frozen=True, slots=True)
class FeedbackPublished(PublishedPart):
    """`tallies[level]`: unit, category, COUNTED; `days[level]`: unit, days, replied, censored. `rows`: OWN and DERIVED.

    `ratings`: RATED → how many in the whole package, of the last quarter that has closed (`quarter`, "" for none);
    without followed_up where that is not published. None: there are none, or too few.
    """

    tallies: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    ratings: Mapping[str, int] | None
    quarter: str
    rows: pd.DataFrame


def protect(counted: FeedbackCounted, policy: Policy) -> FeedbackPublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("feedback", name) and name in counted.rows]
    quarter, ratings = last(counted.quarters)
    return FeedbackPublished(
        tallies={level: frame[["unit", "category", *COUNTED]] for level, frame in counted.tallies.items()},
        days={level: frame[["unit", "days", "replied", "censored"]] for level, frame in counted.days.items()},
        ratings=ratings,
        quarter=quarter,
        rows=counted.rows[[*shown, *DERIVED]],
    )


def last(quarters: pd.DataFrame) -> tuple[str, Mapping[str, int] | None]:
    """Return the last closed quarter and what is published of it, all topmost areas together."""
    if quarters.empty:
        return "", None
    name = str(quarters["period"].max())
    frame = quarters[quarters["period"] == name]
    found = {
        str(measure): int(part.sum())
        for measure, part in frame.groupby("measure")["count"]
        if not part.isna().any()
    }
    return name, found if {"favourable", "unfavourable"} <= set(found) else None


def regrouped(published: FeedbackPublished, within: Mapping[str, tuple[str, ...]]) -> FeedbackPublished:
    """Return the same with the areas of other trees: `within` has grid_id → those it lies in."""
    return replace(
        published,
        tallies=with_areas(published.tallies, within, ["category"], COUNTED),
        days=with_areas(published.days, within, ["days"], ("replied", "censored")),
    )


def pieces(published: FeedbackPublished, shards: Shards) -> Callable[[int], FeedbackPublished]:
    """Return what belongs to a shard, by its number."""
    tallies, days = (
        {level: cut(frame, shards, level) for level, frame in frames.items()}
        for frames in (published.tallies, published.days)
    )
    rows = cut_rows(published.rows, shards)
    return lambda number: FeedbackPublished(
        tallies={level: piece(number) for level, piece in tallies.items()},
        days={level: piece(number) for level, piece in days.items()},
        ratings=published.ratings,
        quarter=published.quarter,
        rows=rows(number),
    )
