"""Where, what and when matters were raised: busy grids and quiet ones, weekdays, seasons, and three bursts.

A grid is as busy in one year as in the other, so what differs between two years is chance, the number of cases, and the
bursts, which are there to be found (see `signals`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from builder.demo.columns import Dates, Flags, Floats, Ints, draw, toss
from builder.demo.places import Places
from builder.demo.plan import Plan
from builder.demo.world import World
from builder.subjects.case.demo_categories import CATEGORIES, SHARES

__all__ = ["BURSTS", "Raised", "demand", "open_share", "raise_cases", "with_bursts"]

WEEK = (1.0, 1.05, 1.0, 0.95, 1.0, 0.6, 0.5)


class Burst(NamedTuple):
    """In a month (1 to 12), this share of all that one street received was of one category."""

    category_id: str
    month: int
    share: float


BURSTS = (
    Burst("A03", 1, 0.30),  # frost: pipes
    Burst("B01", 7, 0.25),  # heat: refuse
    Burst("C01", 9, 0.25),  # a school opens: parking
)
"""One a street, the street with most cases first."""


@dataclass(frozen=True, slots=True)
class Raised:
    """Where, what and when: one entry a case, by day received. `weak`: its branch is a slow one."""

    grid: Ints
    category: Ints
    channel: Ints
    received: Dates
    weak: Flags


def demand(rng: Generator, where: Places) -> Floats:
    """Return how busy each grid is beside the others."""
    return rng.lognormal(0.0, 0.9, len(where.opened))


def open_share(where: Places, plan: Plan) -> Floats:
    """Return in which share of the plan's days each grid was there."""
    whole = plan.today - plan.start + np.timedelta64(1, "D")
    share = (plan.today - where.opened + np.timedelta64(1, "D")) / whole
    return np.asarray(np.clip(share, 0.0, 1.0), dtype=np.float64)


def raise_cases(rng: Generator, busy: Floats, world: World, plan: Plan) -> Raised:
    """Return the cases as they came in: some grids far busier than others, fewer at weekends, more in summer."""
    every = np.arange(plan.start, plan.today + 1)
    ordinal = every.astype(np.int64)
    season = 1 + 0.25 * np.sin(2 * np.pi * (ordinal % 365.25 / 365.25 - 0.3))
    weight = season * np.array(WEEK)[(ordinal + 3) % 7] * rng.uniform(0.85, 1.15, len(every))
    grid, received = draw(rng, busy.tolist(), plan.cases), every[draw(rng, weight.tolist(), plan.cases)]
    opened = world.where.opened[grid]
    # a grid opened within these months has all its cases in the days since
    elapsed, whole = (received - plan.start).astype(np.int64), len(every)
    open_days = (plan.today - opened).astype(np.int64) + 1
    received = np.where(opened > plan.start, opened + elapsed * open_days // whole, received)
    order = np.lexsort((grid, received))
    grid, received = grid[order], received[order]
    category, channel = draw(rng, SHARES, plan.cases), draw(rng, (38, 24, 12, 20, 6), plan.cases)
    return Raised(grid, category, channel, received, world.who.weak[world.who.answering(grid, received)])


def with_bursts(rng: Generator, raised: Raised, where: Places) -> Raised:
    """Return the cases with BURSTS among them: their number, places and days stay as they are."""
    names, street = np.unique(where.communities["parent_code"].to_numpy(dtype=str)[where.home], return_inverse=True)
    at, month = street[raised.grid], raised.received.astype("datetime64[M]").astype(np.int64) % 12 + 1
    busiest = np.argsort(-np.bincount(at, minlength=len(names)), kind="stable")
    codes = [each.category_id for each in CATEGORIES]
    category = raised.category.copy()
    # a package may have fewer streets than there are bursts
    for burst, place in zip(BURSTS, busiest, strict=False):
        hit = (at == place) & (month == burst.month) & toss(rng, burst.share, len(at))
        category[hit] = codes.index(burst.category_id)
    return replace(raised, category=category)
