"""Indicators, quarterly scores of every 党支部, and the ladder of grades.

The weights of the indicators in force sum to 100 on every day of every assessed quarter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.branches import Branches
from builder.demo.columns import Dates, Flags, Floats, Ints, days, toss
from builder.demo.names import EVIDENCE
from builder.demo.plan import Plan
from builder.demo.world import World

__all__ = ["tables"]

METHODS = {"上级": "上级评定", "党员": "党员评议", "群众": "群众评议", "第三方": "第三方测评", "数据": "数据计算"}
VOTE_WORTH = np.array([100, 85, 60, 0])
BALLOT = "(好×100+较好×85+一般×60)÷有效票数;保留一位小数"
ALWAYS, RETIRED, REPLACEMENT = "always", "retired", "replacement"
QUARTERS = 4


class Indicator(NamedTuple):
    """A row of indicator.csv; `force` says in which of the assessed quarters it counts."""

    indicator_id: str
    name: str
    definition: str
    formula: str
    direction: str
    evaluator: str
    weight: int
    full_score: int
    force: str


INDICATORS = (
    Indicator("I01", "组织生活", "三会一课等组织生活是否按期、认真开展。",
              "上级党组织查阅记录后评分", "正向", "上级", 15, 100, ALWAYS),
    Indicator("I02", "党员评议", "本支部党员对支部工作的评价。", BALLOT, "正向", "党员", 15, 100, ALWAYS),
    Indicator("I03", "群众评议", "网格内居民对支部工作的评价。", BALLOT, "正向", "群众", 25, 100, ALWAYS),
    Indicator("I04", "网格环境", "第三方到网格实地查看环境和设施。",
              "现场评分;满分 50 分", "正向", "第三方", 10, 50, ALWAYS),
    Indicator("I05", "责任完成", "责任清单按期完成的情况。",
              "由责任清单系统评分(演示数据为随机生成)", "正向", "数据", 15, 100, ALWAYS),
    Indicator("I06", "逾期事项", "事项超过办结时限的情况;逾期越少得分越高。",
              "由事项系统按逾期率扣分后得分(演示数据为随机生成)", "负向", "数据", 10, 100, ALWAYS),
    Indicator("I07", "台账资料", "台账资料是否齐全。",
              "上级党组织查阅台账后评分;满分 20 分", "正向", "上级", 10, 20, RETIRED),
    Indicator("I08", "公开落实", "应公开的事项是否按时公开;自启用之日起代替“台账资料”。",
              "上级党组织核对公示后评分", "正向", "上级", 10, 100, REPLACEMENT),
)  # fmt: skip


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return indicator.csv, assessment.csv and grade.csv."""
    return {
        "indicator": indicators(world.plan),
        "assessment": assessments(rng, world.who, world.plan),
        "grade": grades(),
    }


def grades() -> pd.DataFrame:
    """Return grade.csv, best first."""
    return pd.DataFrame(
        {"grade": ["A", "B", "C", "D"], "name": ["优秀", "良好", "合格", "不合格"], "min_score": [90, 80, 60, 0]}
    )


def quarter_starts(plan: Plan) -> Dates:
    """Return the first days of the last four complete quarters, and of the one after them."""
    months = int((plan.today + 1).astype("datetime64[M]").astype(np.int64)) // 3 * 3
    return np.arange(months - 3 * QUARTERS, months + 1, 3).astype("datetime64[M]").astype("datetime64[D]")


def indicators(plan: Plan) -> pd.DataFrame:
    """Return indicator.csv: one indicator gives way to another after the second assessed quarter."""
    starts = quarter_starts(plan)
    force = np.array([each.force for each in INDICATORS])
    begin = (starts[0].astype("datetime64[Y]") - 2).astype("datetime64[D]")
    table = pd.DataFrame(INDICATORS).drop(columns="force")
    table["valid_from_date"] = days(np.where(force == REPLACEMENT, starts[2], begin))
    table["valid_to_date"] = days(np.where(force == RETIRED, starts[2] - 1, np.datetime64("NaT", "D")))
    return table


def assessments(rng: Generator, who: Branches, plan: Plan) -> pd.DataFrame:
    """Return assessment.csv, one row a quarter, branch and indicator; about 3 % have not been assessed."""
    quarter, branch, which = grid_of(len(who.ids))
    kept = present(rng, quarter, branch, which)
    quarter, branch, which = quarter[kept], branch[kept], which[kept]
    level = np.clip(np.where(who.weak, 0.66, 0.905) + rng.normal(0, 0.035, len(who.ids)), 0.3, 0.985)[branch]
    ballots = vote(rng, which, level, who.members[branch])
    voted = ballots["ballots_valid"].to_numpy() > 0
    worth = ballots.filter(like="votes_").to_numpy() @ VOTE_WORTH / np.maximum(ballots["ballots_valid"], 1)
    full = np.array([each.full_score for each in INDICATORS])[which]
    given = np.clip(level + rng.normal(0, 0.04, len(level)), 0, 1) * full
    score = np.floor(np.where(voted, worth, given) * 10 + 0.5) / 10
    names = np.array(periods(plan))[quarter]
    ids = np.array([each.indicator_id for each in INDICATORS])[which]
    url = EVIDENCE + "assessment/" + pd.Series(names) + "/" + pd.Series(who.ids[branch]) + "/" + pd.Series(ids)
    return pd.DataFrame({
        "period": names,
        "branch_id": who.ids[branch],
        "indicator_id": ids,
        "score": score,
        **{column: ballots[column].astype("Int64").where(voted) for column in ballots},
        "method": np.array([METHODS[each.evaluator] for each in INDICATORS])[which],
        "evidence_url": url.where(toss(rng, 0.1, len(url)), ""),
    })  # fmt: skip


def periods(plan: Plan) -> list[str]:
    """Return the names of the assessed quarters, as 2026-Q3."""
    months = quarter_starts(plan)[:QUARTERS].astype("datetime64[M]").astype(np.int64)
    return [f"{1970 + month // 12}-Q{month % 12 // 3 + 1}" for month in months.tolist()]


def grid_of(count: int) -> tuple[Ints, Ints, Ints]:
    """Return quarter, branch and indicator of every assessment that is due."""
    quarter, branch, which = (axis.ravel() for axis in np.indices((QUARTERS, count, len(INDICATORS))))
    force = np.array([each.force for each in INDICATORS])[which]
    due = (force == ALWAYS) | ((force == RETIRED) == (quarter < QUARTERS // 2))
    return quarter[due], branch[due], which[due]


def present(rng: Generator, quarter: Ints, branch: Ints, which: Ints) -> Flags:
    """Return which assessments were made: some branches wait for the latest quarter, some lack an indicator or two."""
    count = int(branch.max()) + 1
    waiting = toss(rng, 0.05, count)
    patchy = toss(rng, 0.06, count * QUARTERS)[quarter * count + branch]
    lost = rng.integers(0, len(INDICATORS), (2, count * QUARTERS))[:, quarter * count + branch]
    missing = (waiting[branch] & (quarter == QUARTERS - 1)) | (patchy & (lost == which).any(axis=0))
    return np.asarray(~missing)


def vote(rng: Generator, which: Ints, level: Floats, members: Ints) -> pd.DataFrame:
    """Return ballots and votes; zeros for indicators that nobody votes on. A few polls are very small."""
    evaluator = np.array([each.evaluator for each in INDICATORS])[which]
    count = len(which)
    invited = np.where(evaluator == "党员", members, rng.integers(30, 91, count))
    invited = np.where(toss(rng, 0.04, count), rng.integers(4, 10, count), invited)
    issued = np.where(np.isin(evaluator, ("党员", "群众")), invited, 0)
    valid = np.minimum(np.maximum(rng.binomial(issued, 0.93), 1), issued)
    poor = 0.3 * (1 - level)
    average, good = 0.9 * (1 - level), 0.75 * level
    votes = rng.multinomial(valid, np.stack([good, 1 - good - average - poor, average, poor], axis=1))
    table = pd.DataFrame(votes, columns=["votes_good", "votes_fair", "votes_average", "votes_poor"])
    table.insert(0, "ballots_valid", valid)
    table.insert(0, "ballots_issued", issued)
    return table
