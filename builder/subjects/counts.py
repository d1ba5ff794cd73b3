"""The tables of counts of closed periods: what all of them have in common."""

from __future__ import annotations

import pandas as pd

from builder.model import Needs, Use

__all__ = ["FIELDS", "NO_ITEM", "STATUSES", "last", "needs"]

FIELDS = ("period", "place_id", "measure", "item", "count", "status", "revision", "published_date")
"""The fields of such a table."""

STATUSES = ("fewer", "withheld")
"""Roles of the column status: fewer than the minimum; hidden because another cell would follow from it."""

NO_ITEM = "-"
"""What stands in the column item of a measure that has none: a part of the key is never empty."""


def last(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the last revision of each period."""
    return frame[frame["revision"] == frame.groupby("period")["revision"].transform("max")]


def needs(table: str, measures: tuple[str, ...]) -> Needs:
    """Return what is needed of such a table; `measures`: the roles of what it counts."""
    return Needs(
        table,
        ("period", "place_id", "measure", "item", "revision"),
        (
            Use("period", shown=True), Use("place_id", shown=True), Use("item", shown=True),
            Use("measure", shown=True, roles=measures), Use("count", "integer", shown=True),
            Use("status", shown=True, roles=STATUSES), Use("revision", "integer", shown=True),
            Use("published_date", "date", shown=True),
        ),
        optional=True,
    )  # fmt: skip
