"""Which area has reported how many rows of which table in the period: counted from published rows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from builder.model import PublishedTables, Resource, Scope
from builder.places.needs import NEEDS

__all__ = ["reported"]


STANDING = frozenset(needs.resource for needs in NEEDS)
"""Tables of what there is: nobody reports them period by period."""


def reported(tables: PublishedTables, scope: Scope) -> Mapping[str, Mapping[str, int]]:
    """Return resource → area_id → its published rows of the period, of each table with a grid and a date.

    The tables of places themselves are left out.
    """
    found = {}
    for name, frame in tables.frames.items():
        day = first_day(tables.resources[name], frame)
        if day and "grid_id" in frame and name not in STANDING:
            start, end = pd.Timestamp(scope.period.start), pd.Timestamp(scope.period.end) + pd.Timedelta(days=1)
            recent = frame.loc[(frame[day] >= start) & (frame[day] < end), "grid_id"]
            found[name] = by_area(recent.value_counts(), scope)
    return found


def first_day(resource: Resource, frame: pd.DataFrame) -> str:
    """Return the first published date of a table, "" when it has none."""
    days = (field.name for field in resource.schema.fields if field.type in ("date", "datetime"))
    return next((name for name in days if name in frame), "")


def by_area(counts: pd.Series, scope: Scope) -> dict[str, int]:
    found = dict.fromkeys(scope.tree.parent, 0)
    for grid, number in counts.items():
        for area in scope.tree.areas_of.get(str(grid), ()):
            found[area] = found.get(area, 0) + int(number)
    return found
