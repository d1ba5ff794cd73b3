"""What a release changed since the last one: from their published tables alone, told by key.

Always holds: nothing is quoted but what one of the two published, and of the older one only what this one would still
publish: a column that is not public any more, a value that is withheld or that the gate would not let through is named
and not quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from builder.changes import history
from builder.changes.kinds import Table, Window, content, told
from builder.changes.layout import Layout, layout, tables
from builder.changes.lines import rest
from builder.changes.previous import Previous, Stored, stored
from builder.changes.reasons import Reasons, explained, reasons, retold
from builder.changes.rows import Joined, joined
from builder.changes.text import read
from builder.model import CORRECTIONS, PROGRESS, Change, Changed, ChangeHistory, Course, ReleaseChanges, SchemaChange

__all__ = ["KEPT", "Terms", "since"]

KEPT = 1000
"""Corrections of a release that are carried on one by one; its own changes.csv has all."""

FOLDER, ROWS, CARRIED = "changes", "changes.csv", "history.json"
ALL = ("resource", "key", "field", "kind", "before", "after", "grid", "reason")
WRITTEN = ("is_correction", *ALL)
MEANING = ("type", "format", "roles", "trueValues", "falseValues")
"""What a field must have in common with itself before a change in it can be progress."""

Unquotable = Callable[[Iterable[str]], Collection[str]]
Gone = dict[str, dict[str, str]]


class Terms(NamedTuple):
    """How changes are told: the course of each table that has one, how many releases one by one, and what is not
    quoted (`unquotable`: those of some texts that must not stand on a page).
    """

    courses: Iterable[Course]
    shown: int
    unquotable: Unquotable


def since(previous: Previous | None, site: Path, day: date, terms: Terms) -> Changed:
    """Return what the tables of the new `site`, which describe `day`, changed, and write it below its changes/.

    `previous`: the last release, None where nobody named one. Raises BuilderError when one of its tables is damaged.
    """
    (site / FOLDER).mkdir(exist_ok=True)
    if previous is None:
        first = ChangeHistory(updated=day.isoformat())
        (site / FOLDER / CARRIED).write_text(history.written(first), encoding="utf-8")
        return Changed(history=first, shown=terms.shown)
    now, as_of, unquotable = stored(site), day.isoformat(), terms.unquotable
    window = Window(previous.as_of, as_of)
    found, schema, gone = compared(previous, now, window, {course.resource: course for course in terms.courses})
    told_why = reasons(now)
    found = {name: explained(rows, name, told_why, *window) for name, rows in found.items()}
    every = ordered(found, unquotable)
    write(every, site / FOLDER / ROWS)
    latest = ReleaseChanges(
        as_of, previous.as_of, previous.id, counts(every, "resource"), schema,
        tuple(listed(every[every["kind"].isin(CORRECTIONS)].head(KEPT))),
    )  # fmt: skip
    known = public(previous.history, now, told_why, unquotable)
    carried = history.carried(known, latest, gone, terms.shown)
    (site / FOLDER / CARRIED).write_text(history.written(carried), encoding="utf-8")
    return Changed(latest, counts(every, "grid"), carried, terms.shown)


def compared(
    previous: Previous, now: Mapping[str, Stored], window: Window, courses: Mapping[str, Course]
) -> tuple[dict[str, pd.DataFrame], tuple[SchemaChange, ...], Gone]:
    """Return the changes of each table, those of the schemas, and the rows that are gone by now."""
    found: dict[str, pd.DataFrame] = {}
    schema = list(tables(previous.tables, now))
    gone: Gone = {name: dict(rows) for name, rows in previous.history.gone.items()}
    for name, table in now.items():
        before = previous.tables.get(name)
        if before is None or (before.sha256, before.schema) == (table.sha256, table.schema):
            continue
        plan = layout(before, table)
        schema += plan.changes
        rows = joined(*(rest(before, table) or (read(before), read(table))), plan)
        course = courses.get(name, Course(name))
        known = gone.setdefault(name, {})
        found[name] = told(rows, Table(name, steady(before, table, plan), course), window, known)
        remember(known, rows, found[name])
    return found, tuple(schema), {name: rows for name, rows in gone.items() if rows}


def steady(before: Stored, now: Stored, plan: Layout) -> dict[str, Mapping[str, object]]:
    """Return the fields that mean what they meant before: whoever changes the meaning of a value has not gone on."""
    old = {field["name"]: field for field in before.schema["fields"]}
    new = {field["name"]: field for field in now.schema["fields"]}
    return {
        name: new[name] for name, was in plan.pairs
        if all(new[name].get(each) == old[was].get(each) for each in MEANING)
    }  # fmt: skip


def remember(known: dict[str, str], rows: Joined, found: pd.DataFrame) -> None:
    """Note the rows that are gone, and forget those that are back; what left as it should need not be known."""
    for key in rows.came.index:
        known.pop(key, None)
    gone = frozenset(found.loc[found["kind"] == "gone", "key"])
    for place, key in enumerate(rows.went.index):
        if key in gone:
            known[key] = content(rows.went.iloc[place])


def ordered(found: Mapping[str, pd.DataFrame], unquotable: Unquotable) -> pd.DataFrame:
    """Return every change as a row of ALL, corrections first, then by grid, table and key."""
    parts = [rows.assign(resource=name)[list(ALL)] for name, rows in found.items() if len(rows)]
    if not parts:
        return pd.DataFrame(columns=list(ALL), dtype=object)
    every = pd.concat(parts, ignore_index=True)
    for name in ("key", "before"):
        texts = [text for text in pd.unique(every[name].dropna()).tolist() if text]
        every.loc[every[name].isin(frozenset(unquotable(texts))), name] = None if name == "before" else ""
    order = ["is_progress", "grid"]
    return every.assign(is_progress=~every["kind"].isin(CORRECTIONS)).sort_values(order, kind="stable")[list(ALL)]


def listed(rows: pd.DataFrame) -> Iterable[Change]:
    """Yield changes as values."""
    for cells in rows.itertuples(index=False, name=None):
        yield Change(*cells)


def counts(every: pd.DataFrame, by: str) -> dict[str, dict[str, int]]:
    """Return value of column `by` → kind → how many changes, in a fixed order."""
    found: dict[str, dict[str, int]] = {}
    numbers = every.groupby([by, "kind"], sort=True).size().reset_index(name="number")
    for name, kind, number in numbers.itertuples(index=False, name=None):
        found.setdefault(name, {})[kind] = int(number)
    return {name: {kind: kinds[kind] for kind in (*CORRECTIONS, *PROGRESS) if kind in kinds}
            for name, kinds in found.items()}  # fmt: skip


def write(every: pd.DataFrame, path: Path) -> None:
    """Write all changes as CSV."""
    whole = every.assign(is_correction=every["kind"].isin(CORRECTIONS).map({True: "true", False: "false"}))
    table = pa.table({name: pa.array(whole[name], pa.large_string(), from_pandas=True) for name in WRITTEN})
    csv.write_csv(table, path, csv.WriteOptions(quoting_style="needed"))


def public(
    known: ChangeHistory, now: Mapping[str, Stored], told_why: Reasons, unquotable: Unquotable
) -> ChangeHistory:
    """Return what earlier releases told, as far as it may be told still."""
    fields = {(name, str(field["name"])) for name, table in now.items() for field in table.schema["fields"]}
    every = [change for release in known.releases for change in release.corrections]
    texts = {text for change in every for text in (change.key, change.before, change.after, change.reason) if text}
    bad = frozenset(unquotable(sorted(texts)))

    def kept(change: Change) -> Change:
        is_public = (change.resource, change.field) in fields
        before, after = (text if is_public and text not in bad else None for text in (change.before, change.after))
        key, reason = ("" if text in bad else text for text in (change.key, change.reason))
        return change._replace(key=key, before=before, after=after, reason=reason)

    return replace(known, releases=tuple(
        replace(release, corrections=tuple(map(kept, release.corrections)))
        for release in (retold(each, told_why) for each in known.releases)
    ))  # fmt: skip
