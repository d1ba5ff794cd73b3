"""Indicators, quarterly scores of every 党支部, and the ladder of grades.

The weights of the ordinary indicators in force sum to 100 on every day of every assessed quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.branches import Branches
from builder.demo.columns import Dates, Flags, Floats, Ints, days, toss
from builder.demo.names import EVIDENCE
from builder.demo.plan import Plan
from builder.demo.world import World

__all__ = ["settled", "tables"]

METHODS = {"上级": "上级评定", "党员": "党员评议", "群众": "群众评议", "第三方": "第三方测评", "数据": "数据计算"}
VOTE_WORTH = np.array([100, 85, 60, 0])
BALLOT = "(好×100+较好×85+一般×60)÷有效票数;保留一位小数"
TOLD = {
    "score_low": "float64", "score_high": "float64", "favourable_low": "Int64", "favourable_high": "Int64",
    "withheld": "str",
}  # fmt: skip
ALWAYS, RETIRED, REPLACEMENT = "always", "retired", "replacement"
QUARTERS = 4


class Indicator(NamedTuple):
    """A row of indicator.csv; `force` says in which of the assessed quarters it counts."""

    indicator_id: str
    name: str
    kind: str
    definition: str
    formula: str
    direction: str
    evaluator: str
    source: str
    weight: int
    full_score: int
    force: str = ALWAYS
    expression: str = ""


INDICATORS = (
    Indicator("I01", "组织生活", "计分", "三会一课等组织生活是否按期、认真开展。",
              "上级党组织查阅记录后评分", "正向", "上级", "组织生活记录本", 15, 100),
    Indicator("I02", "党员评议", "计分", "本支部党员对支部工作的评价。", BALLOT, "正向", "党员", "评议票", 15, 100),
    Indicator("I03", "群众评议", "计分", "网格内居民对支部工作的评价。", BALLOT, "正向", "群众", "评议票", 25, 100),
    Indicator("I04", "网格环境", "计分", "第三方到网格实地查看环境和设施。",
              "现场评分;满分 50 分", "正向", "第三方", "现场检查表", 10, 50),
    Indicator("I05", "责任完成", "计分", "当季到期的责任里按期完成的比例。",
              "按期完成的责任 ÷ 到期的责任 × 100;保留一位小数", "正向", "数据", "责任清单", 15, 100,
              expression="round(100 × duty_on_time ÷ duty_due, 1)"),
    Indicator("I06", "逾期责任", "计分", "当季到期、到季末还没有完成的责任;越少得分越高。",
              "100 − 400 × 没有完成的责任 ÷ 到期的责任;最低 0 分;保留一位小数", "负向", "数据", "责任清单", 10, 100,
              expression="max(0, round(100 − 400 × duty_overdue ÷ duty_due, 1))"),
    Indicator("I07", "台账资料", "计分", "台账资料是否齐全。",
              "上级党组织查阅台账后评分;满分 20 分", "正向", "上级", "台账", 10, 20, RETIRED),
    Indicator("I08", "公开落实", "计分", "应公开的事项是否按时公开;自启用之日起代替“台账资料”。",
              "上级党组织核对公示后评分", "正向", "上级", "公示栏核对表", 10, 100, REPLACEMENT),
    Indicator("I09", "创新做法", "加分", "形成可以推广的做法。",
              "上级党组织认定一项加 1 分,最多 3 分", "正向", "上级", "认定文件", 3, 3),
    Indicator("I10", "通报批评", "减分", "受到上级党组织通报批评。",
              "通报一次减 1 分,最多 5 分", "负向", "上级", "通报文件", 5, 5),
    Indicator("I11", "弄虚作假", "否决", "上报的材料、数据弄虚作假,经核实。",
              "发生一次即评为最低等次", "负向", "上级", "核查结论", 0, 1),
)  # fmt: skip
ORDINARY = tuple(place for place, each in enumerate(INDICATORS) if each.kind == "计分")
BONUS, PENALTY, VETO = (len(ORDINARY) + step for step in range(3))


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
    quarter, branch, which = occasional(rng, quarter[kept], branch[kept], which[kept])
    level = np.clip(np.where(who.weak, 0.66, 0.905) + rng.normal(0, 0.035, len(who.ids)), 0.3, 0.985)[branch]
    ballots = vote(rng, which, level, who.members[branch])
    voted = ballots["ballots_valid"].to_numpy() > 0
    worth = ballots.filter(like="votes_").to_numpy() @ VOTE_WORTH / np.maximum(ballots["ballots_valid"], 1)
    full = np.array([each.full_score for each in INDICATORS])[which]
    given = np.clip(level + rng.normal(0, 0.04, len(level)), 0, 1) * full
    given = np.where(np.isin(which, ORDINARY), given, rng.integers(1, full + 1))
    score = np.floor(np.where(voted, worth, given) * 10 + 0.5) / 10
    names = np.array(periods(plan))[quarter]
    ids = np.array([each.indicator_id for each in INDICATORS])[which]
    url = EVIDENCE + "assessment/" + pd.Series(names) + "/" + pd.Series(who.ids[branch]) + "/" + pd.Series(ids)
    # what is told of polls is worked out when the rows are taken in
    told = {column: pd.Series(None, index=range(len(score)), dtype=kind) for column, kind in TOLD.items()}
    return pd.DataFrame({
        "period": names,
        "branch_id": who.ids[branch],
        "indicator_id": ids,
        "score": score,
        **{column: ballots[column].astype("Int64").where(voted) for column in ballots},
        "method": np.array([METHODS[each.evaluator] for each in INDICATORS])[which],
        "evidence_url": url.where(toss(rng, 0.1, len(url)), ""),
    }).assign(**told)  # fmt: skip


def periods(plan: Plan) -> list[str]:
    """Return the names of the assessed quarters, as 2026-Q3."""
    months = quarter_starts(plan)[:QUARTERS].astype("datetime64[M]").astype(np.int64)
    return [f"{1970 + month // 12}-Q{month % 12 // 3 + 1}" for month in months.tolist()]


def grid_of(count: int) -> tuple[Ints, Ints, Ints]:
    """Return quarter, branch and ordinary indicator of every assessment that is due."""
    quarter, branch, which = (axis.ravel() for axis in np.indices((QUARTERS, count, len(ORDINARY))))
    force = np.array([each.force for each in INDICATORS])[which]
    due = (force == ALWAYS) | ((force == RETIRED) == (quarter < QUARTERS // 2))
    return quarter[due], branch[due], which[due]


def present(rng: Generator, quarter: Ints, branch: Ints, which: Ints) -> Flags:
    """Return which assessments were made: some branches wait for the latest quarter, some lack an indicator or two."""
    count = int(branch.max()) + 1
    waiting = toss(rng, 0.05, count)
    patchy = toss(rng, 0.06, count * QUARTERS)[quarter * count + branch]
    lost = rng.integers(0, len(ORDINARY), (2, count * QUARTERS))[:, quarter * count + branch]
    missing = (waiting[branch] & (quarter == QUARTERS - 1)) | (patchy & (lost == which).any(axis=0))
    return np.asarray(~missing)


def occasional(rng: Generator, quarter: Ints, branch: Ints, which: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the assessments with some bonuses and penalties, and one veto in the latest quarter, in their places."""
    units, place = np.unique(quarter * (branch.max() + 1) + branch, return_index=True)
    count = len(units)
    last = np.flatnonzero(quarter[place] == QUARTERS - 1)
    vetoed = np.isin(np.arange(count), last[rng.integers(0, max(len(last), 1), 1)] if len(last) else [])
    extra = [(BONUS, toss(rng, 0.1, count)), (PENALTY, toss(rng, 0.06, count)), (VETO, vetoed)]
    quarter = np.concatenate([quarter, *(quarter[place[hit]] for _, hit in extra)])
    branch = np.concatenate([branch, *(branch[place[hit]] for _, hit in extra)])
    which = np.concatenate([which, *(np.full(int(hit.sum()), number) for number, hit in extra)])
    order = np.lexsort((which, branch, quarter))
    return quarter[order], branch[order], which[order]


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


def settled(tables: Mapping[str, pd.DataFrame], world: World) -> dict[str, pd.DataFrame]:
    """Return assessment.csv with the scores that follow from duties; a few are stated a little differently."""
    if "duty" not in tables:
        return {}
    frame, duty = tables["assessment"], tables["duty"]
    starts, found = quarter_starts(world.plan), []
    for name, start, after in zip(periods(world.plan), starts[:-1], starts[1:], strict=True):
        due, done = (duty[column].to_numpy().astype("datetime64[D]") for column in ("due_date", "done_date"))
        inside = (due >= start) & (due < after)
        counts = pd.DataFrame({
            "period": name,
            "branch_id": np.asarray(duty["branch_id"])[inside],
            "due": 1,
            "on_time": (done <= due)[inside].astype(np.int64),
            "open": (np.isnat(done) | (done >= after))[inside].astype(np.int64),
        })  # fmt: skip
        found.append(counts.groupby(["period", "branch_id"], as_index=False).sum())
    known = frame[["period", "branch_id"]].merge(pd.concat(found), how="left", on=["period", "branch_id"])
    due, kept, late = (known[name].to_numpy() for name in ("due", "on_time", "open"))
    score = frame["score"].to_numpy().copy()
    # half up in whole numbers: binary floating point would round some tenths the other way
    for code, tenths in (
        ("I05", np.floor((2_000 * kept + due) / (2 * due))),
        ("I06", np.maximum(0, np.floor((2 * (1_000 * due - 4_000 * late) + due) / (2 * due)))),
    ):
        rows = np.flatnonzero((frame["indicator_id"] == code) & known["due"].notna())
        score[rows] = tenths[rows] / 10
        wrong = rows[150::150][:3]
        score[wrong] += np.where(score[wrong] < 99, 0.4, -0.4) if code == "I06" else 0
    return {"assessment": frame.assign(score=score.round(1))}
