"""What branches must do: routine duties with due dates in the period and the two months after it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.branches import Branches
from builder.demo.columns import Dates, Flags, Ints, days, excuses, pick, toss
from builder.demo.names import EVIDENCE
from builder.demo.places import Places
from builder.demo.plan import Plan
from builder.demo.world import World

__all__ = ["tables"]

LOCAL = "社区网格工作制度(演示)"
PARTY = "《中国共产党支部工作条例(试行)》"
FIRE = "《中华人民共和国消防法》"
GAS = "《城镇燃气管理条例》"
FLOOD = "《中华人民共和国防汛条例》"
LETTERS = "《信访工作条例》"

EVERY_MONTH = tuple(range(1, 13))
QUARTER_ENDS = (3, 6, 9, 12)
SUNDAYS = 0
LEAD_DAYS = {"每周": 6, "每月": 12, "每季度": 25, "每半年": 30, "每年": 30, "一次": 30}
UPCOMING_DAYS = 61


class Routine(NamedTuple):
    """A duty that recurs on `day` of each of `months` (day 0: their Sundays; no months: once, on any day)."""

    category: str
    title: str
    basis: str
    post: str
    frequency: str
    months: tuple[int, ...]
    day: int


GRID_ROUTINES = (
    Routine("走访联系", "走访网格内独居老人和困难家庭", LOCAL, "网格员", "每月", EVERY_MONTH, 25),
    Routine("安全巡查", "检查楼道和消防通道是否畅通", FIRE, "网格长", "每月", EVERY_MONTH, 20),
    Routine("安全巡查", "主汛期查看低洼积水点和排水口", FLOOD, "网格员", "每周", (7,), SUNDAYS),
    Routine("安全巡查", "配合燃气企业开展入户安全宣传", GAS, "网格员", "每半年", (5, 11), 28),
    Routine("环境整治", "组织党员志愿者清理楼道堆物和卫生死角", LOCAL, "党员志愿者", "每半年", (4, 10), 22),
    Routine("便民服务", "开展便民服务进网格活动", LOCAL, "党员志愿者", "每季度", (2, 5, 8, 11), 26),
    Routine("议事协商", "召开网格居民议事会", LOCAL, "网格长", "每季度", QUARTER_ENDS, 28),
    Routine("议事协商", "梳理并回复居民反映的共性问题", LETTERS, "支部书记", "每半年", (6, 12), 18),
    Routine("走访联系", "更新网格住户和重点服务对象台账", LOCAL, "网格员", "每年", (3,), 31),
    Routine("便民服务", "更换网格公示牌并核对公示电话", LOCAL, "网格长", "一次", (), 0),
)
BRANCH_ROUTINES = (
    Routine("组织生活", "召开支部党员大会", PARTY, "支部书记", "每季度", QUARTER_ENDS, 27),
    Routine("组织生活", "组织党员上党课", PARTY, "组织委员", "每季度", (1, 4, 7, 10), 24),
    Routine("组织生活", "召开年度组织生活会并开展民主评议党员", PARTY, "支部书记", "每年", (2,), 28),
)
ROUTINES = (*GRID_ROUTINES, *BRANCH_ROUTINES)


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return duty.csv, one row a duty, by due date. A duty of a grid belongs to the branch answering on that day."""
    where, who, plan = world.where, world.who, world.plan
    routine, grid, branch, due = schedule(rng, where, who, plan)
    done = completion(rng, plan, who.weak[branch], routine, due)
    opened = np.where(grid >= 0, where.opened[grid], plan.start - 60)
    done = np.where(done < opened, opened, done)
    shown = toss(rng, 0.15, len(due)) & ~np.isnat(done)
    number = pd.Series(np.arange(1, len(due) + 1)).astype("str").str.zfill(8)
    duty = pd.DataFrame({
        "duty_id": "D" + number,
        "branch_id": pick(who.ids.tolist(), branch),
        "grid_id": pick(where.grid["grid_id"].tolist(), grid),
        "category": np.array([each.category for each in ROUTINES])[routine],
        "title": pick([each.title for each in ROUTINES], routine),
        "basis": np.array([each.basis for each in ROUTINES])[routine],
        "post": np.array([each.post for each in ROUTINES])[routine],
        "frequency": np.array([each.frequency for each in ROUTINES])[routine],
        "due_date": days(due),
        "done_date": days(done),
        **excuses(rng, plan, np.isnat(done) & (due < plan.today)),
        "evidence_url": (EVIDENCE + "duty/" + number).where(shown, ""),
    })  # fmt: skip
    return {"duty": duty}


def schedule(rng: Generator, where: Places, who: Branches, plan: Plan) -> tuple[Ints, Ints, Ints, Dates]:
    """Return routine, grid (-1: the whole branch), branch and due date of every duty."""
    parts = []
    for routine, each in enumerate(ROUTINES):
        of_grid = routine < len(GRID_ROUTINES)
        count = len(where.opened) if of_grid else len(who.ids)
        dates = due_dates(each, plan)
        unit = np.repeat(np.arange(count), len(dates))
        due = np.tile(dates, count)
        if not each.months:
            due = due + rng.integers(0, 365 + UPCOMING_DAYS, len(due))
        grid = unit if of_grid else np.full_like(unit, -1)
        parts.append((np.full_like(unit, routine), grid, who.answering(unit, due) if of_grid else unit, due))
    routine_, grid, branch, due = (np.concatenate(part) for part in zip(*parts, strict=True))
    begun = np.where(grid >= 0, where.opened[grid], plan.start) <= due
    order = np.lexsort((routine_, grid, branch, due))
    order = order[begun[order]]
    return routine_[order], grid[order], branch[order], due[order]


def due_dates(routine: Routine, plan: Plan) -> Dates:
    """Return the due dates of a routine from the first day of the period to two months after `as_of`."""
    every = np.arange(plan.start, plan.today + UPCOMING_DAYS)
    if not routine.months:
        return every[:1]
    month = every.astype("datetime64[M]")
    fits = np.isin(month.astype(np.int64) % 12 + 1, routine.months)
    if routine.day == SUNDAYS:
        fits &= (every.astype(np.int64) + 3) % 7 == 6
    else:
        fits &= (every - month.astype("datetime64[D]")).astype(np.int64) == routine.day - 1
    return np.asarray(every[fits])


def completion(rng: Generator, plan: Plan, weak: Flags, routine: Ints, due: Dates) -> Dates:
    """Return the day on which each duty was done, never after `as_of`; NaT where it was not."""
    count = len(due)
    lead = np.array([LEAD_DAYS[each.frequency] for each in ROUTINES])[routine]
    early = due - np.minimum(rng.geometric(0.25, count) - 1, lead)
    late = due + 1 + rng.exponential(np.where(weak, 18.0, 9.0)).astype(np.int64)
    luck = rng.random(count)
    is_early, is_done = luck < np.where(weak, 0.55, 0.945), luck < np.where(weak, 0.78, 0.98)
    done = np.where(is_early, early, late)
    return np.where(is_done & (done <= plan.today), done, np.datetime64("NaT", "D"))
