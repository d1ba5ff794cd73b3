"""The trees of areas with their grids, and which branch answers for which grid on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from builder.frames import pairs
from builder.model import Tables, Term, Tree
from builder.places.kinds import kinds

__all__ = ["branch_parents", "others", "responsible_on", "terms", "tree"]


def tree(tables: Tables, as_of: date) -> Tree:
    """Return the main tree at `as_of`. A package without branches has no one responsible."""
    parent = parents(tables)
    return made(parent, pairs_of(tables, "grid"), responsible(terms(tables), as_of))


def made(
    parent: Mapping[str, str], placed: Iterable[tuple[str, str]], responsible: Mapping[str, str], kind: str = ""
) -> Tree:
    """Return the tree of the areas of `parent` with the grids of `placed`: (grid_id, area_id), by grid."""
    children, grids = defaultdict(list), defaultdict(list)
    for area in sorted(parent):
        children[parent[area]].append(area)
    bare = Tree((), parent, {}, {}, {}, {})
    areas_of = {}
    for grid, area in placed:
        grids[area].append(grid)
        areas_of[grid] = bare.path(area)
    return Tree(
        tops=tuple(children.pop("", ())),
        parent=parent,
        children={area: tuple(items) for area, items in children.items()},
        grids={area: tuple(items) for area, items in grids.items()},
        areas_of=areas_of,
        responsible=responsible,
        kind=kind,
    )


def others(tables: Tables, main: Tree) -> dict[str, Tree]:
    """Return kind of areas → its tree, of those that are not of the main kind, in the schema's order."""
    of, parent = kinds(tables), parents(tables, main=False)
    placed = pairs_of(tables, "grid_area") if "grid_area" in tables else []
    return {
        kind: made(
            {area: above for area, above in parent.items() if of[area] == kind},
            [(grid, area) for grid, area in placed if of.get(area) == kind],
            main.responsible,
            kind,
        )
        for kind in dict.fromkeys(of.values())
        if kind
    }


def parents(tables: Tables, *, main: bool = True) -> dict[str, str]:
    """Return area_id → parent_id, "" for the topmost, of the areas of the main kind, or of all others."""
    frame, of = tables["area"], kinds(tables)
    return {
        area: parent if isinstance(parent, str) else ""
        for area, parent in zip(frame["area_id"], frame["parent_id"], strict=True)
        if main == (not of.get(area))
    }


def branch_parents(tables: Tables) -> dict[str, str]:
    """Return branch_id → parent_id of every branch, "" for the topmost; nothing in a package without branches."""
    return pairs(tables["branch"], "branch_id", "parent_id") if "branch" in tables else {}


def pairs_of(tables: Tables, name: str) -> list[tuple[str, str]]:
    """Return the rows of a table as (grid_id, area_id), by grid."""
    frame = tables[name].sort_values("grid_id")
    return list(zip(frame["grid_id"], frame["area_id"], strict=True))


def terms(tables: Tables) -> tuple[Term, ...]:
    """Return all terms by grid and start."""
    if "branch_grid" not in tables:
        return ()
    roles = tables.values("branch_grid", "role", "responsible")
    frame = tables["branch_grid"].sort_values(["grid_id", "from_date", "branch_id"])
    columns = frame[["branch_id", "grid_id", "role", "from_date", "to_date"]]
    return tuple(
        Term(branch, grid, role, role in roles, start.date(), end.date() if pd.notna(end) else None)
        for branch, grid, role, start, end in columns.itertuples(name=None, index=False)
    )


def responsible(found: tuple[Term, ...], as_of: date) -> Mapping[str, str]:
    """Return grid_id → the branch whose responsible term began last on or before `as_of`, of those that last if any do.

    A package may let terms overlap, which coverage then tells: one that has ended must not hide one that lasts.
    """
    begun = [term for term in found if term.is_responsible and term.from_date <= as_of]
    lasting = [term for term in begun if term.to_date is None or term.to_date >= as_of]
    return {term.grid_id: term.branch_id for term in (*begun, *lasting)}


def responsible_on(tables: Tables, grid: pd.Series, on: pd.Series) -> pd.Series:
    """Return the branch responsible for `grid` on the day `on`, row by row; NA where there is none."""
    none: pd.Series[str] = pd.Series(pd.NA, index=grid.index, dtype="str")
    if "branch_grid" not in tables or grid.empty:
        return none
    frame = tables["branch_grid"]
    held = frame[frame["role"].isin(tables.values("branch_grid", "role", "responsible"))]
    left = pd.DataFrame({"grid_id": grid, "on": on, "row": range(len(grid))}).sort_values("on", kind="stable")
    right = resumed(held[["grid_id", "branch_id", "from_date", "to_date"]].dropna(subset=["grid_id", "from_date"]))
    found = pd.merge_asof(left, right, left_on="on", right_on="from_date", by="grid_id")
    found.loc[found["to_date"] < found["on"], "branch_id"] = pd.NA
    branch: pd.Series[str] = found.set_index("row")["branch_id"].sort_index()
    return branch.set_axis(grid.index)


def resumed(held: pd.DataFrame) -> pd.DataFrame:
    """Return terms by start; one that another began and ended within stands once more, from the day after that."""
    held = held.sort_values(["grid_id", "from_date"], kind="stable")
    before = held.groupby("grid_id")[["branch_id", "to_date"]].shift()
    is_followed = held["grid_id"].eq(held["grid_id"].shift())
    within = is_followed & held["to_date"].notna() & ~(before["to_date"] <= held["to_date"])
    if within.any():
        day_after = (held["to_date"][within] + pd.Timedelta(days=1)).astype(held["from_date"].dtype)
        held = pd.concat([held, before[within].assign(grid_id=held["grid_id"][within], from_date=day_after)])
    return held.sort_values("from_date", kind="stable")
