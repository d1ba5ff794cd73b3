"""Primary and foreign keys of every resource, by hash sets (Frictionless reads the parent again for each child)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.check.dragged import dragged, numbered
from builder.check.near import Meant, codes
from builder.language import mark
from builder.model import ForeignKey, Issue, Quote, Resource, Severity, Table, Tables, plain
from builder.rules import Check, as_text

__all__ = ["OWN", "of", "points_at"]

OWN = ("primary-key", "foreign-key")
"""Codes of the rules that are about one row at a time, as far as its own table goes."""

SAME = mark("the row is the same as row {row} of {path}")
SAME_OFTEN = mark("the row stands there {count} times: rows {rows}")
OFTEN = mark("“{value}” stands there {count} times: rows {rows}")
DELETE = mark("Delete one of the two.")
KEEP_ONE = mark("Keep one of them and delete the others.")
KEEP_OR_CORRECT = mark("Keep one of the rows, or correct the codes of the others.")
ASIDE = mark("Did you mean {mended}? Otherwise correct the code, or add the missing row there.")
NAMED = mark("here stands a name, but what is needed is the code from the table “{target}”")
CODE = mark("Write {mended}, the code of what is called so.")

SHOWN = 10
"""Rows of one key that are named."""


def of(resource: Resource) -> tuple[Check, ...]:
    """Return the key checks of one resource, as its schema states them."""
    foreign = tuple(foreign_key(resource, key) for key in resource.schema.foreign_keys)
    return (primary_key(resource), *foreign) if resource.schema.primary_key else foreign


def primary_key(resource: Resource) -> Check:
    key = list(resource.schema.primary_key)
    # a key of several columns may be read by whoever may read the most private of them
    told = next((name for name in key if resource.schema[name].publish != "public"), key[0])

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        table = tables.tables[resource.name]
        cells = plain(table.frame[key]).dropna()
        cells = cells[cells.duplicated(keep=False)]
        if cells.empty:
            return
        alike = groups(plain(table.frame.loc[cells.index]))
        together = alike.groupby(groups(cells), sort=False)
        distinct = together.nunique()
        alone = set(distinct.index[distinct == 1])
        for number, rows in together.groups.items():
            places = [int(row) for row in rows]
            parts = (as_text(cell) for cell in cells.loc[places[0]])
            value = Quote(resource.name, told, " + ".join(map(str, parts)))
            yield again(table, places, key[0], value, is_same=number in alone)

    columns = [field.name for field in resource.schema.fields if field.publish != "never"]
    return Check(
        "primary-key", Severity.ERROR, resource.name, tuple(f"{resource.name}.{name}" for name in key),
        mark("Every row has a key of its own."),
        mark("“{value}” stands already in row {row} of {path}"),
        mark("Keep one of the two rows, or correct the code of one."),
        find,
        extras=tuple(f"{resource.name}.{name}" for name in columns if name not in key),
        is_structural=True, rests=tuple(key), blames=tuple(columns),
        wrong="C00000031 | C00000031",
        right="C00000031 | C00000032",
    )  # fmt: skip


def groups(frame: pd.DataFrame) -> pd.Series:
    """Return the same number for rows that are equal in every column."""
    return frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup()


def again(table: Table, places: list[int], column: str, value: Quote, *, is_same: bool) -> Issue:
    """Return the issue about the rows of one key, at the second of them; `is_same`: in all of their cells."""
    first, count = table.address(places[0]), len(places)
    values: dict[str, object] = {"value": value, "path": first.path, "row": first.row}
    others = tuple(
        (table.resource.name, name, place)
        for place in (places[0], *places[2:]) for name in table.resource.schema.primary_key
    )  # fmt: skip
    if count == 2:
        return Issue(places[1], column, values, SAME if is_same else "", DELETE if is_same else "", others)
    named = tuple(table.address(place).row for place in places[:SHOWN])
    values |= {"count": count, "rows": (*named, "…") if count > SHOWN else named}
    text, fix = (SAME_OFTEN, KEEP_ONE) if is_same else (OFTEN, KEEP_OR_CORRECT)
    return Issue(places[1], column, values, text, fix, others)


def foreign_key(resource: Resource, key: ForeignKey) -> Check:
    target = key.target or resource.name
    code = resource.schema.primary_key[0] if len(resource.schema.primary_key) == 1 else ""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        cells = tables[resource.name][key.field]
        values = cells.dropna()
        parent = tables.package.resources[target]
        frame = tables[target]
        known = set(frame[key.target_field].dropna())
        missing = [value for value in values.unique() if value not in known]
        if not missing:
            return
        there = codes(frame, parent, key.target_field)
        is_public = parent.schema.is_public
        said = {value: sentence(resource, key, there.meant(str(value)), is_public) for value in missing}
        own = tables[resource.name][code] if code else None
        wrong = values[values.isin(missing)]
        runs = dragged(cells, [int(str(row)) for row in wrong.index])
        for run in runs:
            yield numbered(tables.tables[resource.name], key.field, run, str(values[run[0]]))
        told = {row for run in runs for row in run}
        for row, value in wrong[[int(str(row)) not in told for row in wrong.index]].items():
            # a code that begins with it says that it is right, and the row missing
            is_sure = own is not None and str(own[int(str(row))]).startswith(str(value))
            more, text, fix = ({}, "", "") if is_sure else said[value]
            yield Issue(int(str(row)), key.field, {"value": value, "target": parent.title, **more}, text, fix)

    return Check(
        "foreign-key", Severity.ERROR, resource.name,
        (f"{resource.name}.{key.field}", f"{target}.{key.target_field}"),
        mark("A code that points at another table stands in that table."),
        mark("“{value}” does not stand in the table “{target}”"),
        mark("Correct the code, or add the missing row there."),
        find,
        extras=(f"{target}.name", *((f"{resource.name}.{code}",) if code else ())),
        is_structural=True, rests=(key.field,), blames=(key.field,),
        wrong="320812001001999",
        right="320812001001001",
    )  # fmt: skip


def sentence(
    resource: Resource, key: ForeignKey, meant: Meant | None, is_public: bool
) -> tuple[dict[str, object], str, str]:
    """Return what is said of a code that is not there: further values, and what to do when it can be told."""
    if meant is None:
        return {}, "", ""
    mended = Quote(resource.name, key.field, meant.code, is_formal=is_public)
    return {"mended": mended}, NAMED if meant.is_named else "", CODE if meant.is_named else ASIDE


def points_at(check: Check, name: str) -> bool:
    """Return whether a key check looks for its codes in the table `name`."""
    return check.code == "foreign-key" and check.reads[-1].startswith(f"{name}.")
