"""Cases counted across categories: by the way they came in, and who handled them.

For areas and branches only: in a grid the cells would be too small for a rate. Counted apart by how openly a
category may be shown, so that `protect` can leave some out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from builder.frames import by_unit, lowest, upward
from builder.model import Level, Tables, Tree
from builder.subjects.case.tally import COUNTED

__all__ = ["CUTS", "KEYS", "by_value"]

CUTS = ("channel", "handler_kind")
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
    schema = tables.package.resources["case"].schema
    used = [name for name in CUTS if name in frame and schema[name].publish != "never"]
    if not used:
        return {}, {}
    openly = tables["case_category"].set_index("category_id")["disclosure"]
    values = [frame[name].fillna("").astype("category") for name in used]
    # each row once for every cut: one grouping of them all is faster than one a cut
    rows = np.tile(np.arange(len(frame)), len(used))
    whole = pd.DataFrame({
        "area": lowest(units["grid_id"], tree).array.take(rows),
        "branch": units["branch_id"].array.take(rows),
        "disclosure": units["category_id"].map(openly).astype("category").array.take(rows),
        "cut": pd.Categorical(used).take(np.repeat(np.arange(len(used)), len(frame))),
        "value": union_categoricals(values, sort_categories=True),
        **{name: frame[name].to_numpy()[rows] for name in (*COUNTED, "days", "is_resolved")},
    })  # fmt: skip
    lengths = whole.assign(resolved=whole["is_resolved"], censored=1 - whole["is_resolved"])
    lengths = lengths[(whole["received"] == 1) & ("resolved_date" in frame)]
    return levels(whole, tree, [], COUNTED), levels(lengths, tree, ["days"], ("resolved", "censored"))


def levels(frame: pd.DataFrame, tree: Tree, keys: list[str], counted: Sequence[str]) -> Frames:
    """Return for each level a frame of unit, KEYS, `keys` and `counted`: every area holds those below it."""
    area, branch = (by_unit(frame, level, [*KEYS, *keys], counted) for level in LEVELS)
    return {"area": upward(area, tree, [*KEYS, *keys], counted), "branch": branch}
