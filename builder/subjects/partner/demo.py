"""Units that share in building: one to three a community, with resources, needs and projects; some needs unmatched."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Ints, days, draw, pick, toss
from builder.demo.names import community, phones
from builder.demo.world import World

__all__ = ["tables"]

KINDS = ("机关", "事业单位", "学校", "医院", "企业", "社会组织")
NAMES = ("演示服务中心", "演示文化站", "演示小学", "演示卫生院", "演示商贸公司", "演示公益协会")
POSTS = ("党建联络岗", "办公室", "工会", "行政服务岗")
LISTS = ("资源", "需求", "项目")
TITLES = {
    "资源": (
        "会议室和停车位错时开放", "法律咨询", "在职党员志愿服务队", "图书角和课后托管", "健康义诊",
        "岗位信息和技能培训",
    ),
    "需求": (
        "需要活动场地", "需要消防安全培训", "需要敬老志愿者", "需要普法进单位", "需要职工健康讲座", "需要招聘宣传",
    ),
    "项目": (
        "小广场微改造", "楼道用电安全检查", "独居老人结对探访", "青少年暑期课堂", "慢性病随访", "零工驿站",
    ),
}  # fmt: skip
CATEGORIES = ("场地设施", "专业服务", "志愿力量", "文化教育", "健康医疗", "就业帮扶")


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return partner.csv and partner_item.csv; a fifth of the units serves its whole community."""
    where = world.where
    home, kind = units(rng, np.unique(where.home))
    count = len(home)
    ids = [f"U{number:06d}" for number in range(1, count + 1)]
    own = grids(rng, where.home, home)
    is_whole = toss(rng, 0.2, count)
    places = where.communities["code"].tolist()
    towns = [community(name)[0] for name in where.communities["name"]]
    grid = np.where(is_whole, "", where.grid["grid_id"].to_numpy()[own])
    partner = pd.DataFrame({
        "partner_id": ids,
        "name": [towns[h] + NAMES[k] for h, k in zip(home, kind, strict=True)],
        "kind": pick(KINDS, kind),
        "grid_id": grid,
        "area_id": [places[at] for at in home],
        "contact_post": pick(POSTS, rng.integers(0, len(POSTS), count)),
        "work_phone": phones(5_000 + np.arange(count)),
    })  # fmt: skip
    return {"partner": partner, "partner_item": items(rng, world, ids)}


def units(rng: Generator, homes: Ints) -> tuple[Ints, Ints]:
    """Return community and kind of each unit; no community has two of a kind."""
    found = [(home, kind) for home in homes for kind in np.sort(rng.permutation(len(KINDS))[: rng.integers(1, 4)])]
    home, kind = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    return home, kind


def grids(rng: Generator, home_of: Ints, home: Ints) -> Ints:
    """Return a grid of each unit's community."""
    order = np.argsort(home_of, kind="stable")
    first, last = (np.searchsorted(home_of[order], home, side=side) for side in ("left", "right"))
    return order[first + (rng.random(len(home)) * (last - first)).astype(np.int64)]


def items(rng: Generator, world: World, ids: list[str]) -> pd.DataFrame:
    """Return three to six items a unit; a fifth of the needs was agreed upon with an offer of another unit."""
    plan, never = world.plan, np.datetime64("NaT", "D")
    unit = np.repeat(np.arange(len(ids)), rng.integers(3, 7, len(ids)))
    count = len(unit)
    part, category = draw(rng, (40, 34, 26), count), rng.integers(0, len(CATEGORIES), count)
    start = plan.start - 60 + rng.integers(0, 380, count)
    end = start + rng.integers(60, 500, count)
    done = start + rng.integers(10, 200, count)
    is_done = (part > 0) & toss(rng, 0.5, count) & (done <= plan.today)
    is_withdrawn = ~is_done & toss(rng, 0.03, count)
    is_open = (part == 0) & toss(rng, 0.6, count)
    codes = np.array([f"L{number:06d}" for number in range(1, count + 1)])
    offers = np.flatnonzero((part == 0) & ~is_withdrawn)
    # the next offer on the list, of the same category and of another unit
    match = np.full(count, "", dtype=codes.dtype)
    for at in np.flatnonzero((part == 1) & toss(rng, 0.2, count)):
        fit = offers[(category[offers] == category[at]) & (unit[offers] != unit[at])]
        if len(fit):
            match[at] = codes[fit[np.searchsorted(fit, at) % len(fit)]]
    return pd.DataFrame({
        "item_id": codes,
        "partner_id": [ids[at] for at in unit],
        "list_kind": pick(LISTS, part),
        "category": pick(CATEGORIES, category),
        "title": [TITLES[LISTS[p]][c] for p, c in zip(part, category, strict=True)],
        "from_date": days(start),
        "to_date": days(np.where(is_open, never, end)),
        "status": np.select([is_withdrawn, is_done], ["已撤回", "已完成"], "进行中"),
        "grid_id": "",
        "branch_id": "",
        "matched_item_id": match,
        "done_date": days(np.where(is_done, done, never)),
    })  # fmt: skip
