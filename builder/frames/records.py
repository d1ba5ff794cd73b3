"""Small tables row by row: one dict a row, cells that may be missing read with care."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["count", "day", "pairs", "present", "records"]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one dict a row, column name → cell."""
    columns = {str(name): frame[name].tolist() for name in frame}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def pairs(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    """Return `key` → `value` of every row, "" for an empty value; nothing when a column is not there."""
    if key not in frame or value not in frame:
        return {}
    return dict(zip(frame[key], frame[value].fillna(""), strict=True))


def present(row: Mapping[str, Any], name: str) -> str:
    """Return a text cell of a record, "" when it is empty or the package does not have the column."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def count(row: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number of a record, None when it is empty or the package does not have the column."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else int(value)


def day(value: Any) -> str:
    """Return a timestamp as ISO text, "" for none."""
    return "" if value is None or pd.isna(value) else value.date().isoformat()
