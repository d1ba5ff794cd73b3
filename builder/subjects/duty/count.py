"""Duties: each one's status at as_of, and counts by unit and category.

A duty belongs to the period by its due date. Due today and not done is not late yet; done before a due
date that lies after as_of is upcoming in the counts. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from builder.frames import added_levels, by_level, compact, joined
from builder.model import CountedPart, Level, Period, Scope, Status, Tables
from builder.subjects.duty.tally import COUNTED

__all__ = ["DutyCounted", "added", "count", "rows"]

ORDER = (Status.OVERDUE, Status.LATE, Status.UPCOMING, Status.DONE, Status.ON_TIME)
"""What needs attention comes first on a page."""


@dataclass(frozen=True, slots=True)
class DutyCounted(CountedPart):
    """`tallies[level]`: unit, category and COUNTED. `rows`: one row a duty, by grid, late first (see `rows`)."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def count(tables: Tables, scope: Scope) -> DutyCounted:
    """Count the duties due in the period (and those due later, as upcoming) by grid, area and branch."""
    frame = rows(tables, scope.period)
    return DutyCounted(
        tallies=by_level(frame, scope.tree, ["category"], COUNTED), rows=compact(frame, "duty_id", "evidence_url")
    )


def added(parts: Sequence[DutyCounted]) -> DutyCounted:
    """Return what was counted in parts of the tree together."""
    return DutyCounted(
        tallies=added_levels([part.tallies for part in parts], ["category"], COUNTED),
        rows=joined([part.rows for part in parts]),
    )


def rows(tables: Tables, period: Period) -> pd.DataFrame:
    """Return one row a duty due on or after the period's start or never done, by grid, what is late first.

    Added to the table's columns: status, days (overdue or late), and 0 or 1 for each of COUNTED.
    """
    frame = tables["duty"]
    recent = frame["due_date"] >= pd.Timestamp(period.start)
    frame = frame[recent | frame["done_date"].isna()].reset_index(drop=True)
    today, due, done = pd.Timestamp(period.end), frame["due_date"], frame["done_date"]
    is_done = done.notna()
    status = np.select(
        [is_done & (done > due), is_done & (due <= today), is_done, due < today],
        [Status.LATE.value, Status.ON_TIME.value, Status.DONE.value, Status.OVERDUE.value],
        Status.UPCOMING.value,
    )
    delay = (done.fillna(today) - due).dt.days.clip(lower=0).where(np.isin(status, [Status.LATE, Status.OVERDUE]), 0)
    columns = {name: (status == name).astype(np.int64) for name in ("on_time", "late", "overdue")}
    upcoming = np.isin(status, [Status.UPCOMING, Status.DONE]).astype(np.int64)
    frame = frame.assign(status=status, days=delay.astype(np.int64), upcoming=upcoming, **columns)
    order = {name.value: place for place, name in enumerate(ORDER)}
    return (
        frame.assign(place=frame["status"].map(order))
        .sort_values(
            ["grid_id", "place", "due_date", "duty_id"], ascending=[True, True, False, True], na_position="last"
        )
        .drop(columns="place")
        .reset_index(drop=True)
    )
