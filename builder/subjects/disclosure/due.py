"""What has to be disclosed by whom and by when: worked out from the catalogue, the branches and the disclosures.

Whoever is of the kind whose role an item's level plays has to disclose it: a standing item once, from the day it came
into force; a periodic one for every period that ends; any other whenever something has been formed. The day that a
limit is counted from is day 0. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.calendar.workdays import add
from builder.model import Period, Status, Tables
from builder.subjects.disclosure.tally import COUNTED

__all__ = ["EVENTS", "MONTHS", "PERIODIC", "STANDING", "obligations", "publishers", "shown"]

Ints = npt.NDArray[np.int64]

STANDING, PERIODIC, EVENTS = "standing", "periodic", ("staged", "prompt")
"""Roles of a time type."""

MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""Roles of a frequency, and how many calendar months each period has."""

PAIR = ["branch_id", "item_id"]
OCCASION = [*PAIR, "period_start_date", "period_end_date", "formed_date", "due_date", "published_date", "disclosure_id"]


def shown(tables: Tables) -> pd.DataFrame:
    """Return the disclosures that have been published."""
    frame = tables["disclosure"]
    return frame[frame["published_date"].notna()]


def publishers(tables: Tables) -> pd.DataFrame:
    """Return who has to disclose what: item_id and branch_id of each pair."""
    resources = tables.package.resources
    levels, kinds = resources["catalogue"].schema["level"].roles, resources["branch"].schema["kind"].roles
    pairs = {(level, kind) for role, names in levels.items() for level in names for kind in kinds.get(role, ())}
    same = pd.DataFrame(sorted(pairs), columns=["level", "kind"], dtype="str")
    items = tables["catalogue"][["item_id", "level"]].merge(same, on="level")
    return items.merge(tables["branch"][["branch_id", "kind"]], on="kind")[["item_id", "branch_id"]]


def obligations(tables: Tables, period: Period) -> pd.DataFrame:
    """Return one row whatever had to be disclosed, by branch, item and day.

    Columns: those of OCCASION (period and formed_date NaT where there is none, disclosure_id NA where nothing is
    disclosed), status, days (late, or missing so far), and 0 or 1 for each of COUNTED. Of what was due before the
    period only that is there which is missing, and of periodic items nothing.
    """
    items, obliged, calendar = catalogue(tables), publishers(tables), tables.package.settings.calendar
    known = tables["disclosure"].merge(obliged, on=["item_id", "branch_id"])
    known = known.sort_values(["published_date", "disclosure_id"], na_position="last")
    found = pd.concat([
        standing(items, obliged, known, calendar),
        periodic(items, obliged, known, period, calendar),
        events(items, known, calendar),
    ])  # fmt: skip
    return judged(found, period)


def catalogue(tables: Tables) -> pd.DataFrame:
    """Return the items: item_id, limit_days, valid_from_date, time (a role), months (0: not periodic), is_working."""
    frame = tables["catalogue"].dropna(subset=["item_id", "limit_days", "valid_from_date"])
    roles = {
        value: role for role in (STANDING, PERIODIC, *EVENTS) for value in tables.values("catalogue", "time_type", role)
    }
    frequency = {role: tables.values("catalogue", "frequency", role) for role in MONTHS}
    lengths = {value: MONTHS[role] for role, values in frequency.items() for value in values}
    return pd.DataFrame({
        "item_id": frame["item_id"],
        "limit_days": frame["limit_days"].astype("int64"),
        "valid_from_date": frame["valid_from_date"],
        "time": frame["time_type"].map(roles),
        "months": frame["frequency"].map(lengths).fillna(0).astype("int64"),
        "is_working": frame["day_kind"].isin(tables.values("catalogue", "day_kind", "working")),
    })  # fmt: skip


def deadline(start: pd.Series, items: pd.DataFrame, calendar: str) -> pd.Series:
    """Return the last day of each limit that begins on `start`; `items` says how long it is, row by row."""
    first: Ints = start.to_numpy().astype("datetime64[D]").astype(np.int64)
    limit, working = items["limit_days"].to_numpy(dtype=np.int64), items["is_working"].to_numpy(dtype=bool)
    result = first + limit
    result[working] = add(first[working], limit[working], calendar)
    return pd.Series(result.astype("datetime64[D]").astype("datetime64[s]"), index=start.index)


def standing(items: pd.DataFrame, obliged: pd.DataFrame, known: pd.DataFrame, calendar: str) -> pd.DataFrame:
    """Return what has to be open to everybody all the time: once for each branch, met by its first disclosure."""
    mine = items[items["time"] == STANDING]
    mine = mine.assign(due_date=deadline(mine["valid_from_date"], mine, calendar))
    first = known.drop_duplicates(PAIR)[[*PAIR, "published_date", "disclosure_id"]]
    return rows(mine.merge(obliged, on="item_id").merge(first, on=PAIR, how="left"))


def periodic(
    items: pd.DataFrame, obliged: pd.DataFrame, known: pd.DataFrame, period: Period, calendar: str
) -> pd.DataFrame:
    """Return what has to be disclosed for every period: met by the first disclosure whose content ends in it."""
    mine = items[(items["time"] == PERIODIC) & (items["months"] > 0)]
    each = pd.DataFrame(cycles(mine, period), columns=["item_id", "period_start_date", "period_end_date"])
    each = each.astype({"item_id": "str", "period_start_date": "datetime64[s]", "period_end_date": "datetime64[s]"})
    each = each.merge(mine, on="item_id")
    each = each[each["period_end_date"] >= each["valid_from_date"]]
    each = each.assign(due_date=deadline(each["period_end_date"], each, calendar))
    each = each[each["due_date"] >= pd.Timestamp(period.start)]
    ended = known.dropna(subset="period_end_date").merge(mine[["item_id", "months"]], on="item_id")
    ended = ended.assign(period_end_date=last_day(ended["period_end_date"], ended["months"]))
    keys = [*PAIR, "period_end_date"]
    first = ended.drop_duplicates(keys)[[*keys, "published_date", "disclosure_id"]]
    return rows(each.merge(obliged, on="item_id").merge(first, on=keys, how="left"))


def cycles(items: pd.DataFrame, period: Period) -> Iterator[tuple[str, date, date]]:
    """Yield item, first and last day of every period that may be due in `period`, and of the one that it ends in."""
    for item, months, limit in zip(items["item_id"], items["months"], items["limit_days"], strict=True):
        # no limit in working days is longer than twice as many days and a month of holidays
        earliest = max(period.start - timedelta(days=2 * int(limit) + 31), date(1, 1, 1))
        block = (earliest.year * 12 + earliest.month - 1) // months
        while (start := month_start(block * months)) <= period.end:
            block += 1
            yield item, start, month_start(block * months) - timedelta(days=1)


def month_start(number: int) -> date:
    """Return the first day of a month, numbered from the year 0."""
    return date(int(number) // 12, int(number) % 12 + 1, 1)


def last_day(days: pd.Series, months: pd.Series) -> pd.Series:
    """Return the last day of the period of so many calendar months that each day lies in."""
    # 1970 began a period of any length
    month: Ints = days.to_numpy().astype("datetime64[M]").astype(np.int64)
    following = (month // months.to_numpy() + 1) * months.to_numpy()
    ends = following.astype("datetime64[M]").astype("datetime64[D]") - 1
    return pd.Series(ends.astype("datetime64[s]"), index=days.index)


def events(items: pd.DataFrame, known: pd.DataFrame, calendar: str) -> pd.DataFrame:
    """Return what has to be disclosed because it was formed: each is a row of its own, disclosed or not."""
    mine = known.merge(items[items["time"].isin(EVENTS)], on="item_id")
    mine = mine[mine["formed_date"] >= mine["valid_from_date"]]
    return rows(mine.assign(due_date=deadline(mine["formed_date"], mine, calendar)))


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of OCCASION, NaT for a date that this kind of item does not have."""
    absent = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    return pd.DataFrame({name: frame.get(name, absent) for name in OCCASION})


def judged(found: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the rows that count for `period`, with what became of each."""
    today, due, published = pd.Timestamp(period.end), found["due_date"], found["published_date"]
    found = found[(due >= pd.Timestamp(period.start)) | published.isna()].reset_index(drop=True)
    due, published = found["due_date"], found["published_date"]
    is_done = published.notna()
    status = np.select(
        [is_done & (published > due), is_done & (due <= today), is_done, due < today],
        [Status.LATE.value, Status.ON_TIME.value, Status.DONE.value, Status.OVERDUE.value],
        Status.UPCOMING.value,
    )
    delay = (published.fillna(today) - due).dt.days.clip(lower=0)
    columns = {name: (status == name).astype(np.int64) for name in COUNTED}
    columns["upcoming"] |= (status == Status.DONE.value).astype(np.int64)
    return found.assign(
        status=status, days=delay.where(np.isin(status, [Status.LATE, Status.OVERDUE]), 0).astype("int64"), **columns
    ).sort_values([*PAIR, "due_date", "disclosure_id"], ignore_index=True)
