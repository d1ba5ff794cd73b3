"""When a case must be responded to and resolved, and when it was: moments as seconds since 1970-01-01.

A day that has no time of its own is its first second where something was done, and its last where something is due:
what was done on the day of the limit is on time. A limit of hours of a case whose hour of receipt is not recorded
is rounded up to whole days. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.calendar.workdays import add
from builder.model import Tables

__all__ = ["DAY", "NEVER", "Times", "optional", "shown", "times"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAY, HOUR = 86_400, 3_600
NEVER = np.iinfo(np.int64).max // 2
"""A moment that no date reaches: a limit that does not exist, a response that was not given."""


class Times(NamedTuple):
    """Moments of each case, NEVER where there is none. `respond_by`, `resolve_by`: the last second in time."""

    received: Ints
    responded: Ints
    resolved: Ints
    respond_by: Ints
    resolve_by: Ints


class Limited(NamedTuple):
    """What the limits of each case are counted in: `hours` instead of days, `working` days only."""

    hours: Flags
    working: Flags
    calendar: str


def times(tables: Tables, case: pd.DataFrame) -> Times:
    """Return the moments of each row of `case`; the case's own limit beats its category's, an extension beats both."""
    received = moments(case["received_date"])
    codes, names = pd.factorize(case["category_id"])
    category = tables["case_category"].set_index("category_id").reindex(names)
    plays = {
        name: category[name].isin(tables.values("case_category", name, role)).to_numpy()[codes]
        if name in category
        else np.zeros(len(case), dtype=np.bool_)
        for name, role in (("day_kind", "working"), ("limit_unit", "hours"))
    }
    limited = Limited(plays["limit_unit"], plays["day_kind"], tables.package.settings.calendar)
    has_time = is_moment(tables, "received_date")
    respond_by, resolve_by = (
        deadline(received, lengths(category, name)[codes], limited, has_time)
        for name in ("respond_limit_days", "resolve_limit_days")
    )
    for name in ("limit_date", "extended_to_date"):
        own = moments(optional(case, name))
        last = own if is_moment(tables, name) else own + DAY - 1
        resolve_by = np.where(own < NEVER, last, resolve_by)
    return Times(
        received=received,
        responded=moments(optional(case, "responded_date")),
        resolved=moments(optional(case, "resolved_date")),
        respond_by=respond_by,
        resolve_by=resolve_by,
    )


def lengths(category: pd.DataFrame, name: str) -> npt.NDArray[np.float64]:
    """Return the limits of categories as floats, NaN for none and where the package does not have the column."""
    if name not in category:
        return np.full(len(category), np.nan)
    column = category[name]
    return np.asarray(column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def is_moment(tables: Tables, name: str) -> bool:
    """Return whether a column of the cases has the time of day."""
    schema = tables.package.resources["case"].schema
    return name in schema and schema[name].type == "datetime"


def optional(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a date column, or nothing but NaT where the package does not have it."""
    return frame[column] if column in frame else pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")


def moments(column: pd.Series) -> Ints:
    """Return seconds since 1970-01-01, NEVER where there is no date."""
    numbers: Ints = column.to_numpy().astype("datetime64[s]").astype(np.int64)
    return np.where(column.isna(), NEVER, numbers)


def shown(numbers: Ints) -> pd.Series:
    """Return moments as datetime64[s], NaT for NEVER; the last second of a day is shown as the day."""
    known = numbers < NEVER
    found = np.where(known, numbers, 0)
    found = np.where(found % DAY == DAY - 1, found - (DAY - 1), found)
    return pd.Series(found.astype("datetime64[s]")).where(known)


def deadline(start: Ints, limit: npt.NDArray[np.float64], limited: Limited, has_time: bool) -> Ints:
    """Return the last second of each limit, NEVER where a category has none (NaN)."""
    known = ~np.isnan(limit)
    length = np.where(known, limit, 0).astype(np.int64)
    in_hours = limited.hours & known & has_time
    # without an hour to count from, a limit of hours ends with a day
    whole = np.where(limited.hours, -(-length // 24), length)
    day = start // DAY
    last = day + whole
    business = known & limited.working & ~in_hours
    last[business] = add(day[business], whole[business], limited.calendar)
    result = np.where(known, last * DAY + DAY - 1, NEVER)
    if in_hours.any():
        result[in_hours] = start[in_hours] + length[in_hours] * HOUR
        some = in_hours & limited.working
        result[some] = after_hours(start[some], length[some], limited.calendar)
    return result


def after_hours(start: Ints, hours: Ints, calendar: str) -> Ints:
    """Return the moment when so many hours of working days have passed, 24 each."""
    day = start // DAY
    first = add(day - 1, np.ones_like(day), calendar)
    begun = np.where(first == day, start % DAY, 0) + hours * HOUR
    return np.asarray(add(first, begun // DAY, calendar) * DAY + begun % DAY)
