"""Categories about persons (受保护) are in no count and no list; only 逐件公开 categories are listed case by case.

They stay out of the totals at every level for now, because a community's total minus its grids' totals
would show a single protected case (docs/adr/0002).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from builder.facts import Counts, Level
from builder.model import Tables
from builder.protect import ratings
from builder.protect.ballots import without_few

__all__ = ["category_ids", "counts"]


def category_ids(tables: Tables, role: str) -> frozenset[str]:
    """Return the codes of the categories whose disclosure plays `role`."""
    if "case_category" not in tables:
        return frozenset()
    frame = tables["case_category"]
    return frozenset(
        frame.loc[frame["disclosure"].isin(tables.values("case_category", "disclosure", role)), "category_id"]
    )


def counts(counted: Counts, tables: Tables) -> Counts:
    """Return what may be published of `counted`."""
    minimum = tables.package.settings.minimum_ballots
    counted = replace(counted, scores=without_few(counted.scores, minimum) if counted.scores else None)
    if counted.duty:
        counted = replace(counted, duty=replace(counted.duty, rows=public_only(counted.duty.rows, tables, "duty")))
    if counted.case is None:
        return counted
    allowed = category_ids(tables, "itemised") | category_ids(tables, "counted")
    itemised = category_ids(tables, "itemised")
    listed = public_only(counted.case.rows, tables, "case")
    tallies = without(counted.case.tallies, allowed)
    few = tables.package.settings.minimum_denominator
    return replace(
        counted,
        case=replace(
            counted.case,
            tallies={level: ratings.by_category(frame, few) for level, frame in tallies.items()},
            totals={level: ratings.by_unit(frame, few) for level, frame in tallies.items()},
            days=without(counted.case.days, allowed),
            months=without(counted.case.months, allowed),
            rows=listed[listed["category_id"].isin(itemised)].reset_index(drop=True),
        ),
    )


def public_only(rows: pd.DataFrame, tables: Tables, resource: str) -> pd.DataFrame:
    """Return `rows` without the resource's own columns that may be counted but not shown."""
    fields = tables.package.resources[resource].schema.fields
    return rows.drop(columns=[field.name for field in fields if field.publish != "public"], errors="ignore")


def without(levels: Mapping[Level, pd.DataFrame], allowed: frozenset[str]) -> Mapping[Level, pd.DataFrame]:
    return {level: frame[frame["category_id"].isin(allowed)].reset_index(drop=True) for level, frame in levels.items()}
