"""Every cell against its field, by Frictionless, a chunk of rows at a time (a chunk may be another process's work)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

__all__ = ["CHUNK", "Defect", "defects"]

CHUNK = 50_000
"""Rows. Small enough that a worker's lists of cells stay under 150 MB."""

STANDARD = (
    "name",
    "type",
    "format",
    "constraints",
    "trueValues",
    "falseValues",
    "missingValues",
    "decimalChar",
    "bareNumber",
)
NUMERIC = ("integer", "number", "date")


class Defect(NamedTuple):
    """One cell that its field refuses. `row` counts the chunk's rows from 0; `rule` is type, blank-row or a constraint."""

    row: int
    field: str
    rule: str


def defects(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]]) -> list[Defect]:
    """Return all defects of `frame` (text columns named as in `fields`, Table Schema field descriptors)."""
    # imported here, so that a worker process pays for it and `mingge --help` does not
    from frictionless import Resource, Schema

    names = list(frame.columns)
    plain = [{key: value for key, value in field.items() if key in STANDARD} for field in fields]
    schema = Schema.from_descriptor({"fields": plain, "missingValues": [""]})
    rows = frame.to_numpy(dtype=object).tolist()
    report = Resource(data=[names, *rows], schema=schema).validate(limit_errors=10**9)
    found = [] if report.valid else [defect(error) for task in report.tasks for error in task.errors]
    return found + full_width(frame, plain, found)


def defect(error: Any) -> Defect:
    row = getattr(error, "row_number", None)
    if row is None:  # an error about the table as a whole would be our own: the header was made here
        raise RuntimeError(f"Frictionless refused the table itself: {error.message}")
    rule = error.type
    if rule == "constraint-error":
        rule = re.match(r'constraint "(\w+)"', error.note).group(1)  # type: ignore[union-attr]
    elif rule == "type-error":
        rule = "type"
    return Defect(row - 2, getattr(error, "field_name", ""), rule)


def full_width(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]], found: Sequence[Defect]) -> list[Defect]:
    """Frictionless takes full-width digits for numbers and dates; Excel and every later step do not."""
    known = {(item.row, item.field) for item in found}
    return [
        Defect(int(row), str(field["name"]), "type")
        for field in fields
        if field.get("type") in NUMERIC
        for row in (~frame[field["name"]].str.isascii()).to_numpy().nonzero()[0]
        if (row, field["name"]) not in known
    ]
