"""What one subject may know of another: counts of each branch that are offered by name, and nothing else.

A subject that computes from them (`asks`) says which, in which periods; those that have them (`measures`) count.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from builder.model import Measured, Package, Period, Tables
from builder.subjects.subject import AnySubject, Measures

__all__ = ["with_measures"]


def with_measures(tables: Tables, as_of: date, subjects: Sequence[AnySubject]) -> Tables:
    """Return the tables with what their subjects ask of each other.

    Only what is asked for is counted, as it stood on the last day of each period, or at `as_of` if that is earlier.
    """
    every = [subject.measures for subject in subjects if subject.measures and has(subject.measures, tables.package)]
    # a count of a table that could not be read is no unknown one: it is not to be had this time
    names = {name: words for offer in every for name, words in offer.names.items()}
    offers = [offer for offer in every if can(offer, tables)]
    countable = {name for offer in offers for name in offer.names}
    asked: dict[str, set[str]] = {}
    periods: dict[str, Period] = {}
    for subject in subjects:
        for name, period, wanted in subject.asks(tables) if needed(subject, tables) else ():
            periods[name] = Period(period.start, min(period.end, as_of))
            asked.setdefault(name, set()).update(wanted & countable)
    values = {name: counted(tables, periods[name], offers, wanted) for name, wanted in asked.items()}
    reads = tuple(dict.fromkeys(item for offer in offers for item in offer.reads)) if values else ()
    return replace(tables, measured=Measured(names, values, reads))


def has(offer: Measures, package: Package) -> bool:
    """Return whether the schemas of the package have every column that these measures are counted from."""
    known = {
        f"{resource.name}.{field.name}"
        for resource in package.resources.values() for field in resource.schema.fields if field.publish != "never"
    }  # fmt: skip
    return set(offer.reads) <= known


def can(offer: Measures, tables: Tables) -> bool:
    """Return whether every column that these measures are counted from could be read."""
    return all(name in tables and columns <= set(tables[name].columns) for name, columns in reads(offer).items())


def reads(offer: Measures) -> dict[str, set[str]]:
    """Return table → the columns that these measures are counted from."""
    found: dict[str, set[str]] = {}
    for item in offer.reads:
        resource, _, column = item.partition(".")
        found.setdefault(resource, set()).add(column)
    return found


def needed(subject: AnySubject, tables: Tables) -> bool:
    """Return whether all tables of a subject could be read."""
    return all(item.optional or item.resource in tables for item in subject.needs)


def counted(tables: Tables, period: Period, offers: Sequence[Measures], wanted: Collection[str]) -> pd.DataFrame:
    """Return one row a branch and a column for each of `wanted`."""
    frames = [
        offer.count(tables, period)[names]
        for offer in offers
        if (names := [name for name in offer.names if name in wanted])
    ]
    found = pd.concat(frames, axis=1) if frames else pd.DataFrame()
    return found.fillna(0).astype("int64")

