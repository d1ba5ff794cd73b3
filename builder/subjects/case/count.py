"""Cases: each one's limits and status at as_of, and counts by unit and category.

The day a case was received is day 0. A limit has passed when its day is before as_of. An extension that
was granted takes the place of the resolve limit. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.calendar.workdays import add
from builder.frames import added_levels, by_level, compact, joined
from builder.model import CountedPart, Level, Period, Scope, Status, Tables
from builder.places import responsible_on
from builder.subjects.case.tally import COUNTED

__all__ = ["CaseCounted", "added", "count", "rows"]

Ints = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max // 2
"""A day that no date reaches: a limit that does not exist, a response that was not given."""


@dataclass(frozen=True, slots=True)
class CaseCounted(CountedPart):
    """Additive counts of cases by level, protected categories included.

    `tallies[level]`: unit, category_id and COUNTED. `days[level]`: unit, category_id, days, resolved, censored (a
    histogram that adds up). `months[level]`: unit, category_id, month (its first day), received, resolved.
    `rows`: one row a case of the period, void ones left out, newest first within a grid (see `rows`).
    `categories`: one row a category, the whole table.
    """

    tallies: Mapping[Level, pd.DataFrame]
    days: Mapping[Level, pd.DataFrame]
    months: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame
    categories: pd.DataFrame


def count(tables: Tables, scope: Scope) -> CaseCounted:
    """Count the cases received in the period, void ones left out, by grid, area and branch.

    A case received earlier and still open is counted as open (and overdue), and in nothing else.
    """
    frame = rows(tables, scope.period)
    units = frame[["grid_id", "branch_id", "category_id"]].astype("category")
    recent = frame["received"] == 1
    ended = frame["is_resolved"]
    histogram = units.assign(days=frame["days"], resolved=ended, censored=1 - ended)[recent]
    flow = monthly(frame[recent], units[recent])
    return CaseCounted(
        tallies=by_level(units.join(frame[list(COUNTED)]), scope.tree, ["category_id"], COUNTED),
        days=by_level(histogram, scope.tree, ["category_id", "days"], ("resolved", "censored")),
        months=by_level(flow, scope.tree, ["category_id", "month"], ("received", "resolved")),
        rows=compact(frame, "case_id"),
        categories=tables["case_category"],
    )


def added(parts: Sequence[CaseCounted]) -> CaseCounted:
    """Return what was counted in parts of the tree together."""
    return CaseCounted(
        tallies=added_levels([part.tallies for part in parts], ["category_id"], COUNTED),
        days=added_levels([part.days for part in parts], ["category_id", "days"], ("resolved", "censored")),
        months=added_levels([part.months for part in parts], ["category_id", "month"], ("received", "resolved")),
        rows=joined([part.rows for part in parts]),
        categories=parts[0].categories,
    )


def monthly(frame: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each case in the month it was received and one in the month it was resolved."""
    ended = frame["is_resolved"] == 1
    received = units.assign(month=month(frame["received_date"]), received=1, resolved=0)
    resolved = units[ended].assign(month=month(frame.loc[ended, "resolved_date"]), received=0, resolved=1)
    return pd.concat([received, resolved])


def month(column: pd.Series) -> pd.Series:
    """Return the month of each date, as 2026-03 (there are few, so each is written once)."""
    first = column.to_numpy().astype("datetime64[M]")
    return pd.Series(first.astype("datetime64[s]"), index=column.index)


def rows(tables: Tables, period: Period) -> pd.DataFrame:
    """Return one row a case of the period, and of those still open from before it, grid by grid, newest first.

    Added to the table's columns: branch_id (responsible on the day received), limit_date, status,
    days (to resolve, or open so far), days_late, is_resolved, and a column of 0 and 1 for each of COUNTED.
    """
    case = tables["case"]
    received = case["received_date"]
    kept = (received <= pd.Timestamp(period.end)) & (
        (received >= pd.Timestamp(period.start)) | case["resolved_date"].isna()
    )
    if "is_void" in case:
        kept &= ~case["is_void"].fillna(False).astype(bool)
    case = case[kept].sort_values(
        ["grid_id", "received_date", "case_id"], ascending=[True, False, False], kind="stable"
    )
    case = case.reset_index(drop=True)
    limits = tables["case_category"].set_index("category_id")
    calendar = tables.package.settings.calendar
    working = case["category_id"].map(limits["day_kind"]).isin(tables.values("case_category", "day_kind", "working"))
    start = days(case["received_date"])
    respond_by = deadline(start, case["category_id"].map(limits["respond_limit_days"]), working.to_numpy(), calendar)
    allowed = limits.get("resolve_limit_days", pd.Series(pd.NA, index=limits.index, dtype="Int64"))
    resolve_by = deadline(start, case["category_id"].map(allowed), working.to_numpy(), calendar)
    extended = days(optional(case, "extended_to_date"))
    resolve_by = np.where(extended < NEVER, extended, resolve_by)
    facts = flags(case, (start, respond_by, resolve_by), period.end)
    outcome = outcomes(tables, case)
    branch = responsible_on(tables, case["grid_id"], case["received_date"])
    counted: dict[str, Any] = {**facts, **outcome, "received": np.ones(len(case), dtype=np.int8)}
    recent = (case["received_date"] >= pd.Timestamp(period.start)).to_numpy(dtype=np.int8)
    for name in set(COUNTED) - {"open", "overdue"}:
        counted[name] = counted[name] * recent
    return case.assign(branch_id=branch, limit_date=dates(resolve_by), **counted)


def optional(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a date column, or nothing but NaT where the package does not have it."""
    return frame[column] if column in frame else pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")


def days(column: pd.Series) -> Ints:
    """Return days since 1970-01-01, NEVER where there is no date."""
    numbers: Ints = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(column.isna(), NEVER, numbers)


def dates(numbers: Ints) -> pd.Series:
    """Return days since 1970-01-01 as dates, NaT for NEVER."""
    known = numbers < NEVER
    values = np.where(known, numbers, 0).astype("datetime64[D]").astype("datetime64[s]")
    return pd.Series(values).where(known)


def deadline(start: Ints, limit: pd.Series, working: npt.NDArray[np.bool_], calendar: str) -> Ints:
    """Return the last day of each limit, NEVER where a category has none."""
    known = limit.notna().to_numpy()
    length = limit.fillna(0).to_numpy(dtype=np.int64)
    result = np.where(known, start + length, NEVER)
    business = known & working
    result[business] = add(start[business], length[business], calendar)
    return result


def flags(case: pd.DataFrame, when: tuple[Ints, Ints, Ints], as_of: date) -> Mapping[str, npt.NDArray[Any]]:
    """Return status, days and the counting columns that follow from dates."""
    start, respond_by, resolve_by = when
    today = (as_of - date(1970, 1, 1)).days
    responded, resolved = days(optional(case, "responded_date")), days(case["resolved_date"])
    is_responded, is_resolved = responded < NEVER, resolved < NEVER
    has_limit = resolve_by < NEVER
    # where responses are not recorded at all, none can be said to be missing
    has_respond_limit = (respond_by < NEVER) & ("responded_date" in case)
    passed = resolve_by < today
    kept = is_resolved & has_limit & (resolved <= resolve_by)
    status = np.select(
        [kept, is_resolved & has_limit, is_resolved, passed],
        [Status.ON_TIME.value, Status.LATE.value, Status.DONE.value, Status.OVERDUE.value],
        Status.OPEN.value,
    )
    end = np.where(is_resolved, resolved, today)
    return {
        "status": status,
        "days": end - start,
        "days_late": np.where(has_limit, np.maximum(end - np.where(has_limit, resolve_by, 0), 0), 0),
        "is_resolved": is_resolved.astype(np.int8),
        "open": (~is_resolved).astype(np.int8),
        "overdue": (~is_resolved & passed).astype(np.int8),
        "respond_kept": (is_responded & has_respond_limit & (responded <= respond_by)).astype(np.int8),
        "respond_due": (has_respond_limit & (is_responded | (respond_by < today))).astype(np.int8),
        "resolve_kept": kept.astype(np.int8),
        "resolve_due": (has_limit & (is_resolved | passed)).astype(np.int8),
    }


def outcomes(tables: Tables, case: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Return the counting columns of outcome and satisfaction; 0 where the package does not have them."""
    result = {}
    for column, role, hit, base in (
        ("outcome", "resolved", "outcome_resolved", "outcome_recorded"),
        ("satisfaction", "favourable", "satisfied", "rated"),
    ):
        cells = case[column] if column in case else pd.Series(pd.NA, index=case.index, dtype="str")
        hits = tables.values("case", column, role)
        # a package that does not say which value is the good one has no rate, not a rate of 0
        result[hit] = cells.isin(hits).astype(np.int8)
        result[base] = (cells.notna() & bool(hits)).astype(np.int8)
    return result
