"""Promises kept and broken, by grid, area and branch. Private."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from builder.frames import by_level
from builder.model import CountedPart, Level, Scope, Tables

COUNTED = ("made", "kept", "broken")


@dataclass(frozen=True, slots=True)
class PromiseCounted(CountedPart):
    """`tallies[level]`: unit, all, made, kept, broken. `rows`: one row a promise, with `days` it is overdue."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def count(tables: Tables, scope: Scope) -> PromiseCounted:
    """Count every promise: kept, or broken when its day has passed."""
    frame = tables["promise"]
    today = pd.Timestamp(scope.as_of)
    kept = frame["kept_date"].notna()
    broken = ~kept & (frame["due_date"] < today)
    days = (today - frame["due_date"]).dt.days.where(broken, 0)
    frame = frame.assign(all="all", days=days, made=1, kept=kept.astype("int64"), broken=broken.astype("int64"))
    return PromiseCounted(tallies=by_level(frame, scope.tree, ["all"], COUNTED), rows=frame)
