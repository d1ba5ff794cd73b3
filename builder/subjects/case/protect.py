"""What may be published of the cases counted.

Categories about persons (受保护) are in no count and no list; only 逐件公开 categories are listed case by case.
They stay out of the totals at every level for now, because a community's total minus its grids' totals would show
a single protected case (docs/adr/0002).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from builder.calendar.periods import months as months_of
from builder.frames import EXCUSES, cut, cut_rows, summed, with_areas
from builder.model import Level, Period, Policy, PublishedPart, Shards
from builder.subjects.case import ratings
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.cuts import CUTS
from builder.subjects.case.signals import BEFORE, stand_out
from builder.subjects.case.tally import COUNTED

__all__ = ["DERIVED", "OWN", "Balance", "CasePublished", "pieces", "protect", "regrouped"]

OWN = (
    "case_id", "grid_id", "category_id", "channel", "received_date", "responded_date", "resolved_date", "stage",
    "handler_kind", "method", "outcome", *EXCUSES,
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public."""

DERIVED = ("branch_id", "limit_date", "status", "days", "days_late")
"""What was worked out for each row."""

CATEGORY = ("category_id", "name", "group")


class Balance(NamedTuple):
    """What became of all cases received in the period: `received` is the sum of the others.

    `left_out`: those of protected categories, and those without a grid or a category, in one number: apart, the second
    could be counted in the published rows and warnings, and each release would tell of the first. None, and `received`
    too: they are fewer than may be shown.
    """

    received: int | None
    counted: int
    void: int
    left_out: int | None


@dataclass(frozen=True, slots=True)
class CasePublished(PublishedPart):
    """Counts by level without protected categories, and the cases that may be listed.

    `tallies[level]`: unit, category_id and COUNTED; `totals[level]`: the same by unit alone (some counts may be
    shown for all categories together only). `days`, `months`: as counted. `cuts[level]`: unit, cut, value and COUNTED,
    satisfaction for topmost areas only; `cut_days[level]`: unit, cut, value, days, resolved, censored. `signals`: see
    `signals.stand_out`; `are_tested`: the data reaches back far enough for them. `account`: of the whole package.
    `rows`: the public ones of OWN, and DERIVED.
    `categories`: category_id, name, group of every category; `itemised`: those whose cases are listed;
    `since`: the first day with a case. `resolves`: it is recorded when a case was resolved.
    `has_protected`: some are in no count; `has_limits`: the package has a column that sets limits.
    """

    tallies: Mapping[Level, pd.DataFrame]
    totals: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    cuts: Mapping[Level, pd.DataFrame]
    cut_days: Mapping[Level, pd.DataFrame]
    signals: pd.DataFrame
    are_tested: bool
    account: Balance
    rows: pd.DataFrame
    categories: pd.DataFrame
    itemised: frozenset[str]
    has_protected: bool
    has_limits: bool
    since: date | None
    resolves: bool


def protect(counted: CaseCounted, policy: Policy) -> CasePublished:
    """Return what may be published, column by column."""
    levels, few = policy.levels["case"], policy.minimum_denominator
    tallies = only(counted.tallies, levels.allowed, ("unit", "category_id", *COUNTED))
    months = only(counted.months, levels.allowed, ("unit", "category_id", "month", "received", "resolved"))
    streets = months["area"][months["area"]["unit"].isin(counted.streets)]
    covered = whole_months(counted)
    listed = counted.rows[counted.rows["category_id"].isin(levels.itemised)]
    shown = [name for name in OWN if policy.shows("case", name) and name in listed]
    whole = Whole(frozenset(cut for cut in CUTS if not policy.shows("case", cut)), counted.tops)
    return CasePublished(
        tallies={level: ratings.by_category(frame, few) for level, frame in tallies.items()},
        totals={level: ratings.by_unit(frame, few) for level, frame in tallies.items()},
        days=only(counted.days, levels.allowed, ("unit", "category_id", "days", "resolved", "censored")),
        months=months,
        cuts={
            level: ratings.by_value(frame, few, counted.tops)
            for level, frame in coarse(across(counted, counted.cuts, levels.allowed, (), COUNTED), whole).items()
        },
        cut_days=coarse(
            across(counted, counted.cut_days, levels.allowed, ("days",), ("resolved", "censored")), whole
        ),
        # here, where the whole package is seen: its tests are one family, which no street can know alone
        signals=stand_out(streets, covered),
        are_tested=len(covered) > BEFORE,
        account=account(counted, levels.allowed, few),
        rows=listed[[*shown, *DERIVED]].reset_index(drop=True),
        categories=counted.categories[[name for name in CATEGORY if policy.shows("case_category", name)]],
        itemised=levels.itemised,
        has_protected=not set(counted.categories["category_id"]) <= levels.allowed,
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


class Whole(NamedTuple):
    """The cuts by columns that are counted and not public, and the topmost areas, which alone may show them.

    Below these a branch with one grid, or an area in which all cases have one value, would tell the value of cases that
    are listed one by one.
    """

    cuts: frozenset[str]
    tops: frozenset[str]


def coarse(frames: Mapping[Level, pd.DataFrame], whole: Whole) -> Mapping[Level, pd.DataFrame]:
    """Return `frames` (unit, cut …) without the rows that only `whole` may show and that are of another unit."""
    return {
        level: frame[~frame["cut"].isin(whole.cuts) | ((level == "area") & frame["unit"].isin(whole.tops))]
        for level, frame in frames.items()
    }


def account(counted: CaseCounted, allowed: frozenset[str], few: int) -> Balance:
    """Return what became of all cases received in the period."""
    found = counted.account
    received, void = int(found["received"].sum()), int(found["void"].sum())
    shown = found[found["category_id"].isin(allowed)]
    in_figures = int((shown["received"] - shown["void"] - shown["unplaced"]).sum())
    left_out = received - void - in_figures
    is_few = 0 < left_out < few
    return Balance(
        received=None if is_few else received, counted=in_figures, void=void, left_out=None if is_few else left_out
    )


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

    No ratings: enough of them in an area of one tree, less those of an area of another, could be one resident's.
    """
    areas = {area for above in within.values() for area in above}
    category = ["category_id"]
    tallies = with_areas(published.tallies, within, category, COUNTED)
    totals = with_areas(published.totals, within, [], COUNTED)
    return replace(
        published,
        tallies={**tallies, "area": ratings.hidden(tallies["area"], tallies["area"]["unit"].isin(areas))},
        totals={**totals, "area": ratings.hidden(totals["area"], totals["area"]["unit"].isin(areas))},
        days=with_areas(published.days, within, [*category, "days"], ("resolved", "censored")),
        months=with_areas(published.months, within, [*category, "month"], ("received", "resolved")),
    )


def pieces(published: CasePublished, shards: Shards) -> Callable[[int], CasePublished]:
    """Return what belongs to a shard, by its number."""
    tallies, totals, days, months, cuts, cut_days = (
        {level: cut(frame, shards, level) for level, frame in frames.items()}
        for frames in (
            published.tallies, published.totals, published.days, published.months, published.cuts, published.cut_days,
        )
    )  # fmt: skip
    rows = cut_rows(published.rows, shards)
    return lambda number: CasePublished(
        tallies={level: piece(number) for level, piece in tallies.items()},
        totals={level: piece(number) for level, piece in totals.items()},
        days={level: piece(number) for level, piece in days.items()},
        months={level: piece(number) for level, piece in months.items()},
        cuts={level: piece(number) for level, piece in cuts.items()},
        cut_days={level: piece(number) for level, piece in cut_days.items()},
        signals=published.signals,  # few, and a topmost area shows those of all streets
        are_tested=published.are_tested,
        account=published.account,
        rows=rows(number),
        categories=published.categories,
        itemised=published.itemised,
        has_protected=published.has_protected,
        has_limits=published.has_limits,
        since=published.since,
        resolves=published.resolves,
    )
