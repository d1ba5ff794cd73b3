"""Partners: where each unit is, what stands on its lists in the period, and which needs have an offer.

An item belongs to the grid it serves, else to the place of its unit: a grid, or an area as a whole. It counts when it
is not withdrawn, began by as_of, and did not end before the period. Definitions: docs/metrics.md.

Counted at once, not street by street: units without a grid, and the offers that needs of a grid are held against, lie
across what the tables are parted by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from builder.frames import compact
from builder.model import CountedPart, Level, Scope, Tables, Tree
from builder.subjects.partner.match import Item, Match, matches
from builder.subjects.partner.tally import COUNTED, PARTS

__all__ = ["PartnerCounted", "count", "items", "partners"]

FOREVER = 10**6
"""A day, since 1970-01-01, that no date reaches."""


@dataclass(frozen=True, slots=True)
class PartnerCounted(CountedPart):
    """`tallies[level]`: unit, category and COUNTED. `partners`, `items`: one row each (see there)."""

    tallies: Mapping[Level, pd.DataFrame]
    partners: pd.DataFrame
    items: pd.DataFrame


def count(tables: Tables, scope: Scope) -> PartnerCounted:
    """Count what partner units offer, need and take on, by grid, area and branch."""
    units = partners(tables, scope.tree)
    rows = items(tables, units, scope)
    return PartnerCounted(
        tallies=tallies(rows, scope.tree),
        partners=compact(units, "partner_id", "name"),
        items=compact(rows, "item_id", "title"),
    )


def partners(tables: Tables, tree: Tree) -> pd.DataFrame:
    """Return one row a unit that has a place, by name: grid_id may be empty, area_id is the one it lies in directly.

    Added to the table's columns: branch_id, of the branch responsible for its grid at as_of.
    """
    frame = tables["partner"]
    if "grid_id" not in frame:
        frame = frame.assign(grid_id=pd.Series(pd.NA, index=frame.index, dtype="str"))
    frame = placed(frame, tree)
    return frame.sort_values(["name", "partner_id"]).reset_index(drop=True)


def placed(frame: pd.DataFrame, tree: Tree) -> pd.DataFrame:
    """Return the rows whose place is in the tree, with the area of their grid, and its branch where they name none."""
    direct = {grid: areas[-1] for grid, areas in tree.areas_of.items() if areas}
    area = frame["grid_id"].map(direct).astype("str").fillna(frame["area_id"])
    branch = frame["grid_id"].map(dict(tree.responsible)).astype("str")
    if "branch_id" in frame:
        branch = frame["branch_id"].fillna(branch)
    return frame.assign(area_id=area, branch_id=branch)[area.isin(list(tree.parent))]


def items(tables: Tables, units: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return one row an item of the period, by place and time: what is not done first, then what has no match.

    Added to the table's columns: `part` (one of PARTS), area_id, partner and partner_kind (of its unit),
    match_title, match_partner and match_area (of the offer that fits a need; no area: agreed upon, or the same grid),
    and 0 or 1 for each of COUNTED.
    """
    frame = tables["partner_item"]
    roles = {value: part for part in PARTS for value in tables.values("partner_item", "list_kind", part)}
    frame = frame.assign(part=frame["list_kind"].map(roles).astype("str"))
    unit = units.set_index("partner_id")
    own = frame["partner_id"].map(unit["grid_id"])
    grid = frame["grid_id"].fillna(own) if "grid_id" in frame else own
    frame = frame.assign(
        grid_id=grid,
        area_id=frame["partner_id"].map(unit["area_id"]),
        partner=frame["partner_id"].map(unit["name"]),
        partner_kind=frame["partner_id"].map(unit["kind"]),
    )
    every = frame.drop_duplicates("item_id").set_index("item_id")
    frame = placed(current(frame, tables, scope), scope.tree)
    return counted(matched(frame, every, scope)).sort_values(
        ["done", "agreed", "possible", "from_date", "item_id"], ascending=[True, True, True, False, True]
    ).reset_index(drop=True)  # fmt: skip


def current(frame: pd.DataFrame, tables: Tables, scope: Scope) -> pd.DataFrame:
    """Return the items on some day of the period, withdrawn ones left out. A project lasts until it is done."""
    start, today = pd.Timestamp(scope.period.start), pd.Timestamp(scope.period.end)
    end = frame["done_date"].where(frame["part"] == "project", last_day(frame))
    kept = frame["part"].notna() & (frame["from_date"] <= today) & ~(end < start)
    if "status" in frame:
        kept &= ~frame["status"].isin(tables.values("partner_item", "status", "withdrawn"))
    return frame[kept]


def last_day(frame: pd.DataFrame) -> pd.Series:
    """Return the last day of each item, NaT where it has none: a need that is met needs nothing more."""
    return frame["to_date"].where(frame["part"] == "offer", frame["done_date"].fillna(frame["to_date"]))


def matched(frame: pd.DataFrame, every: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the items with the columns of their match; `every`: item_id → any item, of any time."""
    none: pd.Series = pd.Series(pd.NA, index=frame.index, dtype="str")
    agreed = frame.get("matched_item_id", none).where(frame["part"] == "need")
    is_open = (frame["part"] == "need") & agreed.isna()
    tree, today = scope.tree, (scope.as_of - date(1970, 1, 1)).days
    found = matches(listed(frame[is_open], tree), listed(frame[frame["part"] == "offer"], tree), today)
    nothing = Match("", "")
    fitting = [found.get(code, nothing) for code in frame["item_id"]]
    near = pd.Series([item.item_id or None for item in fitting], index=frame.index, dtype="str")
    place = [item.place if item.place in tree.parent else None for item in fitting]
    match = agreed.fillna(near)
    return frame.assign(
        match_title=match.map(every["title"]).astype("str"),
        match_partner=match.map(every["partner"]).astype("str"),
        match_area=pd.Series(place, index=frame.index, dtype="str"),
        agreed=agreed.notna(),
        possible=near.notna(),
    )


def listed(frame: pd.DataFrame, tree: Tree) -> Iterable[Item]:
    """Yield the rows as what is matched: the grid, then the areas around it, save the topmost."""
    first = frame["from_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    end = last_day(frame)
    last = np.where(end.isna(), FOREVER, end.to_numpy().astype("datetime64[D]").astype(np.int64))
    columns = (frame[name] for name in ("item_id", "partner_id", "category", "grid_id", "area_id"))
    for item, partner, category, grid, area, begin, until in zip(*columns, first, last, strict=True):
        own = (grid,) if isinstance(grid, str) else ()
        areas = tuple(reversed(tree.path(area)[1:]))
        yield Item(item, partner, category, (*own, *areas), int(begin), int(until))


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the items with 0 or 1 for each of COUNTED."""
    part = frame["part"]
    flags = {
        "offer": part == "offer",
        "agreed": frame["agreed"],
        "possible": frame["possible"],
        "unmatched": (part == "need") & ~frame["agreed"] & ~frame["possible"],
        "project": part == "project",
        "done": (part == "project") & frame["done_date"].notna(),
    }
    return frame.assign(**{name: flag.astype(np.int64) for name, flag in flags.items()})


def tallies(rows: pd.DataFrame, tree: Tree) -> Mapping[Level, pd.DataFrame]:
    """Sum COUNTED by unit and category. What belongs to an area as a whole counts there and above, for no grid."""
    pairs = [(area, unit) for area in rows["area_id"].unique() for unit in tree.path(area)]
    above = pd.DataFrame(pairs, columns=["area_id", "unit"], dtype="str")
    frames: Mapping[Level, pd.DataFrame] = {
        "grid": rows.assign(unit=rows["grid_id"]),
        "area": rows.merge(above, on="area_id"),
        "branch": rows.assign(unit=rows["branch_id"]),
    }
    return {
        level: compact(frame.groupby(["unit", "category"], sort=True)[list(COUNTED)].sum().reset_index())
        for level, frame in frames.items()
    }
