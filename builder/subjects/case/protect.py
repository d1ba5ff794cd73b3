"""What may be published of the cases counted: those of categories that are listed case by case.

Of all others nothing but the table of closed quarters is published, and a public package has nothing else of them
(docs/adr/0018). A package that has more does not get it through here either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from builder.calendar.periods import months as months_of
from builder.frames import EXCUSES, cut, cut_rows, summed, with_areas
from builder.model import Level, Period, Policy, PublishedPart, Shards
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.quarters import COLUMNS as QUARTERS
from builder.subjects.case.signals import BEFORE, stand_out
from builder.subjects.case.tally import COUNTED

__all__ = ["DERIVED", "OWN", "CasePublished", "pieces", "protect", "regrouped"]

OWN = (
    "case_id", "grid_id", "category_id", "channel", "received_date", "responded_date", "resolved_date", "stage",
    "handler_kind", "method", "outcome", *EXCUSES,
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public."""

DERIVED = ("branch_id", "limit_date", "status", "days", "days_late")
"""What was worked out for each row."""

LEVELS: tuple[Level, Level] = ("area", "grid")
CATEGORY = (
    "category_id", "name", "group", "minimum_cell", "disclosure", "respond_limit_days", "resolve_limit_days",
    "day_kind", "limit_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CasePublished(PublishedPart):
    """Counts by level of the cases that may be listed, and these cases; and what is published by quarter of the others.

    `tallies[level]`: unit, category_id and COUNTED. `days`, `months`: as counted. `cuts[level]`: unit, cut, value and
    COUNTED; `cut_days[level]`: unit, cut, value, days, resolved, censored. `signals`: see `signals.stand_out`;
    `are_tested`: the data reaches back far enough for them. `rows`: the public ones of OWN, and DERIVED.
    `categories`: the public ones of CATEGORY, one row a category;
    `itemised`: those whose cases are listed, `counted`: those counted down to the grids. `quarters`: see
    `quarters.read`; `closed`: the quarters that it has, in order. `minimum_cell`: of the package. `since`: the first
    day with a case. `resolves`: it is recorded when a case was resolved. `has_limits`: the package has a column that
    sets limits.
    """

    tallies: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    cuts: Mapping[Level, pd.DataFrame]
    cut_days: Mapping[Level, pd.DataFrame]
    signals: pd.DataFrame
    are_tested: bool
    rows: pd.DataFrame
    categories: pd.DataFrame
    itemised: frozenset[str]
    counted: frozenset[str]
    quarters: pd.DataFrame
    closed: tuple[str, ...]
    minimum_cell: int
    has_limits: bool
    since: date | None
    resolves: bool


def protect(counted: CaseCounted, policy: Policy) -> CasePublished:
    """Return what may be published, column by column."""
    levels = policy.levels["case"]
    months = only(counted.months, levels.itemised, ("unit", "category_id", "month", "received", "resolved"))
    streets = months["area"][months["area"]["unit"].isin(counted.streets)]
    covered = whole_months(counted)
    listed = counted.rows[counted.rows["category_id"].isin(levels.itemised)]
    shown = [name for name in OWN if policy.shows("case", name) and name in listed]
    return CasePublished(
        tallies=only(counted.tallies, levels.itemised, ("unit", "category_id", *COUNTED)),
        days=only(counted.days, levels.itemised, ("unit", "category_id", "days", "resolved", "censored")),
        months=months,
        cuts=across(counted, counted.cuts, levels.itemised, (), COUNTED),
        cut_days=across(counted, counted.cut_days, levels.itemised, ("days",), ("resolved", "censored")),
        # here, where the whole package is seen: its tests are one family, which no street can know alone
        signals=stand_out(streets, covered),
        are_tested=len(covered) > BEFORE,
        rows=listed[[*shown, *DERIVED]].reset_index(drop=True),
        categories=counted.categories[
            [name for name in CATEGORY if policy.shows("case_category", name) and name in counted.categories]
        ],
        itemised=levels.itemised,
        counted=levels.counted,
        quarters=counted.quarters[QUARTERS],
        closed=tuple(sorted(counted.quarters["period"].unique())),
        minimum_cell=policy.minimum_cell,
        # not whether some case has a limit today: the page of what is overdue must not come and go
        has_limits="resolve_limit_days" in counted.categories or "extended_to_date" in counted.rows,
        since=counted.since,
        resolves=counted.resolves,
    )


def whole_months(counted: CaseCounted) -> list[pd.Timestamp]:
    """Return the first days of the months from `since` on that are over and covered from their first day to their last.

    No month is looked at from before the year that is laid beside the period.
    """
    if counted.since is None:
        return []
    first, last = counted.period
    start = max(first.replace(year=first.year - 1), counted.since)
    found = [pd.Timestamp(f"{name}-01") for name in months_of(Period(start, last + timedelta(days=1)))[:-1]]
    return [month for month in found if month.date() >= start]


def across(
    counted: CaseCounted, frames: Mapping[Level, pd.DataFrame], allowed: frozenset[str], keys: tuple[str, ...],
    columns: tuple[str, ...],
) -> Mapping[Level, pd.DataFrame]:  # fmt: skip
    """Return the named columns by unit, cut, value and `keys`, of what is counted openly enough."""
    category = counted.categories
    # a value of “disclosure” plays one role, so it is allowed for all categories or for none
    shown = set(category.loc[category["category_id"].isin(allowed), "disclosure"])
    return {
        level: summed(frame[frame["disclosure"].isin(shown)], ["unit", "cut", "value", *keys], columns)
        for level, frame in frames.items()
    }


def only(
    frames: Mapping[Level, pd.DataFrame], allowed: frozenset[str], columns: tuple[str, ...]
) -> Mapping[Level, pd.DataFrame]:
    """Return the named columns of the rows whose category is allowed."""
    return {
        level: frame.loc[frame["category_id"].isin(allowed), list(columns)].reset_index(drop=True)
        for level, frame in frames.items()
    }


def regrouped(published: CasePublished, within: Mapping[str, tuple[str, ...]]) -> CasePublished:
    """Return the same with the areas of other trees: `within` has grid_id → those it lies in.

    Nothing by quarter: what is hidden in one tree could be had from another.
    """
    category = ["category_id"]
    return replace(
        published,
        tallies=with_areas(published.tallies, within, category, COUNTED),
        days=with_areas(published.days, within, [*category, "days"], ("resolved", "censored")),
        months=with_areas(published.months, within, [*category, "month"], ("received", "resolved")),
    )


def pieces(published: CasePublished, shards: Shards) -> Callable[[int], CasePublished]:
    """Return what belongs to a shard, by its number."""
    tallies, days, months, cuts, cut_days = (
        {level: cut(frame, shards, level) for level, frame in frames.items()}
        for frames in (published.tallies, published.days, published.months, published.cuts, published.cut_days)
    )
    rows = cut_rows(published.rows, shards)
    of_area = published.quarters["unit"].isin(list(shards.owner["area"]))
    areas, grids = (
        cut(published.quarters[which].reset_index(drop=True), shards, level)
        for which, level in ((of_area, LEVELS[0]), (~of_area, LEVELS[1]))
    )
    return lambda number: replace(
        published,
        tallies={level: piece(number) for level, piece in tallies.items()},
        days={level: piece(number) for level, piece in days.items()},
        months={level: piece(number) for level, piece in months.items()},
        cuts={level: piece(number) for level, piece in cuts.items()},
        cut_days={level: piece(number) for level, piece in cut_days.items()},
        rows=rows(number),
        quarters=pd.concat([areas(number), grids(number)], ignore_index=True),
    )
