"""Projects of the period: most go as planned; weak branches are late, and some of them say why."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import days, draw, toss
from builder.demo.world import World
from builder.subjects.project.stages import STAGES, actual, planned

__all__ = ["tables"]

KINDS = (
    ("道路照明", "更换小区老旧路灯"), ("环境改造", "整治楼前绿地和堆物"), ("便民设施", "加装楼道扶手和休息座椅"),
    ("安全改造", "更换消防通道照明和标识"), ("文体活动", "修缮居民健身场地"), ("便民设施", "设置电动自行车充电棚"),
)  # fmt: skip
SOURCES = ("居民提议", "党员提议", "网格巡查", "上级安排")
REASONS = ("施工期间连续降雨", "管线需要会同权属单位勘察", "采购流程未完成")
STEPS = np.array([0, 15, 75, 90])
"""Days from the proposal to the day by which each stage is to be done."""


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return project.csv: one to three projects a grid, and one without a grid for every fifth branch."""
    where, who, plan = world.where, world.who, world.plan
    grids = np.repeat(np.arange(len(where.opened)), rng.integers(1, 4, len(where.opened)))
    branches = np.arange(0, len(who.ids), 5)
    grid = np.concatenate([grids, np.full(len(branches), -1)])
    begun = plan.start + rng.integers(0, 330, len(grid))
    begun = np.where(grid >= 0, np.maximum(begun, where.opened[grid]), begun)
    begun = np.minimum(begun, plan.today)
    branch = np.concatenate([who.answering(grids, begun[: len(grids)]), branches])
    weak, count = who.weak[branch], len(grid)
    due = begun[:, None] + STEPS
    delay = np.where(toss(rng, 0.25, count) | weak, rng.integers(5, 150, count), -rng.integers(0, 10, count))
    done = np.maximum.accumulate(due + np.array([0, 0, 1, 1]) * delay[:, None], axis=1)
    done = np.where(done <= plan.today, done, np.datetime64("NaT", "D"))
    passed = (np.isnat(done) & (due < plan.today)).any(axis=1)
    kind = rng.integers(0, len(KINDS), count)
    budget = rng.integers(20, 400, count) * 50_000
    contract = budget - rng.integers(0, 20, count) * budget // 100 - rng.integers(0, 99, count)
    share = np.select([~np.isnat(done[:, 3]), ~np.isnat(done[:, 2])], [100, 70], 0)
    paid = contract * share // 100
    signed = ~np.isnat(done[:, 1])
    said, last = passed & toss(rng, 0.6, count), np.where(np.isnat(done[:, 3]), done[:, 2], done[:, 3])
    result = ~np.isnat(done[:, 3]) & ~toss(rng, 0.02, count)
    table = {
        "project_id": "P" + pd.Series(np.arange(1, count + 1)).astype("str").str.zfill(8),
        "branch_id": who.ids[branch],
        "grid_id": pd.Series(where.grid["grid_id"].to_numpy()[grid]).where(grid >= 0, ""),
        "title": np.array(KINDS)[kind, 1],
        "category": np.array(KINDS)[kind, 0],
        "source": np.array(SOURCES)[draw(rng, (5, 2, 2, 1), count)],
        **{planned(stage): days(due[:, at]) for at, stage in enumerate(STAGES)},
        **{actual(stage): days(done[:, at]) for at, stage in enumerate(STAGES)},
        "budget": written(budget),
        "contract": written(contract).where(signed, ""),
        "paid": written(paid),
        "paid_date": days(np.where(paid > 0, last, np.datetime64("NaT", "D"))),
        "result": np.where(result, "已完成并经居民代表验收", ""),
        "photo": "",
        "delay_reason": pd.Series(np.array(REASONS)[rng.integers(0, len(REASONS), count)]).where(said, ""),
        "expected_date": days(np.where(said, plan.today + rng.integers(5, 60, count), np.datetime64("NaT", "D"))),
    }
    return {"project": pd.DataFrame(table)}


def written(cents: np.ndarray) -> pd.Series:
    """Return cents as the text of yuan: a CSV of floats would lose the second decimal."""
    return pd.Series([f"{cent // 100}.{cent % 100:02}" for cent in cents.tolist()])
