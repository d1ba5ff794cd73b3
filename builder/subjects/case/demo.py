"""Matters that residents raised, from receipt to rating.

For each one received ≤ accepted ≤ responded ≤ resolved ≤ `as_of`, as far as it has come: what lies after `as_of` has
not happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.branches import Branches
from builder.demo.columns import Dates, Flags, Ints, days, draw, excuses, pick, toss
from builder.demo.places import Places
from builder.demo.plan import Plan
from builder.demo.world import World
from builder.subjects.case import demo_categories as categories
from builder.subjects.case.demo_categories import CATEGORIES, SHARES, WORKING, limit

__all__ = ["tables"]

CHANNELS = ("12345热线", "网格巡查", "上门走访", "线上平台", "窗口来访")
PATROL = CHANNELS.index("网格巡查")
HANDLERS = ("党组织", "政府部门", "居委会", "社会组织", "市场主体", "居民自治")
METHODS = ("现场处置", "协调办理", "转交部门", "议事协商")
OUTCOMES = ("解决", "部分解决", "未解决", "不予办理")
RATINGS = ("满意", "基本满意", "不满意")
STAGES = ("待受理", "办理中", "已办结")
WEEK = (1.0, 1.05, 1.0, 0.95, 1.0, 0.6, 0.5)
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Raised:
    """Where, what and when: one entry a case, by day received. `weak`: its branch is a slow one."""

    grid: Ints
    category: Ints
    channel: Ints
    received: Dates
    weak: Flags


@dataclass(frozen=True, slots=True)
class Handled:
    """The days on which each case moved on; NaT for what has not happened by `as_of`."""

    accepted: Dates
    responded: Dates
    extended_to: Dates
    resolved: Dates


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return case_category.csv, and case.csv: one row a case, by day received."""
    return {"case_category": categories.table(), "case": cases(rng, world.where, world.who, world.plan)}


def cases(rng: Generator, where: Places, who: Branches, plan: Plan) -> pd.DataFrame:
    """Return one row a case, by day received."""
    raised = raise_cases(rng, where, who, plan)
    handled = handle(rng, raised, plan)
    accepted, resolved = ~np.isnat(handled.accepted), ~np.isnat(handled.resolved)
    count = len(raised.grid)
    number = pd.Series(np.arange(1, count + 1)).astype("str").str.zfill(8)
    outcome, satisfaction = results(rng, raised.weak, resolved)
    table = pd.DataFrame({
        "case_id": "C" + number,
        "grid_id": pick(where.grid["grid_id"].tolist(), raised.grid),
        "category_id": pick([each.category_id for each in CATEGORIES], raised.category),
        "channel": pick(CHANNELS, raised.channel),
        "petition_kind": pick(("个人", "集体"), draw(rng, (94, 6), count)),
        "received_date": days(raised.received),
        "accepted_date": days(handled.accepted),
        "responded_date": days(handled.responded),
        "extended_to_date": days(handled.extended_to),
        "resolved_date": days(handled.resolved),
        "stage": pick(STAGES, accepted.astype(np.int64) + resolved),
        "handler_kind": pick(HANDLERS, draw(rng, (22, 30, 26, 5, 11, 6), count), accepted),
        "method": pick(METHODS, draw(rng, (40, 30, 22, 8), count), accepted),
        "outcome": outcome,
        "satisfaction": satisfaction,
        "is_void": pick(("否", "是"), draw(rng, (99, 1), count)),
        **personal(rng, raised.category, number),
        **excuses(rng, plan, is_late(raised, handled, plan)),
    })  # fmt: skip
    table.insert(list(table).index("extended_to_date"), "limit_date", days(agreed(rng, raised)))
    return table


def agreed(rng: Generator, raised: Raised) -> Dates:
    """Return due dates that were agreed for single cases, NaT for nearly all."""
    count = len(raised.grid)
    return np.where(toss(rng, 0.02, count), raised.received + rng.integers(5, 41, count), NEVER)


def raise_cases(rng: Generator, where: Places, who: Branches, plan: Plan) -> Raised:
    """Return the cases as they came in: some grids far busier than others, fewer at weekends, more in summer."""
    busy = rng.lognormal(0.0, 0.9, len(where.opened))
    every = np.arange(plan.start, plan.today + 1)
    ordinal = every.astype(np.int64)
    season = 1 + 0.25 * np.sin(2 * np.pi * (ordinal % 365.25 / 365.25 - 0.3))
    weight = season * np.array(WEEK)[(ordinal + 3) % 7] * rng.uniform(0.85, 1.15, len(every))
    grid, received = draw(rng, busy.tolist(), plan.cases), every[draw(rng, weight.tolist(), plan.cases)]
    opened = where.opened[grid]
    # a grid opened within the period has all its cases in the days since
    elapsed, whole = (received - plan.start).astype(np.int64), len(every)
    open_days = (plan.today - opened).astype(np.int64) + 1
    received = np.where(opened > plan.start, opened + elapsed * open_days // whole, received)
    order = np.lexsort((grid, received))
    grid, received = grid[order], received[order]
    category, channel = draw(rng, SHARES, plan.cases), draw(rng, (38, 24, 12, 20, 6), plan.cases)
    return Raised(grid, category, channel, received, who.weak[who.answering(grid, received)])


def handle(rng: Generator, raised: Raised, plan: Plan) -> Handled:
    """Return how the cases went: log-normal durations, most within the limit, weak branches slower, a few stuck."""
    count = len(raised.grid)
    working = WORKING[raised.category]
    delay = np.where(raised.weak, 2.1, 1.0) * rng.lognormal(0.0, 0.6, count)
    respond_days = (0.3 * limit("respond_limit_days")[raised.category] * delay).astype(np.int64)
    limit_days = limit("resolve_limit_days")[raised.category]
    slowness = np.where(raised.weak, 2.0, 1.0) * rng.lognormal(0.0, 0.6, count)
    resolve_days = (0.42 * limit_days * slowness).astype(np.int64)
    wait = np.where(raised.channel == PATROL, 0, draw(rng, (82, 16, 2), count))
    accepted = at_work(raised.received + wait, working)
    responded = np.maximum(accepted, at_work(raised.received + respond_days, working))
    resolved = np.maximum(responded, at_work(raised.received + resolve_days, working))
    stuck = toss(rng, np.where(raised.weak, 0.06, 0.012), count)
    late = stuck | (resolve_days > 0.8 * limit_days)
    asked = raised.received + np.ceil(0.8 * limit_days).astype(np.int64)
    extended = late & toss(rng, 0.3, count) & (asked <= plan.today) & (accepted <= asked)
    longer = raised.received + np.ceil(limit_days).astype(np.int64) + rng.integers(3, 21, count)
    happened = ~toss(rng, 0.002, count)
    return Handled(
        by(plan, accepted, happened),
        by(plan, responded, happened),
        np.where(extended & happened, longer, NEVER),
        by(plan, resolved, happened & ~stuck),
    )


def is_late(raised: Raised, handled: Handled, plan: Plan) -> Flags:
    """Return which cases have gone on for longer than their limit in calendar days, at the least."""
    by_limit = raised.received + np.ceil(1.5 * limit("resolve_limit_days")[raised.category]).astype(np.int64)
    extended = handled.extended_to
    last = np.where(np.isnat(extended), by_limit, extended)
    return np.asarray(np.isnat(handled.resolved) & (last < plan.today))


def at_work(day: Dates, working: Flags) -> Dates:
    """Return the day, or for matters counted in working days the Monday after a weekend."""
    return np.where(working, np.busday_offset(day, 0, roll="forward"), day)


def by(plan: Plan, day: Dates, happened: Flags) -> Dates:
    """Return the days that had come by `as_of`, and NaT for the others."""
    return np.where(happened & (day <= plan.today), day, NEVER)


def results(rng: Generator, weak: Flags, resolved: Flags) -> tuple[pd.Categorical[str], pd.Categorical[str]]:
    """Return outcome and satisfaction of the resolved cases: nearly all have the first, about 55 % the second."""
    count = len(weak)
    outcome = np.where(weak, draw(rng, (70, 14, 11, 5), count), draw(rng, (89, 6, 3, 2), count))
    rating = np.where(outcome == 0, draw(rng, (74, 20, 6), count), draw(rng, (25, 35, 40), count))
    return (
        pick(OUTCOMES, outcome, resolved & toss(rng, 0.985, count)),
        pick(RATINGS, rating, resolved & toss(rng, 0.55, count)),
    )


def personal(rng: Generator, category: Ints, number: pd.Series) -> dict[str, pd.Series | pd.Categorical[str]]:
    """Return the columns that must never be published, in words that a test can look for."""
    count = len(number)
    subject = pick([f"演示摘要:居民反映{each.name}问题;编号" for each in CATEGORIES], category)
    residents = max(1, count // 2)
    return {
        "summary": pd.Series(subject).astype("str") + number,
        "petitioner": pick([f"演示居民{i:04d}" for i in range(1, residents + 1)], rng.integers(0, residents, count)),
        "phone": pick([f"0517-0001{i:04d}" for i in range(10_000)], rng.integers(0, 10_000, count)),
        "address": pick([f"演示路{i}号" for i in range(1, 401)], rng.integers(0, 400, count)),
    }
