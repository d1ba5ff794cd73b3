"""Counts by quarter of what may not be listed: counted and protected categories, ratings, and what is left out.

Private rows go in, and what comes out may be published. Every table is a tree of its own: one quarter and one category
over the areas, and no sum over categories, quarters or branches is published that could be laid beside it. What is
small, and what would give it away, is hidden by `control`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.control import Status, protected, protected_pairs
from builder.model import Levels, Period, Policy, Tables, Tree
from builder.subjects.case.count import after, flags, whole
from builder.subjects.case.quarters import MEASURES, NO_ITEM, STATUSES, TABLE
from builder.subjects.case.timing import optional

__all__ = ["cells", "since"]

STREETS = 2
"""Levels of areas, from the top down, that have enough ratings in a quarter."""

Ints = npt.NDArray[np.int64]


class Nodes(NamedTuple):
    """The units of one kind of table: codes, each one's parent by number (-1: none), and grid_id → its lowest unit."""

    codes: tuple[str, ...]
    parent: Ints
    lowest: Mapping[str, int]

    @property
    def own(self) -> npt.NDArray[np.bool_]:
        """Which units have cases of their own beside those of the units below them."""
        found = np.zeros(len(self.codes), dtype=np.bool_)
        found[list(set(self.lowest.values()) & set(self.parent.tolist()))] = True
        return found

    def counts(self, grids: pd.Series) -> Ints:
        """Return how many of the cases, given by their grids, lie in each unit, whatever is below it included."""
        at = grids.map(self.lowest).dropna().astype(np.int64).to_numpy()
        found = np.bincount(at, minlength=len(self.codes)).astype(np.int64)
        for number in range(len(self.codes) - 1, -1, -1):  # a parent stands before its children
            if self.parent[number] >= 0:
                found[self.parent[number]] += found[number]
        return found


class Words(NamedTuple):
    """What the package calls measures and statuses, by role."""

    measure: Mapping[str, str]
    status: Mapping[str, str]

    def rows(self, measure: str, item: str, nodes: Nodes, values: Ints, statuses: npt.NDArray[np.int8]) -> pd.DataFrame:
        """Return the cells of one table; what is 0 and shown is left out."""
        told = np.flatnonzero((values > 0) | (statuses != Status.SHOWN))
        names = {Status.SHOWN: "", Status.FEWER: self.status["fewer"], Status.WITHHELD: self.status["withheld"]}
        shown = statuses[told] == Status.SHOWN
        return pd.DataFrame({
            "place_id": [nodes.codes[number] for number in told],
            "measure": self.measure[measure],
            "item": item or NO_ITEM,
            "count": pd.array(np.where(shown, values[told], 0), dtype="Int64"),
            "status": [names[Status(statuses[number])] or None for number in told],
        }).assign(count=lambda frame: frame["count"].mask(~shown, pd.NA))  # fmt: skip


class Quarter(NamedTuple):
    """The cases of one quarter. `received`: placed, not void, by the day of receipt; `closed`: by that of resolving."""

    received: pd.DataFrame
    closed: pd.DataFrame
    left_out: Mapping[str, pd.DataFrame]
    settled: date


def since(tables: Tables) -> date | None:
    """Return the first day on which any case was received."""
    days = tables["case"]["received_date"].dropna()
    return None if days.empty else days.min().date()


def cells(tables: Tables, tree: Tree, policy: Policy, span: Period) -> pd.DataFrame:
    """Return what may be published of the quarter `span`."""
    words, levels = read_words(tables), policy.levels["case"]
    quarter = of_quarter(tables, span)
    found = [
        *categories(tables, tree, policy, words, quarter.received),
        *kept(tables, tree, policy, words, quarter),
        *ratings(tables, tree, policy, words, listed(quarter.closed, levels)),
        *petitions(tree, policy, words, listed(quarter.received, levels)),
        *left_out(tree, policy, words, quarter.left_out),
    ]
    return pd.concat(found, ignore_index=True) if found else nothing(words)


def nothing(words: Words) -> pd.DataFrame:
    empty = Nodes((), np.empty(0, np.int64), {})
    return words.rows("void", "", empty, np.empty(0, np.int64), np.empty(0, np.int8))


def read_words(tables: Tables) -> Words:
    """Return the package's word for each role, "" where it has none: such a table is not made."""

    def word(field: str, role: str) -> str:
        return min(tables.values(TABLE, field, role), default="")

    return Words({role: word("measure", role) for role in MEASURES}, {role: word("status", role) for role in STATUSES})


def of_quarter(tables: Tables, span: Period) -> Quarter:
    """Return the cases of a quarter, as they stood when it was closed."""
    settled = span.end + timedelta(days=tables.package.settings.closing_days)
    case = whole(tables)
    known = {name: optional(case, name) for name in ("responded_date", "resolved_date") if name in case}
    case = case.assign(**{name: day.where(day < after(settled)) for name, day in known.items()})
    received, resolved = within(case["received_date"], span), within(optional(case, "resolved_date"), span)
    counts = ~case["is_void"] & case["is_placed"]
    return Quarter(
        received=case[received & counts].reset_index(drop=True),
        closed=case[resolved & counts].reset_index(drop=True),
        left_out={
            "void": case[received & case["is_void"]],
            "unplaced": case[received & ~case["is_void"] & ~case["is_placed"]],
        },
        settled=settled,
    )


def within(day: pd.Series, span: Period) -> pd.Series:
    return (day >= pd.Timestamp(span.start)) & (day < after(span.end))


def listed(case: pd.DataFrame, levels: Levels) -> pd.DataFrame:
    return case[case["category_id"].isin(levels.itemised)]


# ── units ────────────────────────────────────────────────────────────────────────────────────────


def nodes(tree: Tree, depth: int | None, *, with_grids: bool = False) -> Nodes:
    """Return the areas from the top down, `depth` levels of them (None: all), with the grids below them."""
    codes: list[str] = []
    parent: list[int] = []
    number: dict[str, int] = {}
    waiting = [(area, -1, 1) for area in tree.tops]
    for area, above, level in waiting:  # grows while it is walked
        number[area] = len(codes)
        codes.append(area)
        parent.append(above)
        if depth is None or level < depth:
            waiting += [(child, number[area], level + 1) for child in tree.children.get(area, ())]
    lowest = {}
    for grid, path in tree.areas_of.items():
        inside = [number[area] for area in path if area in number]
        if inside and with_grids:
            lowest[grid] = len(codes)
            codes.append(grid)
            parent.append(inside[-1])
        elif inside:
            lowest[grid] = inside[-1]
    return Nodes(tuple(codes), np.array(parent, dtype=np.int64), lowest)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


class Limit(NamedTuple):
    """The smallest count of a category that is shown, and whether its zeros tell something too."""

    least: int
    zero_is_sensitive: bool


def limits(tables: Tables, policy: Policy) -> Mapping[str, Limit]:
    """Return category → its limit: its own, never below the package's."""
    category = tables["case_category"].drop_duplicates("category_id")
    least = optional_numbers(category, "minimum_cell").fillna(0).astype(int)
    zero = category["hides_zero"].fillna(False).astype(bool) if "hides_zero" in category else [False] * len(category)
    return {
        code: Limit(max(policy.minimum_cell, own), bool(hides))
        for code, own, hides in zip(category["category_id"], least, zero, strict=True)
    }


def optional_numbers(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name] if name in frame else pd.Series(pd.NA, index=frame.index, dtype="Int64")


def categories(
    tables: Tables, tree: Tree, policy: Policy, words: Words, case: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield the cases received by category: counted ones down to the grids, protected ones down to the communities."""
    levels, limit = policy.levels["case"], limits(tables, policy)
    fine, coarse = nodes(tree, None, with_grids=True), nodes(tree, None)
    for code in sorted(set(limit) - levels.itemised) if words.measure["received"] else ():
        units = fine if code in levels.counted else coarse
        values = units.counts(case.loc[case["category_id"] == code, "grid_id"])
        least, zero = limit[code]
        hidden = protected(values, units.parent, least, zero_is_sensitive=zero, own=units.own)
        yield words.rows("received", code, units, values, hidden)


def kept(tables: Tables, tree: Tree, policy: Policy, words: Words, quarter: Quarter) -> Iterator[pd.DataFrame]:
    """Yield how many cases of a counted category were resolved in time, and how many not: for topmost areas alone.

    Below them they would be parts of counts that are hidden themselves.
    """
    case, tops = quarter.received, nodes(tree, 1)
    if not words.measure["kept"] or not words.measure["late"] or "resolved_date" not in case:
        return
    found = flags(tables, case, quarter.settled)
    in_time, due = (found[name].astype(bool) for name in ("resolve_kept", "resolve_due"))
    limit = limits(tables, policy)
    for code in sorted(policy.levels["case"].counted & set(limit)):
        at = (case["category_id"] == code).to_numpy()
        good, bad = (tops.counts(case.loc[at & which, "grid_id"]) for which in (in_time, due & ~in_time))
        yield from both(words, ("kept", "late"), code, tops, (good, bad), limit[code].least)


def ratings(
    tables: Tables, tree: Tree, policy: Policy, words: Words, case: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield how residents rated cases that are listed, resolved in the quarter: of topmost areas and streets."""
    hits = tables.values("case", "satisfaction", "favourable")
    if "satisfaction" not in case or not hits or not words.measure["satisfied"] or not words.measure["dissatisfied"]:
        return
    units, rating = nodes(tree, STREETS), case["satisfaction"]
    good = units.counts(case.loc[rating.isin(hits), "grid_id"])
    bad = units.counts(case.loc[rating.notna() & ~rating.isin(hits), "grid_id"])
    hidden = protected_pairs(good, bad, units.parent, units.counts(case["grid_id"]), policy.minimum_cell)
    # where nothing was resolved nothing was rated, and anybody can see that
    closed = {code for code, some in zip(units.codes, units.counts(case["grid_id"]), strict=True) if some}
    for measure, values in (("satisfied", good), ("dissatisfied", bad)):
        rows = words.rows(measure, "", units, values, hidden)
        yield rows[rows["place_id"].isin(closed)]


def petitions(tree: Tree, policy: Policy, words: Words, case: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the listed cases by whose they were, one person's or many's: of topmost areas, all values or none.

    How many there are together can be counted in the list, so one value that is hidden alone is not hidden.
    """
    if "petition_kind" not in case or not words.measure["petition"]:
        return
    tops, kind = nodes(tree, 1), case["petition_kind"].fillna("")
    found = {value: tops.counts(case.loc[kind == value, "grid_id"]) for value in sorted(kind.unique())}
    if len(found) < 2:
        return
    shown = np.all([values >= policy.minimum_cell for values in found.values()], axis=0)
    for value, values in found.items():
        yield words.rows("petition", value, tops, np.where(shown, values, 0), all_shown(tops))


def left_out(
    tree: Tree, policy: Policy, words: Words, frames: Mapping[str, pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Yield how many cases are in no other count: void ones, and those without a grid or a category."""
    tops = nodes(tree, 1)
    for measure, case in frames.items():
        values = tops.counts(case["grid_id"])
        if len(tops.codes) == 1:  # a case without a grid lies in the one there is
            values = np.array([len(case)], dtype=np.int64)
        if words.measure[measure]:
            yield words.rows(measure, "", tops, values, protected(values, tops.parent, policy.minimum_cell))


def both(
    words: Words, measures: tuple[str, str], item: str, units: Nodes, values: tuple[Ints, Ints], least: int
) -> Iterator[pd.DataFrame]:
    """Yield two counts that are shown together, where both are large enough; `units` are parts of nothing."""
    shown = (values[0] >= least) & (values[1] >= least)
    for measure, found in zip(measures, values, strict=True):
        yield words.rows(measure, item, units, np.where(shown, found, 0), all_shown(units))


def all_shown(units: Nodes) -> npt.NDArray[np.int8]:
    return np.full(len(units.codes), Status.SHOWN, dtype=np.int8)
