"""Tables of cases as they would be published: by quarter and category over the tree of areas, and ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """The tree: ids, the index of the parent (−1: none), and which are grids; areas first."""

    ids: tuple[str, ...]
    parent: Values
    is_grid: npt.NDArray[np.bool_]

    def upwards(self, leaves: Values) -> Values:
        """Return `leaves` (float or int of every node) added up the tree."""
        values, at = leaves.copy(), self.parent.copy()
        while np.any(at >= 0):
            np.add.at(values, at[at >= 0], leaves[at >= 0])
            at = np.where(at >= 0, self.parent[at], -1)
        return values

    def without_grids(self) -> Places:
        """Return the tree of the areas alone."""
        keep = ~self.is_grid
        return Places(tuple(np.array(self.ids)[keep].tolist()), self.parent[keep], self.is_grid[keep])

    def above_communities(self) -> Places:
        """Return the tree down to the streets: areas that have an area above and one below, and their roots."""
        inner = np.zeros(len(self.ids), bool)
        inner[self.parent[(self.parent >= 0) & ~self.is_grid]] = True
        assert not inner[-1], "areas stand before what lies in them"
        new = np.cumsum(inner) - 1
        parent = np.where(self.parent[inner] >= 0, new[self.parent[inner]], -1)
        return Places(tuple(np.array(self.ids)[inner].tolist()), parent, self.is_grid[inner])


@dataclass(frozen=True)
class Table:
    """The cells of one category in one quarter."""

    quarter: str
    item: str
    places: Places
    values: Values


def read_places(folder: Path) -> Places:
    area = pd.read_csv(folder / "area.csv", dtype=str, keep_default_na=False)
    area = area.iloc[area["area_id"].str.len().argsort(kind="stable")]
    grid = pd.read_csv(folder / "grid.csv", dtype=str, keep_default_na=False)
    ids = (*area["area_id"], *grid["grid_id"])
    number = {place: index for index, place in enumerate(ids)}
    parents = [number.get(place, -1) for place in (*area["parent_id"], *grid["area_id"])]
    return Places(ids, np.array(parents, np.int64), np.arange(len(ids)) >= len(area))


def read_cases(folder: Path) -> pd.DataFrame:
    """Return the cases of a private package that count, with `quarter`; the last quarter is not over, so not there."""
    cases = pd.read_csv(folder / "case.csv", dtype=str, keep_default_na=False)
    cases = cases[cases["is_void"] != "是"]
    cases["quarter"] = pd.to_datetime(cases["received_date"]).dt.to_period("Q").astype(str)
    over: pd.DataFrame = cases[cases["quarter"] < cases["quarter"].max()]
    return over


def counts(cases: pd.DataFrame, places: Places, items: tuple[str, ...], *, with_grids: bool) -> Iterator[Table]:
    """Yield the tables of some categories, down to the grids or to the communities."""
    number = {place: index for index, place in enumerate(places.ids)}
    down_to = places if with_grids else places.without_grids()
    counted = cases[cases["category_id"].isin(items)].groupby(["quarter", "category_id"])
    for (quarter, item), rows in counted:
        leaves = np.bincount(rows["grid_id"].map(number), minlength=len(places.ids))
        yield Table(str(quarter), str(item), down_to, places.upwards(leaves)[: len(down_to.ids)])


def ratings(cases: pd.DataFrame, places: Places, good: tuple[str, ...]) -> Iterator[tuple[Table, Table, Table]]:
    """Yield (satisfied, not satisfied, closed) of each quarter in which cases were closed, down to the streets."""
    number = {place: index for index, place in enumerate(places.ids)}
    inner = places.above_communities()
    at = [number[place] for place in inner.ids]
    closed = cases[cases["resolved_date"] != ""]
    for quarter, rows in closed.groupby("quarter"):
        grids = rows["grid_id"].map(number)
        is_good, is_rated = rows["satisfaction"].isin(good), rows["satisfaction"] != ""
        yield tuple(  # type: ignore[misc]
            Table(str(quarter), name, inner, places.upwards(np.bincount(grids[mask], minlength=len(places.ids)))[at])
            for name, mask in (
                ("satisfied", is_good), ("dissatisfied", is_rated & ~is_good), ("closed", is_rated | True)
            )
        )  # fmt: skip
