"""Cases: each one's limits and status at as_of, and counts by unit and category.

The day a case was received is day 0. A limit has passed when its day is before as_of. A case without a grid or a
category is in no figure but the count of those by quarter. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from builder.calendar.periods import reporting
from builder.frames import added_levels, by_level, compact, joined
from builder.model import CountedPart, Level, Period, Scope, Status, Tables
from builder.places import responsible_on
from builder.subjects.case import quarters
from builder.subjects.case.cuts import KEYS, by_value
from builder.subjects.case.tally import COUNTED
from builder.subjects.case.timing import DAY, NEVER, optional, shown, times

__all__ = ["CaseCounted", "added", "count", "rows"]

YEAR = 12
"""Months before the period that are counted too, to be laid beside it."""


@dataclass(frozen=True, slots=True)
class CaseCounted(CountedPart):
    """Additive counts of cases by level, protected categories included.

    `tallies[level]`: unit, category_id and COUNTED. `days[level]`: unit, category_id, days, resolved, censored (a
    histogram that adds up). `months[level]`: unit, category_id, month (its first day), received, resolved, a year
    before the period included; what was received before the period is counted there as resolved only before it, too.
    `cuts[level]` and `cut_days[level]` (areas and branches): the same as `tallies` and `days` by disclosure, cut and
    value in the place of the category (see `cuts`). `rows`: one row a case of the period, void ones left out, newest
    first within a grid (see `rows`). `categories`: one row a category, the whole table. `quarters`: what is published
    by quarter of what is not listed (see `quarters.read`). `since`: the first day on which any case was received.
    `streets`: areas directly below the topmost ones, `tops`. `resolves`: the package records when a case was resolved.
    """

    tallies: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    cuts: Mapping[Level, pd.DataFrame]
    cut_days: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame
    categories: pd.DataFrame
    quarters: pd.DataFrame
    period: Period
    since: date | None
    streets: frozenset[str]
    tops: frozenset[str]
    resolves: bool


def count(tables: Tables, scope: Scope) -> CaseCounted:
    """Count the cases received in the period, void ones left out, by grid, area and branch.

    A case received earlier and still open is counted as open (and overdue), and in nothing else.
    """
    case = whole(tables)
    frame = rows(tables, scope.period, case)
    units = frame[["grid_id", "branch_id", "category_id"]].astype("category")
    recent = frame["received"] == 1
    ended = frame["is_resolved"]
    resolves = "resolved_date" in case
    histogram = units.assign(days=frame["days"], resolved=ended, censored=1 - ended)[recent & resolves]
    flow = joined([monthly(frame[recent], units[recent]), before(tables, case, scope.period)])
    cuts, cut_days = by_value(tables, frame, units, scope.tree)
    return CaseCounted(
        tallies=by_level(units.join(frame[list(COUNTED)]), scope.tree, ["category_id"], COUNTED),
        days=by_level(histogram, scope.tree, ["category_id", "days"], ("resolved", "censored")),
        months=by_level(flow, scope.tree, ["category_id", "month"], ("received", "resolved")),
        cuts=cuts,
        cut_days=cut_days,
        rows=compact(frame, "case_id"),
        categories=tables["case_category"],
        quarters=quarters.read(tables),
        period=scope.period,
        since=None if case.empty else case["received_date"].min().date(),
        streets=frozenset(area for area in scope.tree.parent if len(scope.tree.path(area)) == 2),
        tops=frozenset(scope.tree.tops),
        resolves=resolves,
    )


def added(parts: Sequence[CaseCounted]) -> CaseCounted:
    """Return what was counted in parts of the tree together."""
    return CaseCounted(
        tallies=added_levels([part.tallies for part in parts], ["category_id"], COUNTED),
        days=added_levels([part.days for part in parts], ["category_id", "days"], ("resolved", "censored")),
        months=added_levels([part.months for part in parts], ["category_id", "month"], ("received", "resolved")),
        cuts=added_levels([part.cuts for part in parts], [*KEYS], COUNTED),
        cut_days=added_levels([part.cut_days for part in parts], [*KEYS, "days"], ("resolved", "censored")),
        rows=joined([part.rows for part in parts]),
        categories=parts[0].categories,
        quarters=pd.concat([part.quarters for part in parts], ignore_index=True),
        period=parts[0].period,
        since=min((part.since for part in parts if part.since), default=None),
        streets=frozenset().union(*(part.streets for part in parts)),
        tops=frozenset().union(*(part.tops for part in parts)),
        resolves=parts[0].resolves,
    )


def whole(tables: Tables) -> pd.DataFrame:
    """Return every case with two columns more: is_void, which is never empty, and is_placed."""
    case = tables["case"]
    is_void = case["is_void"].fillna(False).astype(bool) if "is_void" in case else False
    return case.assign(is_void=is_void, is_placed=case["grid_id"].notna() & case["category_id"].notna())


def after(day: date) -> pd.Timestamp:
    """Return the first moment after a day."""
    return pd.Timestamp(day) + pd.Timedelta(days=1)


def before(tables: Tables, case: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return for the year before the period what `monthly` returns for the period."""
    end = period.start - timedelta(days=1)
    start, received = reporting(end, YEAR).start, case["received_date"]
    earlier = (received >= pd.Timestamp(start)) & (received < after(end))
    case = case[earlier & ~case["is_void"] & case["is_placed"]]
    resolved = optional(case, "resolved_date")
    ended = (resolved < after(end)).astype(np.int8)
    branch = responsible_on(tables, case["grid_id"], received_on(case))
    units = case[["grid_id", "category_id"]].assign(branch_id=branch)
    units = units[["grid_id", "branch_id", "category_id"]].astype("category")
    return monthly(case.assign(resolved_date=resolved, is_resolved=ended), units)


def received_on(case: pd.DataFrame) -> pd.Series:
    """Return the day on which each case was received, without its time."""
    return case["received_date"].astype("datetime64[s]").dt.floor("D")


def monthly(frame: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each case in the month it was received and one in the month it was resolved."""
    ended = frame["is_resolved"] == 1
    received = units.assign(month=month(frame["received_date"]), received=1, resolved=0)
    resolved = units[ended].assign(month=month(optional(frame, "resolved_date")[ended]), received=0, resolved=1)
    return pd.concat([received, resolved])


def month(column: pd.Series) -> pd.Series:
    """Return the month of each date, as 2026-03 (there are few, so each is written once)."""
    first = column.to_numpy().astype("datetime64[M]")
    return pd.Series(first.astype("datetime64[s]"), index=column.index)


def rows(tables: Tables, period: Period, every: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a case of the period, and of those still open from before it, grid by grid, newest first.

    Added to the table's columns: branch_id (responsible on the day received), limit_date, status,
    days (to resolve, or open so far), days_late, is_resolved, and a column of 0 and 1 for each of COUNTED. `every`:
    what `whole` returns, where it is known already.
    """
    case = whole(tables) if every is None else every
    received = case["received_date"]
    kept = received < after(period.end)
    since = received >= pd.Timestamp(period.start)
    # where it is not recorded what was resolved, nothing can be said to be open still
    kept &= since | case["resolved_date"].isna() if "resolved_date" in case else since
    case = case[kept & ~case["is_void"] & case["is_placed"]].drop(columns="is_placed").sort_values(
        ["grid_id", "received_date", "case_id"], ascending=[True, False, False], kind="stable"
    )
    case = case.reset_index(drop=True)
    facts = flags(tables, case, period.end)
    outcome = outcomes(tables, case)
    branch = responsible_on(tables, case["grid_id"], received_on(case))
    counted: dict[str, Any] = {**facts, **outcome, "received": np.ones(len(case), dtype=np.int8)}
    recent = (case["received_date"] >= pd.Timestamp(period.start)).to_numpy(dtype=np.int8)
    for name in set(COUNTED) - {"open", "overdue"}:
        counted[name] = counted[name] * recent
    return case.assign(branch_id=branch, **counted)


def flags(tables: Tables, case: pd.DataFrame, as_of: date) -> Mapping[str, Any]:
    """Return limit, status, days and the counting columns that follow from dates.

    Without a column of resolved dates no case is open, none is overdue, and none has a limit to be resolved by.
    """
    found = times(tables, case)
    resolves = "resolved_date" in case
    today = (as_of - date(1970, 1, 1)).days
    is_responded, is_resolved = found.responded < NEVER, found.resolved < NEVER
    has_limit = (found.resolve_by < NEVER) & resolves
    # where responses are not recorded at all, none can be said to be missing
    has_respond_limit = (found.respond_by < NEVER) & ("responded_date" in case)
    passed = has_limit & (found.resolve_by < today * DAY)
    kept = is_resolved & has_limit & (found.resolved <= found.resolve_by)
    status = np.select(
        [kept, is_resolved & has_limit, is_resolved | (is_responded & (not resolves)), passed],
        [Status.ON_TIME.value, Status.LATE.value, Status.DONE.value, Status.OVERDUE.value],
        Status.OPEN.value,
    )
    end = np.where(is_resolved, found.resolved // DAY, today)
    limit = np.where(has_limit, found.resolve_by, NEVER)
    return {
        "limit_date": shown(limit),
        "status": status,
        "days": end - found.received // DAY,
        "days_late": np.where(has_limit, np.maximum(end - np.where(has_limit, limit, 0) // DAY, 0), 0),
        "is_resolved": is_resolved.astype(np.int8),
        "open": (~is_resolved & resolves).astype(np.int8),
        "overdue": (~is_resolved & passed).astype(np.int8),
        "respond_kept": (is_responded & has_respond_limit & (found.responded <= found.respond_by)).astype(np.int8),
        "respond_due": (has_respond_limit & (is_responded | (found.respond_by < today * DAY))).astype(np.int8),
        "resolve_kept": kept.astype(np.int8),
        "resolve_due": (has_limit & (is_resolved | passed)).astype(np.int8),
    }


def outcomes(tables: Tables, case: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Return the counting columns of outcome; 0 where the package lacks it, or resolved dates."""
    is_there = "outcome" in case and "resolved_date" in case
    cells = case["outcome"] if is_there else pd.Series(pd.NA, index=case.index, dtype="str")
    hits = tables.values("case", "outcome", "resolved")
    # a package that does not say which value is the good one has no rate, not a rate of 0
    return {
        "outcome_resolved": cells.isin(hits).astype(np.int8),
        "outcome_recorded": (cells.notna() & bool(hits)).astype(np.int8),
    }
