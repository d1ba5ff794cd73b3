"""Party organisations, and which of them answers for which grid on which day.

From the day a grid opens until `as_of`, exactly one branch answers for it (主责): no day is left out, none has two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Dates, Flags, Ints, Texts, days, toss
from builder.demo.names import community, numeral, persons, phones
from builder.demo.places import Places
from builder.demo.plan import Plan

__all__ = ["Branches", "branches"]

MOST_BRANCHES = 99
WEAK_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Branches:
    """The organisations and their grids.

    `ids`, `members` and `weak` have one entry a 党支部. `now`, `earlier` (-1: none) and `changed` (NaT: never) have
    one entry a grid: the branch that answers for it, the one that did before, and the day of the change.
    """

    branch: pd.DataFrame
    branch_grid: pd.DataFrame
    ids: Texts
    members: Ints
    weak: Flags
    now: Ints
    earlier: Ints
    changed: Dates

    def answering(self, grid: Ints, day: Dates) -> Ints:
        """Return the position of the branch that answered for each grid on each day."""
        before = day < self.changed[grid]
        return np.where(before, self.earlier[grid], self.now[grid])


def branches(rng: Generator, where: Places, plan: Plan) -> Branches:
    """Return one 党委 a street, one 党总支 a community, and 党支部 that share out the grids."""
    number = np.concatenate([numbers(rng, int(count)) for count in np.bincount(where.home)])
    pair = where.home * 100 + number
    keys, now = np.unique(pair, return_inverse=True)
    home, number = keys // 100, keys % 100
    ids = np.array([f"B{where.communities['code'][h]}{n:02d}" for h, n in zip(home, number, strict=True)])
    members = rng.integers(12, 56, len(ids))
    weak = np.zeros(len(ids), dtype=np.bool_)
    weak[rng.choice(len(ids), max(1, round(WEAK_SHARE * len(ids))), replace=False)] = True
    neighbours = np.array([neighbour(now, home, step) for step in (1, 2)])
    changed = changes(rng, where, plan, neighbours[0] != now)
    earlier = np.where(np.isnat(changed), -1, neighbours[0])
    answering = [responsible(where, ids, now, earlier, changed), helping(rng, where, plan, ids[neighbours[1]])]
    # a neighbour two steps on is a third branch only where the community has three
    answering[1] = answering[1][(neighbours[1] != now) & (neighbours[1] != neighbours[0]) & toss(rng, 0.2, len(now))]
    links = pd.concat(answering).sort_values(["grid_id", "from_date", "branch_id"], ignore_index=True)
    table = organisations(rng, where, plan, pd.DataFrame({"branch_id": ids, "home": home, "number": number,
                                                          "members": members}))  # fmt: skip
    return Branches(table, links, ids, members, weak, now, earlier, changed)


def numbers(rng: Generator, grids: int) -> Ints:
    """Return which branch of its community each grid has, from 1: one to three grids each, or more past 99 branches."""
    sizes = rng.choice((1, 2, 3), grids, p=(0.3, 0.45, 0.25))
    turn = np.repeat(np.arange(grids), sizes)[:grids]
    if grids and turn[-1] >= MOST_BRANCHES:
        turn = np.arange(grids) * MOST_BRANCHES // grids
    return turn + 1


def neighbour(now: Ints, home: Ints, step: int) -> Ints:
    """Return the branch `step` further on in the same community, going round."""
    first, count = np.searchsorted(home, home[now]), np.bincount(home)[home[now]]
    return np.asarray(first + (now - first + step) % count)


def changes(rng: Generator, where: Places, plan: Plan, possible: Flags) -> Dates:
    """Return the day within the period on which each grid passed to another branch; NaT for nearly all."""
    count = len(where.opened)
    day = plan.start + 30 + rng.integers(0, 300, count)
    chosen = toss(rng, 0.05, count) & possible & (where.opened < plan.start)
    return np.where(chosen, day, np.datetime64("NaT", "D"))


def responsible(where: Places, ids: Texts, now: Ints, earlier: Ints, changed: Dates) -> pd.DataFrame:
    """Return the 主责 rows: one for each grid, two for a grid that changed hands."""
    was = ~np.isnat(changed)
    grid = where.grid["grid_id"].to_numpy()
    never = np.full(len(now), np.datetime64("NaT", "D"))
    return pd.DataFrame({
        "branch_id": np.concatenate([ids[earlier[was]], ids[now]]),
        "grid_id": np.concatenate([grid[was], grid]),
        "role": "主责",
        "from_date": days(np.concatenate([where.opened[was], np.where(was, changed, where.opened)])),
        "to_date": days(np.concatenate([changed[was] - 1, never])),
    })  # fmt: skip


def helping(rng: Generator, where: Places, plan: Plan, helper: Texts) -> pd.DataFrame:
    """Return a 共建 row for every grid, from a day after it opened; some have ended."""
    open_days = (plan.today - where.opened).astype(np.int64)
    begin = where.opened + rng.integers(0, open_days)
    end = begin + rng.integers(0, (plan.today - begin).astype(np.int64) + 1)
    return pd.DataFrame({
        "branch_id": helper,
        "grid_id": where.grid["grid_id"],
        "role": "共建",
        "from_date": days(begin),
        "to_date": days(np.where(toss(rng, 0.15, len(end)), end, np.datetime64("NaT", "D"))),
    })  # fmt: skip


def organisations(rng: Generator, where: Places, plan: Plan, cells: pd.DataFrame) -> pd.DataFrame:
    """Return branch.csv, one row an organisation, superiors first. A superior counts its branches' members."""
    towns = where.communities
    streets = where.area[where.area["level"] == "street"]
    below = cells.groupby("home")["members"].sum().reindex(range(len(towns)), fill_value=20)
    above = below.groupby(towns["parent_code"]).sum().reindex(streets["area_id"], fill_value=30)
    everyday = [community(name)[1] for name in towns["name"]]
    names = [f"{everyday[h]}第{numeral(n)}党支部" for h, n in zip(cells["home"], cells["number"], strict=True)]
    kind = np.repeat(["党委", "党总支", "党支部"], [len(streets), len(towns), len(cells)])
    members = np.minimum(np.concatenate([above, below, cells["members"]]), 20_000)
    years = np.where(kind == "党支部", 3, 5)
    left = rng.integers(-60, 365 * years)  # a few have outstayed their term
    seats = np.where(kind == "党支部", np.where(members < 25, 3, 5), 7)
    secretary = persons(rng, len(kind))
    return pd.DataFrame({
        "branch_id": [*("B" + streets["area_id"]), *("B" + towns["code"]), *cells["branch_id"]],
        "name": [*(f"{name[:50]}党委" for name in streets["name"]), *(f"{name}党总支" for name in everyday), *names],
        "kind": kind,
        "parent_id": [*[""] * len(streets), *("B" + towns["parent_code"]), *("B" + towns["code"]).iloc[cells["home"]]],
        "secretary": secretary,
        **officers(rng, seats),
        "office_phone": phones(9_999 - np.arange(len(kind))),
        "member_count": members,
        "committee_count": seats,
        "term_end_date": days(plan.today + left),
    })  # fmt: skip


def officers(rng: Generator, seats: Ints) -> dict[str, Texts]:
    """Return who holds the posts below the secretary: some posts are vacant, and a small committee has fewer."""
    found = {}
    for post, fewest in (
        ("deputy_secretary", 5), ("organisation_officer", 3), ("publicity_officer", 3), ("discipline_officer", 5),
    ):  # fmt: skip
        held = (seats >= fewest) & ~toss(rng, 0.04, len(seats))
        found[post] = np.where(held, persons(rng, len(seats)), "")
    return found
