"""Cases counted across categories: by the way they came in, who handled them, one person's or many's.

For areas and branches only: in a grid the cells would be too small for a rate. Counted apart by how openly a
category may be shown, so that `protect` can leave some out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pandas as pd

from builder.frames import compact
from builder.model import Level, Tables, Tree
from builder.subjects.case.tally import COUNTED

__all__ = ["CUTS", "KEYS", "by_value"]

CUTS = ("channel", "handler_kind", "petition_kind")
"""Columns of the cases, in the order of a page."""

KEYS = ("disclosure", "cut", "value")
"""How openly, which of CUTS, and its value, "" where the cell is empty."""

LEVELS: tuple[Level, ...] = ("area", "branch")
Frames: TypeAlias = Mapping[Level, pd.DataFrame]


def by_value(tables: Tables, frame: pd.DataFrame, units: pd.DataFrame, tree: Tree) -> tuple[Frames, Frames]:
    """Return the counts of `frame` (rows with COUNTED, days, is_resolved) by unit and KEYS, and the days by these.

    `units`: grid_id, branch_id and category_id of each row as categories. A column that the package never publishes is
    not counted.
    """
    category = tables["case_category"].set_index("category_id")["disclosure"]
    lowest = {grid: areas[-1] for grid, areas in tree.areas_of.items()}
    keys = pd.DataFrame({
        "area": units["grid_id"].map(lowest).astype("category"),
        "branch": units["branch_id"],
        "disclosure": units["category_id"].map(category).astype("category"),
    })  # fmt: skip
    recent = frame["received"] == 1
    ended = frame["is_resolved"]
    histogram = pd.DataFrame({"days": frame["days"], "resolved": ended, "censored": 1 - ended})
    if "resolved_date" not in frame:
        recent &= False
    schema = tables.package.resources["case"].schema
    used = [name for name in CUTS if name in frame and schema[name].publish != "never"]
    values = {name: frame[name].astype("category").cat.add_categories("").fillna("") for name in used}
    counts = {name: keys.assign(value=value).join(frame[list(COUNTED)]) for name, value in values.items()}
    lengths = {name: keys.assign(value=value).join(histogram)[recent] for name, value in values.items()}
    return (
        levels(counts, tree, ["disclosure", "value"], list(COUNTED)),
        levels(lengths, tree, ["disclosure", "value", "days"], ["resolved", "censored"]),
    )


def levels(frames: Mapping[str, pd.DataFrame], tree: Tree, keys: list[str], counted: list[str]) -> Frames:
    """Return for each level a frame of unit, cut, keys and counted: every area holds those below it."""
    found: dict[Level, pd.DataFrame] = {}
    for level in LEVELS:
        parts = [summed(frame, level, keys, counted).assign(cut=cut) for cut, frame in frames.items()]
        empty = pd.DataFrame(columns=["unit", *keys, *counted, "cut"]).astype(dict.fromkeys(counted, "int64"))
        whole = pd.concat(parts) if parts else empty
        if level == "area":
            pairs = [(area, above) for area in whole["unit"].unique() for above in tree.path(area)]
            above = pd.DataFrame(pairs, columns=["unit", "area"], dtype="str")
            whole = whole.merge(above, on="unit").drop(columns="unit")
            whole = summed(whole, "area", [*keys, "cut"], counted)
        found[level] = compact(whole[["unit", "cut", *keys, *counted]])
    return found


def summed(frame: pd.DataFrame, unit: str, keys: list[str], counted: list[str]) -> pd.DataFrame:
    result = frame.groupby([unit, *keys], observed=True, sort=True)[counted].sum().reset_index()
    texts = [name for name in (unit, *keys) if name != "days"]
    return result.astype(dict.fromkeys(texts, "str")).rename(columns={unit: "unit"})
