"""What formulas may take from duties: those due in a period, as they stood on its last day."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from builder.language import mark
from builder.model import Period, Tables
from builder.subjects.subject import Measures

__all__ = ["MEASURES"]

NAMES: Mapping[str, str] = {
    "duty_due": mark("duties due"),
    "duty_on_time": mark("duties done on time"),
    "duty_late": mark("duties done late"),
    "duty_overdue": mark("duties not done"),
}


def count(tables: Tables, period: Period) -> pd.DataFrame:
    """Return each branch's duties whose due date lies in the period: all, and by what had become of them at its end."""
    frame, end = tables["duty"], pd.Timestamp(period.end)
    frame = frame[(frame["due_date"] >= pd.Timestamp(period.start)) & (frame["due_date"] <= end)]
    done = frame["done_date"].where(frame["done_date"] <= end)
    counts = pd.DataFrame({
        "duty_due": 1,
        "duty_on_time": (done <= frame["due_date"]).astype("int64"),
        "duty_late": (done > frame["due_date"]).astype("int64"),
        "duty_overdue": done.isna().astype("int64"),
    }, index=frame.index)  # fmt: skip
    return counts.groupby(frame["branch_id"]).sum()


MEASURES = Measures(NAMES, ("duty.branch_id", "duty.due_date", "duty.done_date"), count)
