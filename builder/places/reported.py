"""Which area has reported how many rows of which table in the period: counted from published rows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from builder.model import ForeignKey, PublishedTables, Resource, Scope
from builder.places.needs import NEEDS

__all__ = ["reported"]


STANDING = frozenset(needs.resource for needs in NEEDS)
"""Tables of what there is: nobody reports them period by period."""

Paths = Mapping[str, tuple[str, ...]]


def reported(tables: PublishedTables, scope: Scope, homes: Paths) -> Mapping[str, Mapping[str, int]]:
    """Return resource → area_id → its published rows of the period, of each table with a date that lies somewhere.

    `homes`: branch_id → the areas that it lies in. A row lies in its grid, else in its area, else where its branch
    lies, else where the row lies that it refers to. Left out are the tables of places themselves, and those of whose
    rows none lies anywhere: nobody could say who has not reported them.
    """
    columns: tuple[tuple[str, Paths], ...] = (
        ("grid_id", scope.tree.areas_of),
        ("area_id", {area: scope.tree.path(area) for area in scope.tree.parent}),
        ("branch_id", homes),
    )
    places = {name: lying(frame, columns) for name, frame in tables.frames.items()}
    found = {}
    for name, frame in tables.frames.items():
        day = first_day(tables.resources[name], frame)
        if not day or name in STANDING:
            continue
        place = places[name]
        for key in references(tables.resources[name]):
            if key.field in frame and key.target in places and key.target_field in tables.frames[key.target]:
                at = places[key.target].set_axis(tables.frames[key.target][key.target_field].astype("object"))
                place = place.where(place.notna(), frame[key.field].astype("object").map(at[~at.index.duplicated()]))
        start, end = pd.Timestamp(scope.period.start), pd.Timestamp(scope.period.end) + pd.Timedelta(days=1)
        recent = place[(frame[day] >= start) & (frame[day] < end)]
        if recent.notna().any() or (recent.empty and any(column in frame for column, _ in columns)):
            found[name] = by_area(recent.value_counts(), scope)
    return found


def lying(frame: pd.DataFrame, columns: tuple[tuple[str, Paths], ...]) -> pd.Series:
    """Return the smallest area that each row lies in by the columns it has, "" where it is that of all, NA for none."""
    found = pd.Series(pd.NA, index=frame.index, dtype="object")
    for name, paths in columns:
        if name in frame:
            lowest = {code: path[-1] if path else "" for code, path in paths.items()}
            found = found.where(found.notna(), frame[name].astype("object").map(lowest))
    return found


def references(resource: Resource) -> list[ForeignKey]:
    """Return the references to rows of other tables, those of places left out."""
    return [key for key in resource.schema.foreign_keys if key.target not in (resource.name, *STANDING)]


def first_day(resource: Resource, frame: pd.DataFrame) -> str:
    """Return the first published date of a table, "" when it has none."""
    days = (field.name for field in resource.schema.fields if field.type in ("date", "datetime"))
    return next((name for name in days if name in frame), "")


def by_area(counts: pd.Series, scope: Scope) -> dict[str, int]:
    """Return area_id → the rows in it at any depth; `counts`: rows by the smallest area that they lie in."""
    found = dict.fromkeys(scope.tree.parent, 0)
    for area, number in counts.items():
        for above in scope.tree.path(str(area)) if area else ():
            found[above] = found.get(above, 0) + int(number)
    return found
