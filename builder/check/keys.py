"""Primary and foreign keys of every resource, by hash sets (Frictionless reads the parent again for each child)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from builder.language import mark
from builder.model import ForeignKey, Issue, Quote, Resource, Severity, Tables
from builder.rules import Check, as_text

__all__ = ["OWN", "of", "points_at"]

OWN = ("primary-key", "foreign-key")
"""Codes of the rules that are about one row at a time, as far as its own table goes."""


def points_at(check: Check, name: str) -> bool:
    """Return whether a key check looks for its codes in the table `name`."""
    return check.code == "foreign-key" and check.reads[-1].startswith(f"{name}.")


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
        cells = tables[resource.name][key].dropna()
        firsts = cells.index.to_series().groupby([cells[name] for name in key]).transform("first")
        for row, *values in cells[firsts != cells.index].itertuples(name=None):
            first = table.address(int(firsts[row]))
            value = Quote(resource.name, told, " + ".join(str(as_text(cell)) for cell in values))
            yield Issue(int(row), key[0], {"value": value, "path": first.path, "row": first.row})

    return Check(
        "primary-key", Severity.ERROR, resource.name, tuple(f"{resource.name}.{name}" for name in key),
        mark("Every row has a key of its own."),
        mark("“{value}” stands already in row {row} of {path}"),
        mark("Keep one of the two rows, or correct the code of one."),
        find,
        is_structural=True,
        wrong="C00000031 | C00000031",
        right="C00000031 | C00000032",
    )  # fmt: skip


def foreign_key(resource: Resource, key: ForeignKey) -> Check:
    target = key.target or resource.name

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        cells = tables[resource.name][key.field]
        known = set(tables[target][key.target_field].dropna())
        values = cells.dropna()
        missing = {value for value in values.unique() if value not in known}
        title = tables.package.resources[target].title
        for row, value in values[values.isin(missing)].items() if missing else ():
            yield Issue(int(str(row)), key.field, {"value": value, "target": title})

    return Check(
        "foreign-key", Severity.ERROR, resource.name,
        (f"{resource.name}.{key.field}", f"{target}.{key.target_field}"),
        mark("A code that points at another table stands in that table."),
        mark("“{value}” does not stand in the table “{target}”"),
        mark("Correct the code, or add the missing row there."),
        find,
        is_structural=True,
        wrong="320812001001999",
        right="320812001001001",
    )  # fmt: skip
