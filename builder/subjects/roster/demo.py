"""Who is on duty: one shift a day in most grids, from the Monday before the week of as_of to the Sunday after it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Dates, Ints, draw, pick, toss
from builder.demo.names import phones
from builder.demo.world import World

__all__ = ["tables"]

POSTS = ("网格长", "网格员", "支部委员", "党员志愿者")
PLACES = ("党群服务站", "社区服务大厅", "网格驿站", "小区值班室")
NOTES = ("节假日照常值班", "午间由志愿者顶岗", "可上门")
DAYS = 21
SHARE = 0.92
"""Grids that have a roster at all."""


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return roster.csv, one row a shift, by grid and start."""
    where, who, today = world.where, world.who, world.plan.today
    monday = today - (today.astype(np.int64) + 3) % 7 - 7
    kept = np.flatnonzero(toss(rng, SHARE, len(where.opened)) & (where.opened <= monday))
    grid = np.repeat(kept, DAYS)
    day: Dates = np.tile(np.arange(monday, monday + DAYS), len(kept))
    count = len(grid)
    # one in ten grids is staffed until night falls
    hours = np.where(toss(rng, 0.1, len(where.opened)), 12, 10)[grid]
    return {
        "roster": pd.DataFrame({
            "branch_id": pick(who.ids.tolist(), who.answering(grid, day)),
            "grid_id": pick(where.grid["grid_id"].tolist(), grid),
            "start": moments(day, 8),
            "end": moments(day, 8 + hours),
            "post": pick(POSTS, draw(rng, (20, 45, 15, 20), count)),
            "place": pick(PLACES, rng.integers(0, len(PLACES), len(where.opened))[grid]),
            "work_phone": np.array(phones(np.arange(len(where.opened))))[grid],
            "note": pick(NOTES, rng.integers(0, len(NOTES), count), toss(rng, 0.05, count)),
        })
    }  # fmt: skip


def moments(day: Dates, hours: Ints | int) -> pd.Series:
    """Return the times `hours` after the day begins as they are written in a CSV file."""
    found = pd.DatetimeIndex(day.astype("datetime64[s]")) + pd.to_timedelta(hours, unit="h")
    return pd.Series(found.strftime("%Y-%m-%dT%H:%M:%S"))
