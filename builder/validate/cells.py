"""Every cell against its field, by Frictionless, a chunk of rows at a time (a chunk may be another process's work)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from builder.validate.schema import standard
from builder.validate.typed import typed

__all__ = ["CHUNK", "Defect", "defects"]

CHUNK = 50_000
"""Rows. Small enough that a worker's lists of cells stay under 150 MB."""


class Defect(NamedTuple):
    """One cell that its field refuses.

    `row` counts the chunk's rows from 0; `rule` is type, blank-row or a constraint.
    """

    row: int
    field: str
    rule: str


def defects(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]]) -> list[Defect]:
    """Return all defects of `frame` (text columns named as in `fields`, Table Schema field descriptors)."""
    # imported here, so that a worker process pays for it and `mingge --help` does not
    from frictionless import Resource, Schema

    plain = [standard(field) for field in fields]
    schema = Schema.from_descriptor({"fields": plain, "missingValues": [""]})
    rows = frame.to_numpy(dtype=object).tolist()
    rows.insert(0, list(frame.columns))
    # a function, because Frictionless copies a list of rows cell by cell into its report
    report = Resource(data=lambda: iter(rows), schema=schema).validate(limit_errors=10**9)
    found = [] if report.valid else [defect(error) for task in report.tasks for error in task.errors]
    return found + lost(frame, plain, found)


def defect(error: Any) -> Defect:
    row = getattr(error, "row_number", None)
    if row is None:  # an error about the table as a whole would be our own: the header was made here
        raise RuntimeError(f"Frictionless refused the table itself: {error.message}")
    rule = error.type
    if rule == "constraint-error":
        (rule,) = re.findall(r'^constraint "(\w+)"', error.note)
    elif rule == "type-error":
        rule = "type"
    return Defect(row - 2, getattr(error, "field_name", ""), rule)


def lost(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]], found: Sequence[Defect]) -> list[Defect]:
    """Frictionless takes 1_000, NaN, ３１２ and endless numbers; what we cannot keep must not vanish in silence."""
    known: set[tuple[int, str]] = {(item.row, item.field) for item in found}
    return [
        Defect(int(row), str(field["name"]), "type")
        for field in fields
        if field.get("type", "string") != "string"
        for row in unusable(frame[field["name"]], field).to_numpy().nonzero()[0]
        if (int(row), str(field["name"])) not in known
    ]


def unusable(column: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    """Return for each cell whether it has text that is no value; full-width digits are none for Excel."""
    foreign = ~column.str.isascii() if field["type"] != "boolean" else False
    result: pd.Series = (column != "") & (typed(column, field).isna() | foreign)
    return result
