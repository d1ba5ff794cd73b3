"""Matters that residents raised, from receipt to rating.

For each one received ≤ accepted ≤ responded ≤ resolved ≤ `as_of`, as far as it has come: what lies after `as_of` has
not happened yet. Those of the year before the period are there to be compared with: nearly all of them are done, and
what they said about persons is no longer kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Dates, Flags, Ints, days, draw, excuses, pick, toss
from builder.demo.places import Places
from builder.demo.plan import Plan
from builder.demo.world import World
from builder.subjects.case import demo_categories as categories
from builder.subjects.case.demo_categories import CATEGORIES, WORKING, limit
from builder.subjects.case.demo_raised import Raised, demand, open_share, raise_cases, with_bursts
from builder.subjects.case.quarters import TABLE
from builder.subjects.counts import FIELDS

__all__ = ["tables"]

CHANNELS = ("12345热线", "网格巡查", "上门走访", "线上平台", "窗口来访")
PATROL = CHANNELS.index("网格巡查")
HANDLERS = ("党组织", "政府部门", "居委会", "社会组织", "市场主体", "居民自治")
METHODS = ("现场处置", "协调办理", "转交部门", "议事协商")
OUTCOMES = ("解决", "部分解决", "未解决", "不予办理")
RATINGS = ("满意", "基本满意", "不满意")
STAGES = ("待受理", "办理中", "已办结")
NEVER = np.datetime64("NaT", "D")
PERSONAL = ("summary", "petitioner", "phone", "address")
LEFT = 0.05
"""Of what is undone in a year, this share is still undone in the next."""


@dataclass(frozen=True, slots=True)
class Handled:
    """The days on which each case moved on; NaT for what has not happened by `as_of`."""

    accepted: Dates
    responded: Dates
    extended_to: Dates
    resolved: Dates


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return case_category.csv, and case.csv: one row a case, by day received; no quarter has been counted yet."""
    # a stream of its own, so that the cases of the period are the same whether there are earlier ones or not
    (other,) = rng.spawn(1)
    where, plan = world.where, world.plan
    busy = demand(rng, where)
    raised = raise_cases(rng, busy, world, plan)
    if not plan.earlier:
        return {**others(), "case": cases(rng, where, raised, plan)}
    past = raise_cases(other, busy * open_share(where, plan.before), world, plan.before)
    recent = cases(rng, where, with_bursts(other, raised, where), plan)
    earlier = cases(other, where, past, plan, first=plan.cases + 1, left=LEFT).assign(**dict.fromkeys(PERSONAL, ""))
    return {**others(), "case": pd.concat([earlier, recent], ignore_index=True)}


def others() -> dict[str, pd.DataFrame]:
    """Return the tables beside the cases."""
    return {"case_category": categories.table(), TABLE: pd.DataFrame(columns=list(FIELDS))}


def cases(
    rng: Generator, where: Places, raised: Raised, plan: Plan, *, first: int = 1, left: float = 1.0
) -> pd.DataFrame:
    """Return one row a case, numbered from `first` on; `left` times as many as usual were left undone."""
    handled = handle(rng, raised, plan, left)
    accepted, resolved = ~np.isnat(handled.accepted), ~np.isnat(handled.resolved)
    count = len(raised.grid)
    number = pd.Series(np.arange(first, first + count)).astype("str").str.zfill(8)
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


def handle(rng: Generator, raised: Raised, plan: Plan, left: float) -> Handled:
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
    stuck = toss(rng, left * np.where(raised.weak, 0.06, 0.012), count)
    late = stuck | (resolve_days > 0.8 * limit_days)
    asked = raised.received + np.ceil(0.8 * limit_days).astype(np.int64)
    extended = late & toss(rng, 0.3, count) & (asked <= plan.today) & (accepted <= asked)
    longer = raised.received + np.ceil(limit_days).astype(np.int64) + rng.integers(3, 21, count)
    happened = ~toss(rng, left * 0.002, count)
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
