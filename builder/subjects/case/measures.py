"""What formulas may take from cases: those received in a period, as they stood on its last day.

Void cases and those of categories that are not listed are in no count, as they are in no figure of a page: whoever
works a formula out again can count every case of it in the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from builder.language import mark
from builder.model import Period, Tables
from builder.subjects.case.count import after, rows
from builder.subjects.subject import Measures

__all__ = ["MEASURES"]

NAMES: Mapping[str, str] = {
    "case_received": mark("cases received"),
    "case_resolved": mark("cases resolved"),
    "case_resolve_due": mark("cases resolved or past their limit"),
    "case_resolve_kept": mark("cases resolved within the limit"),
}
READS = (
    "case.case_id", "case.grid_id", "case.category_id", "case.received_date", "case.resolved_date",
    "case_category.category_id", "case_category.disclosure", "case_category.day_kind",
    "case_category.respond_limit_days", "case_category.resolve_limit_days",
)  # fmt: skip


def count(tables: Tables, period: Period) -> pd.DataFrame:
    """Return each branch's cases received in the period while it answered for their grid."""
    frame = rows(as_it_stood(tables, period), period)
    counts = pd.DataFrame({
        "case_received": frame["received"],
        "case_resolved": frame["is_resolved"],
        "case_resolve_due": frame["resolve_due"],
        "case_resolve_kept": frame["resolve_kept"],
    }).astype("int64")  # fmt: skip
    return counts[frame["received"] == 1].groupby(frame["branch_id"]).sum()


def as_it_stood(tables: Tables, period: Period) -> Tables:
    """Return the tables with the cases that count in a period, open where they were on its last day.

    A category that stands twice is a finding, and counts once here.
    """
    case, category, end = tables["case"], tables["case_category"], after(period.end)
    category = category.drop_duplicates("category_id").dropna(subset="category_id")
    open_to_all = tables.values("case_category", "disclosure", "itemised")
    shown = category.loc[category["disclosure"].isin(open_to_all), "category_id"]
    in_period = (case["received_date"] >= pd.Timestamp(period.start)) & (case["received_date"] < end)
    case = case[in_period & case["category_id"].isin(shown)].reset_index(drop=True)
    known = [name for name in ("responded_date", "resolved_date") if name in case]
    case = case.assign(**{name: case[name].where(case[name] < end) for name in known})
    every = tables.tables
    return replace(
        tables,
        tables={
            **every,
            "case": replace(every["case"], frame=case),
            "case_category": replace(every["case_category"], frame=category.reset_index(drop=True)),
        },
    )


MEASURES = Measures(NAMES, READS, count)
