"""Projects: where each stands at as_of, which stage is late, and counts by unit and category.

A project belongs to the period by the day it is to be accepted, or because it has not been. Definitions:
docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from builder.frames import added_levels, by_level, cents, compact, joined
from builder.model import CountedPart, Level, Period, Scope, Status, Tables
from builder.subjects.project.stages import STAGES, actual, planned
from builder.subjects.project.tally import COUNTED, MONEY

__all__ = ["ProjectCounted", "added", "count", "rows"]

ORDER = (Status.OVERDUE, Status.OPEN, Status.LATE, Status.ON_TIME)
"""What needs attention comes first on a page."""


@dataclass(frozen=True, slots=True)
class ProjectCounted(CountedPart):
    """`tallies[level]`: unit, category and COUNTED. `rows`: one row a project, by grid, late first (see `rows`)."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def count(tables: Tables, scope: Scope) -> ProjectCounted:
    """Count the projects by grid, area and branch."""
    frame = rows(tables, scope.period)
    amounts = frame.assign(**{name: frame[name].fillna(0) for name in MONEY})
    return ProjectCounted(
        tallies=by_level(amounts, scope.tree, ["category"], COUNTED),
        rows=compact(frame, "project_id", "title", "result", "photo"),
    )


def added(parts: Sequence[ProjectCounted]) -> ProjectCounted:
    """Return what was counted in parts of the tree together."""
    return ProjectCounted(
        tallies=added_levels([part.tallies for part in parts], ["category"], COUNTED),
        rows=joined([part.rows for part in parts]),
    )


def rows(tables: Tables, period: Period) -> pd.DataFrame:
    """Return one row a project to be accepted on or after the period's start or not accepted, late ones first.

    Added to the table's columns: amounts in cents (Int64); status; late_stage ("" for none), the first stage whose day
    has passed and that is not done, with its day late_date and the days since; and 0 or 1 for each count.
    """
    frame = tables["project"]
    due, done = frame["accepted_due_date"], frame["accepted_date"]
    frame = frame[(due >= pd.Timestamp(period.start)) | done.isna()].reset_index(drop=True)
    today, due, done = pd.Timestamp(period.end), frame["accepted_due_date"], frame["accepted_date"]
    stage, day = late_stage(frame, today)
    accepted, passed = done.notna(), due <= today
    status = np.select(
        [accepted & (done > due), accepted, stage != ""],
        [Status.LATE.value, Status.ON_TIME.value, Status.OVERDUE.value],
        Status.OPEN.value,
    )
    counts = {
        "on_time": accepted & passed & (done <= due),
        "late": accepted & passed & (done > due),
        "unfinished": ~accepted & (due < today),
        "upcoming": ~passed | (~accepted & ~(due < today)),
        "overdue": stage != "",
    }
    known = {name: cents(frame[name]) if name in frame else pd.Series(pd.NA, frame.index, "Int64") for name in MONEY}
    order = {name.value: place for place, name in enumerate(ORDER)}
    return (
        frame.assign(
            **known,
            **{name: flag.astype("int64") for name, flag in counts.items()},
            status=status, late_stage=stage, late_date=day,
            days=(today - day).dt.days.fillna(0).astype("int64"), place=pd.Series(status).map(order),
        )
        .sort_values(
            ["grid_id", "place", "accepted_due_date", "project_id"], ascending=[True, True, False, True],
            na_position="last",
        )
        .drop(columns="place")
        .reset_index(drop=True)
    )  # fmt: skip


def late_stage(frame: pd.DataFrame, today: pd.Timestamp) -> tuple[pd.Series, pd.Series]:
    """Return the first stage of each project whose day has passed and that is not done, and that day."""
    stage = pd.Series("", frame.index, dtype="str")
    day = pd.Series(pd.NaT, frame.index, dtype="datetime64[s]")
    for name in reversed(STAGES):
        late = frame[actual(name)].isna() & (frame[planned(name)] < today)
        stage, day = stage.mask(late, name), day.mask(late, frame[planned(name)])
    return stage, day
