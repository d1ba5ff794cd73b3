"""What is published by quarter and year of cases that are not listed, as it stands in the table of the package."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from builder.model import Tables
from builder.subjects.counts import NO_ITEM, STATUSES, last

__all__ = ["COLUMNS", "MEASURES", "TABLE", "read"]

TABLE = "case_statistic"
MEASURES = ("received", "kept", "late", "satisfied", "dissatisfied", "petition", "void", "unplaced")
"""Roles of the column measure; `item` is a category for the first three, a value for petition, else empty."""

COLUMNS = ["unit", "period", "measure", "item", "count", "status", "revision"]


def read(tables: Tables) -> pd.DataFrame:
    """Return COLUMNS of the last revision of each period: `measure` and `status` are roles, "" for no status.

    No rows where the package has no such table.
    """
    if TABLE not in tables:
        return pd.DataFrame(columns=COLUMNS)
    frame = last(tables[TABLE]).rename(columns={"place_id": "unit"})
    measure, status = roles(tables, "measure", MEASURES), roles(tables, "status", STATUSES)
    found = frame.assign(
        measure=frame["measure"].map(measure), status=frame["status"].map(status).fillna(""),
        item=frame["item"].mask(frame["item"] == NO_ITEM, ""),
    )  # fmt: skip
    return found.loc[found["measure"].notna(), COLUMNS].reset_index(drop=True)


def roles(tables: Tables, field: str, known: tuple[str, ...]) -> Mapping[str, str]:
    """Return the package's word → the role that it plays."""
    return {word: role for role in known for word in tables.values(TABLE, field, role)}
