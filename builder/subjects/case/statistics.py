"""Counts of what may not be listed, by quarter and year: counted and protected categories, ratings, what is left out.

Private rows go in, and what comes out may be published. Every table is a tree of its own: one period and one category
over the areas, and no sum over categories, periods or branches is published that could be laid beside it. What is
small, and what would give it away, is hidden by `control`. Quarters go down to the streets, ratings by quarter to the
topmost areas; below them a quarter has too few cases to be told apart, so a year is counted there (docs/adr/0018).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.control import Status
from builder.model import Levels, Period, Policy, Tables, Tree
from builder.subjects.case.count import after, flags, whole
from builder.subjects.case.making import Limit, Making, Sums, making, sums
from builder.subjects.case.timing import optional
from builder.subjects.case.units import Ints, Units, units
from builder.subjects.counts import NO_ITEM
from builder.subjects.subject import Closing

__all__ = ["cells", "since"]

STREETS = 2
"""Levels of areas, from the top down, that have enough cases in a quarter."""


class Quarter(NamedTuple):
    """The cases of one period. `received`: placed, not void, by the day of receipt; `closed`: by that of resolving.

    `left_out`: void → those received that are void, unplaced → those without a grid or a category.
    """

    received: pd.DataFrame
    closed: pd.DataFrame
    left_out: Mapping[str, pd.DataFrame]
    settled: date


def since(tables: Tables) -> date | None:
    """Return the first day on which any case was received."""
    days = tables["case"]["received_date"].dropna()
    return None if days.empty else days.min().date()


def cells(tables: Tables, tree: Tree, policy: Policy, closing: Closing) -> pd.DataFrame:
    """Return what may be published of a quarter, or of a year."""
    make, levels = making(tables, tree, policy, closing), policy.levels["case"]
    cases = of_period(tables, closing.span)
    if closing.is_year:
        known = sums(make, closing)
        found = [*yearly(make, cases.received, known), *ratings(make, listed(cases.closed, levels), known)]
    else:
        found = [
            *quarterly(make, cases.received),
            *kept(make, cases),
            *ratings(make, listed(cases.closed, levels), None),
            *petitions(make, listed(cases.received, levels)),
            *left_out(make, {**cases.left_out, "unplaced": unlisted(cases.left_out["unplaced"], levels)}),
        ]
    empty = make.words.rows("void", "", (), np.empty(0, np.int64), np.empty(0, np.int8))
    return pd.concat([empty, *found], ignore_index=True)


def of_period(tables: Tables, span: Period) -> Quarter:
    """Return the cases of a period, as they stood when it was closed."""
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


def unlisted(case: pd.DataFrame, levels: Levels) -> pd.DataFrame:
    """Return the cases that are in no list: those in it anybody can count."""
    return case[~case["category_id"].isin(levels.itemised)]


def grids_of(case: pd.DataFrame, category: str) -> pd.Series:
    return case.loc[case["category_id"] == category, "grid_id"]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def quarterly(make: Making, case: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the cases received in a quarter by category, those that are not listed, down to the streets."""
    streets = units(make.tree, STREETS)
    for code in make.hidden if make.words.measure["received"] else ():
        values = streets.counts(grids_of(case, code))
        hidden = make.statuses("received", code, streets, values, make.limits[code])
        yield make.words.rows("received", code, streets.codes, values, hidden)


def yearly(make: Making, case: pd.DataFrame, known: Sums) -> Iterator[pd.DataFrame]:
    """Yield the cases received in a year by category, below the streets: by community, and by grid where none is small.

    A street is told apart only where its quarters are all shown and add up to the same number: then it is a table of
    its own, whose sum everybody knows. Of any other nothing is said below it.
    """
    areas = units(make.tree)
    for code in make.hidden if make.words.measure["received"] else ():
        values = areas.counts(grids_of(case, code))
        streets = np.flatnonzero(areas.level == STREETS)
        told = [n for n in streets.tolist() if known.get(("received", areas.codes[n], code)) == values[n]]
        parts, at = areas.below(told)
        sums_known = make.knowing({("received", areas.codes[n], code): int(values[n]) for n in told})
        hidden = sums_known.statuses("received", code, parts, values[at], make.limits[code])
        is_told = hidden[parts.root] == Status.SHOWN
        kept = np.flatnonzero(is_told & (parts.parent >= 0))
        codes = tuple(parts.codes[n] for n in kept)
        yield make.words.rows("received", code, codes, values[at][kept], hidden[kept])
        if code in make.counted and not make.limits[code].zero_is_sensitive:
            shown = np.flatnonzero(is_told & (hidden == Status.SHOWN) & ~np.isin(np.arange(len(at)), parts.parent))
            yield by_grid(make, code, grids_of(case, code), {parts.codes[n] for n in shown})


def by_grid(make: Making, code: str, grids: pd.Series, communities: set[str]) -> pd.DataFrame:
    """Return the grids of those communities in which each grid has none, or enough."""
    counts, found = grids.value_counts().to_dict(), []
    for community in sorted(communities):
        below = [(grid, int(counts.get(grid, 0))) for grid in make.tree.grids.get(community, ())]
        if all(count == 0 or count >= make.limits[code].least for _, count in below):
            found += below
    values = np.array([count for _, count in found], dtype=np.int64)
    make.may_change("received", code, tuple(grid for grid, _ in found), values, make.limits[code].least)
    return make.words.rows("received", code, tuple(grid for grid, _ in found), values, all_shown(values))


def kept(make: Making, cases: Quarter) -> Iterator[pd.DataFrame]:
    """Yield how many cases of a counted category were resolved in time, and how many not: for topmost areas alone.

    Below them they would be parts of counts that are hidden themselves. Beside what was received they tell how many are
    still under way; where that is hidden, they tell that it is no less.
    """
    case, tops, streets = cases.received, units(make.tree, 1), units(make.tree, STREETS)
    if not make.words.measure["kept"] or not make.words.measure["late"] or "resolved_date" not in case:
        return
    found = flags(make.tables, case, cases.settled)
    in_time, due = (found[name].astype(bool) for name in ("resolve_kept", "resolve_due"))
    for code in sorted(make.counted & set(make.limits)):
        limit, grids = make.limits[code], case["grid_id"].where(case["category_id"] == code)
        good, bad = (tops.counts(grids[which]) for which in (in_time, due & ~in_time))
        values = streets.counts(grids)
        told = make.statuses("received", code, streets, values, limit)[streets.level == 1] == Status.SHOWN
        rest = values[streets.level == 1] - good - bad
        is_enough = (rest >= limit.least) | ((rest == 0) & (not limit.zero_is_sensitive))
        yield from together(make, {"kept": good, "late": bad}, code, tops, limit.least, told & is_enough)


def together(
    make: Making, found: Mapping[str, Ints], item: str, tops: Units, least: int, may: npt.NDArray[np.bool_]
) -> Iterator[pd.DataFrame]:
    """Yield counts that are shown together, where they `may` be and each is large enough."""
    shown = np.flatnonzero(np.all([may, *(values >= least for values in found.values())], axis=0))
    codes = tuple(tops.codes[n] for n in shown)
    for measure, values in found.items():
        make.may_change(measure, item, codes, values[shown], least)
        yield make.words.rows(measure, item, codes, values[shown], all_shown(shown))


def all_shown(values: Ints) -> npt.NDArray[np.int8]:
    return np.full(len(values), Status.SHOWN, dtype=np.int8)


def ratings(make: Making, case: pd.DataFrame, known: Sums | None) -> Iterator[pd.DataFrame]:
    """Yield how residents rated cases that are listed, resolved in the period.

    In a quarter (`known` None) of topmost areas; in a year of the streets of those whose quarters are all shown and add
    up to the same numbers, unless that would hide the sum, which everybody knows.
    """
    words, hits = make.words, make.tables.values("case", "satisfaction", "favourable")
    if "satisfaction" not in case or not hits or not words.measure["satisfied"] or not words.measure["dissatisfied"]:
        return
    streets, rating = units(make.tree, STREETS if known is not None else 1), case["satisfaction"]
    good = streets.counts(case.loc[rating.isin(hits), "grid_id"])
    bad = streets.counts(case.loc[rating.notna() & ~rating.isin(hits), "grid_id"])
    closed = streets.counts(case["grid_id"])
    if known is None:
        kept = np.arange(len(streets.codes))
        hidden = make.pair_statuses(streets, good, bad, closed)
    else:
        told = [
            n for n in np.flatnonzero(streets.level == 1).tolist()
            if known.get(("satisfied", streets.codes[n], NO_ITEM)) == good[n]
            and known.get(("dissatisfied", streets.codes[n], NO_ITEM)) == bad[n]
        ]  # fmt: skip
        streets, at = streets.below(told)
        good, bad, closed = good[at], bad[at], closed[at]
        hidden = make.pair_statuses(streets, good, bad, closed)
        kept = np.flatnonzero((hidden[streets.root] == Status.SHOWN) & (streets.parent >= 0))
    codes = tuple(streets.codes[n] for n in kept)
    for measure, values in (("satisfied", good), ("dissatisfied", bad)):
        make.may_change(measure, "", codes, values[kept], make.least)
        yield words.rows(measure, "", codes, values[kept], hidden[kept])


def petitions(make: Making, case: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the listed cases by whose they were, one person's or many's: of topmost areas, all values or none.

    How many there are together can be counted in the list, so one value that is hidden alone is not hidden.
    """
    if "petition_kind" not in case or not make.words.measure["petition"]:
        return
    tops, kind = units(make.tree, 1), case["petition_kind"].fillna(NO_ITEM)
    found = {str(value): tops.counts(case.loc[kind == value, "grid_id"]) for value in sorted(kind.unique())}
    shown = np.flatnonzero(np.all([values >= make.least for values in found.values()], axis=0)) if found else ()
    for value, values in found.items() if len(found) > 1 else ():
        codes = tuple(tops.codes[n] for n in shown)
        make.may_change("petition", value, codes, values[shown], make.least)
        yield make.words.rows("petition", value, codes, values[shown], all_shown(values[shown]))


def left_out(make: Making, frames: Mapping[str, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield how many cases are in no other count: void ones, and those without a grid or a category."""
    tops = units(make.tree, 1)
    for measure, case in frames.items():
        values = tops.counts(case["grid_id"])
        if len(tops.codes) == 1:  # a case without a grid lies in the one there is
            values = np.array([len(case)], dtype=np.int64)
        if make.words.measure[measure]:
            statuses = make.statuses(measure, "", tops, values, Limit(make.least, zero_is_sensitive=False))
            yield make.words.rows(measure, "", tops.codes, values, statuses)
