"""What may be published of the cases counted.

Categories about persons (受保护) are in no count and no list; only 逐件公开 categories are listed case by case.
They stay out of the totals at every level for now, because a community's total minus its grids' totals would show
a single protected case (docs/adr/0002).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from builder.frames import cut, cut_rows
from builder.model import Level, Policy, PublishedPart, Shards
from builder.subjects.case import ratings
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.tally import COUNTED

__all__ = ["DERIVED", "OWN", "CasePublished", "pieces", "protect"]

OWN = (
    "case_id", "grid_id", "category_id", "channel", "received_date", "responded_date", "resolved_date", "stage",
    "handler_kind", "method", "outcome",
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public."""

DERIVED = ("branch_id", "limit_date", "status", "days", "days_late")
"""What was worked out for each row."""

CATEGORY = ("category_id", "name", "group")


@dataclass(frozen=True, slots=True)
class CasePublished(PublishedPart):
    """Counts by level without protected categories, and the cases that may be listed.

    `tallies[level]`: unit, category_id and COUNTED; `totals[level]`: the same by unit alone (some counts may be
    shown for all categories together only). `days`, `months`: as counted. `rows`: the public ones of OWN, and DERIVED.
    `categories`: category_id, name, group of every category; `itemised`: those whose cases are listed;
    `has_protected`: some are in no count; `has_limits`: some case has, or had, a limit.
    """

    tallies: Mapping[Level, pd.DataFrame]
    totals: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame
    categories: pd.DataFrame
    itemised: frozenset[str]
    has_protected: bool
    has_limits: bool


def protect(counted: CaseCounted, policy: Policy) -> CasePublished:
    """Return what may be published, column by column."""
    levels, few = policy.levels["case"], policy.minimum_denominator
    tallies = only(counted.tallies, levels.allowed, ("unit", "category_id", *COUNTED))
    listed = counted.rows[counted.rows["category_id"].isin(levels.itemised)]
    shown = [name for name in OWN if policy.shows("case", name) and name in listed]
    return CasePublished(
        tallies={level: ratings.by_category(frame, few) for level, frame in tallies.items()},
        totals={level: ratings.by_unit(frame, few) for level, frame in tallies.items()},
        days=only(counted.days, levels.allowed, ("unit", "category_id", "days", "resolved", "censored")),
        months=only(counted.months, levels.allowed, ("unit", "category_id", "month", "received", "resolved")),
        rows=listed[[*shown, *DERIVED]].reset_index(drop=True),
        categories=counted.categories[[name for name in CATEGORY if policy.shows("case_category", name)]],
        itemised=levels.itemised,
        has_protected=not set(counted.categories["category_id"]) <= levels.allowed,
        has_limits=bool((tallies["area"][["resolve_due", "overdue"]] > 0).any(axis=None)),
    )


def only(
    frames: Mapping[Level, pd.DataFrame], allowed: frozenset[str], columns: tuple[str, ...]
) -> Mapping[Level, pd.DataFrame]:
    """Return the named columns of the rows whose category is allowed."""
    return {
        level: frame.loc[frame["category_id"].isin(allowed), list(columns)].reset_index(drop=True)
        for level, frame in frames.items()
    }


def pieces(published: CasePublished, shards: Shards) -> Callable[[int], CasePublished]:
    """Return what belongs to a shard, by its number."""
    tallies, totals, days, months = (
        {level: cut(frame, shards, level) for level, frame in frames.items()}
        for frames in (published.tallies, published.totals, published.days, published.months)
    )
    rows = cut_rows(published.rows, shards)
    return lambda number: CasePublished(
        tallies={level: piece(number) for level, piece in tallies.items()},
        totals={level: piece(number) for level, piece in totals.items()},
        days={level: piece(number) for level, piece in days.items()},
        months={level: piece(number) for level, piece in months.items()},
        rows=rows(number),
        categories=published.categories,
        itemised=published.itemised,
        has_protected=published.has_protected,
        has_limits=published.has_limits,
    )
