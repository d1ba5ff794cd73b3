"""What is counted of published tables for the next release to be compared with: rows and filled cells, nothing else.

Always holds: every number can be counted in the CSV files beside it (docs/adr/0041).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from builder.model import Extent, Json, Profile, PublishedTables

__all__ = ["profile", "profile_json"]

VERSION = 1


def profile(tables: PublishedTables, as_of: date) -> Profile:
    """Return rows and filled cells of every table that has a public column."""
    found = {
        name: Extent(len(frame), {str(column): filled(frame[column]) for column in frame})
        for name, frame in tables.frames.items()
        if len(frame.columns)
    }
    return Profile(as_of, found)


def filled(column: pd.Series) -> int:
    """Return how many cells are not empty; text of no characters is empty."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes
        empty = [number for number, text in enumerate(column.cat.categories) if text == ""]
        return int(((codes >= 0) & ~codes.isin(empty)).sum()) if empty else int((codes >= 0).sum())
    there = column.notna()
    if isinstance(column.dtype, pd.StringDtype) or column.dtype == object:
        there &= column.fillna("") != ""
    return int(there.sum())


def profile_json(found: Profile) -> Json:
    """Return a profile as it is written: the same bytes for the same tables."""
    return {
        "mingge": "profile",
        "version": VERSION,
        "as_of": found.as_of.isoformat(),
        "tables": {
            name: {"rows": extent.rows, "filled": dict(extent.filled)} for name, extent in found.tables.items()
        },
    }
