"""What residents said in the period: most of it answered in time, some late, some not at all, some contested."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import days, draw, excuses, pick, toss
from builder.demo.world import World
from builder.subjects.counts import FIELDS
from builder.subjects.feedback.statistics import TABLE

__all__ = ["tables"]

LIMIT_DAYS = 15
A_GRID = 3
"""Questions a grid, on average, in a year."""

RATINGS = ("满意", "基本满意", "不满意")
POSTS = ("网格长", "社区书记", "支部书记", "街道民生服务岗")


class Topic(NamedTuple):
    """What is asked again and again, the reply, and what changes; `result` "" where nothing does."""

    category: str
    question: str
    reply: str
    result: str


TOPICS = (
    Topic(
        "环境卫生", "垃圾投放点早上清运太晚，能不能提前？",
        "已与环卫单位商定，清运提前到早上六点半。", "清运时间改为 6:30，已在投放点公示。",
    ),
    Topic(
        "环境卫生", "绿化带里的狗粪没人管，建议设宠物粪便收集箱。",
        "已列入本季度微实事，预计两周内安装。", "安装收集箱两处。",
    ),
    Topic(
        "公共设施", "楼道灯坏了好几盏。\n一到晚上老人不敢下楼。",
        "已报修，维修人员当天到场查看。\n配件到货后更换。", "更换声控灯，夜间复查正常。",
    ),
    Topic(
        "公共设施", "小广场的健身器材松动，孩子玩有危险。",
        "已设置警示带，并通知厂家维修。", "器材已加固。",
    ),
    Topic(
        "物业管理", "物业费用在哪里，希望公开收支。",
        "已要求物业企业每半年公示一次收支。", "上半年收支已张贴在公告栏。",
    ),
    Topic(
        "停车出行", "消防通道常有车辆停放，救护车进不来。",
        "已施划禁停标线，网格员早晚巡查劝导。", "",
    ),
    Topic(
        "停车出行", "能不能增加几个非机动车充电位？",
        "已选定位置，等待供电部门踏勘。", "",
    ),
    Topic(
        "便民服务", "社区食堂能不能给行动不便的老人送餐？",
        "由志愿者每天中午送餐，请到社区登记。", "开通送餐服务。",
    ),
    Topic(
        "社区治理", "议事会的结果希望能让没参加的人也知道。",
        "今后每次议事会的纪要张贴三天。", "纪要已公开。",
    ),
    Topic(
        "社区治理", "楼上装修噪声很大，建议约定施工时间。",
        "已召集相关住户协商，约定工作日施工时段。", "",
    ),
)  # fmt: skip


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return feedback.csv, one row a question, by the day it was received."""
    where, who, plan = world.where, world.who, world.plan
    count = A_GRID * len(where.opened)
    grid, topic = rng.integers(0, len(where.opened), count), rng.integers(0, len(TOPICS), count)
    first = np.maximum(where.opened[grid], plan.start - 40)
    received = first + (rng.random(count) * ((plan.today - first).astype(np.int64) + 1)).astype(np.int64)
    order = np.lexsort((grid, received))
    grid, topic, received = grid[order], topic[order], received[order]
    weak = who.weak[who.answering(grid, np.maximum(received, where.opened[grid]))]
    wait = (np.where(weak, 14.0, 6.0) * rng.lognormal(0.0, 0.6, count)).astype(np.int64)
    is_replied = toss(rng, np.where(weak, 0.8, 0.97), count) & (received + wait <= plan.today)
    replied = np.where(is_replied, received + wait, np.datetime64("NaT", "D"))
    rating = draw(rng, (60, 26, 14), count)
    is_rated = is_replied & toss(rng, 0.5, count)
    back = replied + rng.integers(1, 20, count)
    is_back = is_rated & (rating == RATINGS.index("不满意")) & toss(rng, 0.7, count) & (back <= plan.today)
    changed = is_replied & np.array([bool(each.result) for each in TOPICS])[topic] & toss(rng, 0.85, count)
    return {TABLE: pd.DataFrame(columns=list(FIELDS)), "feedback": pd.DataFrame({
        "feedback_id": [f"F{number:06d}" for number in range(1, count + 1)],
        "grid_id": pick(where.grid["grid_id"].tolist(), grid),
        "category": np.array([each.category for each in TOPICS])[topic],
        "question": pick([each.question for each in TOPICS], topic),
        "received_date": days(received),
        "limit_date": days(received + LIMIT_DAYS),
        "reply": pick([each.reply for each in TOPICS], topic, is_replied),
        "replied_date": days(replied),
        "replied_by": pick(POSTS, draw(rng, (45, 30, 15, 10), count), is_replied),
        "result": np.where(changed, np.array([each.result for each in TOPICS])[topic], ""),
        "rating": pick(RATINGS, rating, is_rated),
        "follow_up_date": days(np.where(is_back, back, np.datetime64("NaT", "D"))),
        "follow_up": pick(("已上门说明并补充办理。", "已电话说明，继续跟进。"), rng.integers(0, 2, count), is_back),
        **excuses(rng, plan, np.isnat(replied) & (received + LIMIT_DAYS < plan.today)),
    })}  # fmt: skip
