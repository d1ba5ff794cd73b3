"""What kind of change each difference is. Progress must be proved by the course of the table; all else is a correction.

`since` is the day of the last release and `as_of` that of this one: what is said to have happened between them was
empty for the reason that it had not happened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.changes.rows import Joined
from builder.model import Course

__all__ = ["COLUMNS", "Table", "Window", "content", "told"]

COLUMNS = ("key", "field", "kind", "before", "after", "grid")
GRID = "grid_id"
FIRST = "1"
"""The number of what is published for the first time."""

SHORT = 4
"""Hexadecimal digits of the sum over a row that is gone: enough to know it again, too few to guess what it said."""

Which = npt.NDArray[np.bool_]


class Window(NamedTuple):
    """The days of two releases, ISO text."""

    since: str
    as_of: str


class Table(NamedTuple):
    """A table: its course, and its fields by name, of which only those are here that mean what they meant before."""

    name: str
    fields: Mapping[str, Mapping[str, Any]]
    course: Course


def told(found: Joined, table: Table, window: Window, gone: Mapping[str, str]) -> pd.DataFrame:
    """Return every change of a table as a row of COLUMNS (object). `gone`: key → sum of rows that were published."""
    parts = [rows(found.came, came(found, table, window, gone)), rows(found.went, went(found, table, window))]
    is_open = opened(found.before, table)
    for name, differs in found.differs.items():
        if differs.any():
            parts.append(cells(found, name, differs, cell_kinds(found, name, table, window, is_open)))
    return pd.concat(parts, ignore_index=True).sort_values("key", kind="stable", ignore_index=True)


def rows(frame: pd.DataFrame, kinds: npt.NDArray[Any]) -> pd.DataFrame:
    """Return changes of whole rows: nothing of them is quoted but their key."""
    return pd.DataFrame(
        {
            "key": frame.index.to_numpy(), "field": "", "kind": kinds, "before": None, "after": None,
            "grid": place(frame),
        },
        dtype=object,
    )  # fmt: skip


def cells(found: Joined, name: str, differs: Which, kinds: npt.NDArray[Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": found.now.index.to_numpy()[differs], "field": name, "kind": kinds[differs],
            "before": found.before[name].to_numpy()[differs], "after": found.now[name].to_numpy()[differs],
            "grid": place(found.now)[differs],
        },
        dtype=object,
    )  # fmt: skip


def place(frame: pd.DataFrame) -> npt.NDArray[Any]:
    """Return the grid of each row, "" where it lies in none."""
    return frame[GRID].to_numpy() if GRID in frame else np.full(len(frame), "", dtype=object)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def came(found: Joined, table: Table, window: Window, gone: Mapping[str, str]) -> npt.NDArray[Any]:
    """Return what rows that were not published last time are."""
    kinds = np.full(len(found.came), "new" if window.since <= window.as_of else "early", dtype=object)
    if table.course.revision in found.came:
        kinds[found.came[table.course.revision].to_numpy() != FIRST] = "revised"
    kinds[found.again] = "repeated"
    for place, key in enumerate(found.came.index) if gone else ():
        if key in gone:
            kinds[place] = "back" if gone[key] == content(found.came.iloc[place]) else "reused"
    return kinds


def went(found: Joined, table: Table, window: Window) -> npt.NDArray[Any]:
    """Return what rows that are not published any more are."""
    kinds = np.full(len(found.went), "gone", dtype=object)
    if table.course.leaves in found.went:
        days = dates(found.went[table.course.leaves], table.fields.get(table.course.leaves, {}))
        kinds[(days != "") & (days < window.as_of)] = "left"
    return kinds


def content(row: pd.Series) -> str:
    """Return a short sum over what a row says."""
    cells = json.dumps(sorted((str(name), text) for name, text in row.items()), ensure_ascii=False)
    return hashlib.sha256(cells.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


# ── cells ────────────────────────────────────────────────────────────────────────────────────────


def opened(before: pd.DataFrame, table: Table) -> Which:
    """Return which rows had not come to their end when they were published last time."""
    closes = table.course.closes
    return (before[closes] == "").to_numpy() if closes in before else np.zeros(len(before), dtype=bool)


def cell_kinds(found: Joined, name: str, table: Table, window: Window, is_open: Which) -> npt.NDArray[Any]:
    """Return what the cells of a column are that differ; of the others, anything."""
    course, field = table.course, table.fields.get(name, {})
    old, new = found.before[name], found.now[name]
    kinds = np.full(len(old), "changed", dtype=object)
    if window.as_of < window.since or not field:
        return kinds
    filled = ((old == "") & (new != "")).to_numpy()
    if name in course.events or name in course.ends:
        days = dates(new, field)
        is_late = filled & (days != "") & (days < window.since)
        ahead = name in course.ends
        kinds[filled & (days >= window.since) & (ahead | (days <= window.as_of))] = (
            "closed" if name == course.closes else "happened"
        )
        kinds[is_late] = "late"
    elif name in course.steps:
        rungs = course.steps[name]
        places = [steps(values, field, rungs) for values in (old, new)]
        onwards = (places[0] >= 0) & (places[1] > places[0])
        kinds[onwards] = "happened"
        if not course.closes:
            kinds[onwards & (places[1] == len(rungs) - 1)] = "closed"
    elif name in course.grows:
        kinds[grown(old, new, field, window)] = "grown"
    elif name in course.added:
        kinds[filled] = "told"
    elif name in course.told:
        kinds[filled & is_open] = "told"
    return kinds


def grown(old: pd.Series, new: pd.Series, field: Mapping[str, Any], window: Window) -> Which:
    """Return which sums have grown; of days, such as the last one on which something was paid, which are later ones."""
    if field["type"] in ("date", "datetime"):
        before, now = dates(old, field), dates(new, field)
        return (now > before) & (now >= window.since) & (now <= window.as_of)
    numbers = [pd.to_numeric(values, errors="coerce") for values in (old.where(old != "", "0"), new)]
    return (numbers[1] > numbers[0]).to_numpy()


def dates(values: pd.Series, field: Mapping[str, Any]) -> npt.NDArray[Any]:
    """Return the day of each cell as ISO text, "" where there is none, in whatever form the field writes it."""
    form = str(field.get("format", "default"))
    if form in ("default", "any"):
        found = pd.to_datetime(values.str[:10], format="%Y-%m-%d", errors="coerce")
    else:
        found = pd.to_datetime(values, format=form, errors="coerce")
    return found.dt.strftime("%Y-%m-%d").fillna("").to_numpy(dtype=object)


def steps(values: pd.Series, field: Mapping[str, Any], rungs: tuple[tuple[str, ...], ...]) -> npt.NDArray[np.int64]:
    """Return the first step that each value stands on, -1 where it stands on none."""
    roles: Mapping[str, Any] = field.get("roles", {})
    played = {value for named in roles.values() for value in named}
    at: dict[str, int] = {}
    for number, names in enumerate(rungs):
        for name in names:
            for value in roles.get(name, ()):
                at.setdefault(value, number)
    if () in rungs:
        at |= {value: rungs.index(()) for value in set(values) - played if value}
    return np.asarray(values.map(at).fillna(-1), dtype=np.int64)
