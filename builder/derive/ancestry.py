"""The tree of areas with its grids, and which branch answers for which grid on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import pandas as pd

from builder.facts import Ancestry, Term
from builder.model import Tables

__all__ = ["ancestry", "responsible_on"]


def ancestry(tables: Tables, as_of: date) -> Ancestry:
    """Return the tree at `as_of`. A package without areas or branches has empty parts."""
    parent = parents(tables)
    children, grids = defaultdict(list), defaultdict(list)
    for area in sorted(parent):
        children[parent[area]].append(area)
    areas_of = {}
    for grid, area in grid_areas(tables):
        grids[area].append(grid)
        areas_of[grid] = chain(parent, area)
    terms = all_terms(tables)
    by_grid, by_branch = grouped(terms, "grid_id"), grouped(terms, "branch_id")
    return Ancestry(
        tops=tuple(children.pop("", ())),
        parent=parent,
        children={area: tuple(items) for area, items in children.items()},
        grids={area: tuple(items) for area, items in grids.items()},
        areas_of=areas_of,
        responsible={grid: branch for grid, items in by_grid.items() if (branch := last_responsible(items, as_of))},
        terms=by_grid,
        branch_terms=by_branch,
    )


def parents(tables: Tables) -> dict[str, str]:
    """Return area_id → parent_id, "" for the topmost."""
    if "area" not in tables:
        return {}
    frame = tables["area"]
    return {
        area: parent if isinstance(parent, str) else ""
        for area, parent in zip(frame["area_id"], frame["parent_id"], strict=True)
    }


def grid_areas(tables: Tables) -> list[tuple[str, str]]:
    frame = tables["grid"].sort_values("grid_id")
    return list(zip(frame["grid_id"], frame["area_id"], strict=True))


def chain(parent: Mapping[str, str], area: str) -> tuple[str, ...]:
    """Return `area` and all areas above it, topmost first."""
    path: list[str] = []
    while area and area not in path:
        path.append(area)
        area = parent.get(area, "")
    return tuple(reversed(path))


def all_terms(tables: Tables) -> list[Term]:
    if "branch_grid" not in tables:
        return []
    roles = tables.values("branch_grid", "role", "responsible")
    frame = tables["branch_grid"].sort_values(["grid_id", "from_date", "branch_id"])
    columns = frame[["branch_id", "grid_id", "role", "from_date", "to_date"]]
    return [
        Term(branch, grid, role, role in roles, start.date(), end.date() if pd.notna(end) else None)
        for branch, grid, role, start, end in columns.itertuples(name=None, index=False)
    ]


def grouped(terms: list[Term], key: str) -> dict[str, tuple[Term, ...]]:
    result: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        result[getattr(term, key)].append(term)
    return {name: tuple(items) for name, items in result.items()}


def last_responsible(terms: tuple[Term, ...], as_of: date) -> str:
    """Return the branch whose responsible term began last on or before `as_of`, "" when none did."""
    begun = [term.branch_id for term in terms if term.is_responsible and term.from_date <= as_of]
    return begun[-1] if begun else ""


def responsible_on(tables: Tables, grid: pd.Series, on: pd.Series) -> pd.Series:
    """Return the branch responsible for `grid` on the day `on`, row by row; NA where there is none."""
    none: pd.Series[str] = pd.Series(pd.NA, index=grid.index, dtype="str")
    if "branch_grid" not in tables:
        return none
    frame = tables["branch_grid"]
    terms = frame[frame["role"].isin(tables.values("branch_grid", "role", "responsible"))]
    left = pd.DataFrame({"grid_id": grid, "on": on, "row": range(len(grid))}).sort_values("on", kind="stable")
    right = terms[["grid_id", "branch_id", "from_date", "to_date"]].sort_values("from_date", kind="stable")
    found = pd.merge_asof(left, right, left_on="on", right_on="from_date", by="grid_id")
    found.loc[found["to_date"] < found["on"], "branch_id"] = pd.NA
    branch: pd.Series[str] = found.set_index("row")["branch_id"].sort_index()
    return branch.set_axis(grid.index)
