"""The shifts of the week, Monday to Sunday, in which as_of lies. A shift over midnight belongs to both days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from builder.frames import compact, joined
from builder.model import CountedPart, Scope, Status, Tables

__all__ = ["RosterCounted", "added", "count"]


@dataclass(frozen=True, slots=True)
class RosterCounted(CountedPart):
    """`rows`: one row a shift of the week, by grid and start; the table's columns and status.

    status: open for a shift of as_of itself, done for one before, upcoming for one after.
    """

    rows: pd.DataFrame


def count(tables: Tables, scope: Scope) -> RosterCounted:
    """Return the shifts of the week of as_of."""
    frame, monday = tables["roster"], scope.as_of - timedelta(days=scope.as_of.weekday())
    frame = frame[during(frame, monday, 7)].sort_values(["grid_id", "start", "branch_id"], kind="stable")
    today = during(frame, scope.as_of, 1)
    over = frame["end"] <= pd.Timestamp(scope.as_of)
    status = np.select([today, over], [Status.OPEN.value, Status.DONE.value], Status.UPCOMING.value)
    return RosterCounted(compact(frame.assign(status=pd.Series(status, index=frame.index, dtype="str")).reset_index(
        drop=True
    )))  # fmt: skip


def during(frame: pd.DataFrame, first: date, days: int) -> pd.Series:
    """Return which shifts have a moment in the `days` from `first` on."""
    begin = pd.Timestamp(first)
    found: pd.Series = (frame["start"] < begin + pd.Timedelta(days=days)) & (frame["end"] > begin)
    return found & frame["grid_id"].notna()


def added(parts: Sequence[RosterCounted]) -> RosterCounted:
    """Return the shifts of several parts of the tree together."""
    return RosterCounted(joined([part.rows for part in parts]))
