"""Accounts of branches and committees, quarter by quarter: equal to the cent; some not closed yet, some unapproved."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Dates, Ints, Texts, days, toss
from builder.demo.plan import Plan
from builder.demo.world import World

__all__ = ["tables"]

QUARTERS = 4
INCOME = (
    ("上级拨款", "上级拨付的党组织工作经费"), ("党费返还", "上级返还的党费"),
    ("捐赠收入", "辖区单位捐赠的活动物资折款"),
)  # fmt: skip
SPENDING = (
    ("活动经费", "主题党日活动租车"), ("教育培训", "购买党员学习书籍"), ("走访慰问", "节日走访慰问困难家庭"),
    ("便民服务", "便民服务活动材料"), ("办公费用", "打印公示材料"), ("便民服务", "更换楼道公示栏"),
)  # fmt: skip
POSTS = np.array(["支部书记", "支部委员会", "组织委员"])
COMMITTEE_POSTS = np.array(["党委书记", "党委会议"])


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return ledger.csv and ledger_balance.csv: every branch, and the committees of streets, which have no grid."""
    kind = world.who.branch["kind"].to_numpy()
    ids = world.who.branch["branch_id"].to_numpy()[kind != "党总支"]
    is_committee = kind[kind != "党总支"] == "党委"
    starts = quarter_starts(world.plan)
    account = np.arange(len(ids) * QUARTERS)
    branch, quarter = account // QUARTERS, account % QUARTERS
    count = np.where(is_committee[branch], 9, rng.integers(3, 8, len(account)))
    of = np.repeat(account, count)
    place = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    is_income = place == 0
    length = (starts[quarter + 1] - starts[quarter]).astype(np.int64)[of]
    date = starts[quarter][of] + np.where(is_income, 0, (rng.random(len(of)) * length).astype(np.int64))
    amount = amounts(rng, of, is_income, is_committee[branch][of])
    opening, closing = balances(rng, of, np.where(is_income, amount, -amount), len(ids))
    late = toss(rng, 0.05, len(ids))[branch] & (quarter == QUARTERS - 1)
    ledger = entries(rng, ids[branch[of]], date, is_income, is_committee[branch][of]).assign(amount=written(amount))
    ledger = ledger.sort_values(["entry_date", "branch_id"], kind="stable", ignore_index=True)
    ledger.insert(0, "entry_id", "L" + pd.Series(np.arange(1, len(of) + 1)).astype("str").str.zfill(8))
    return {
        "ledger": ledger,
        "ledger_balance": pd.DataFrame({
            "branch_id": ids[branch],
            "period": np.array(names(starts))[quarter],
            "start_date": days(starts[quarter]),
            "end_date": days(starts[quarter + 1] - 1),
            "opening": written(opening),
            "closing": written(closing).where(~late, ""),
        }),
    }  # fmt: skip


def quarter_starts(plan: Plan) -> Dates:
    """Return the first days of the last four complete quarters, and of the one after them."""
    months = int((plan.today + 1).astype("datetime64[M]").astype(np.int64)) // 3 * 3
    return np.arange(months - 3 * QUARTERS, months + 1, 3).astype("datetime64[M]").astype("datetime64[D]")


def names(starts: Dates) -> list[str]:
    """Return the names of the quarters, as 2026-Q3."""
    months = starts[:QUARTERS].astype("datetime64[M]").astype(np.int64)
    return [f"{1970 + month // 12}-Q{month % 12 // 3 + 1}" for month in months.tolist()]


def amounts(rng: Generator, of: Ints, is_income: np.ndarray, is_committee: np.ndarray) -> Ints:
    """Return the cents of each entry: what a quarter spends is about what it gets."""
    got = rng.integers(300_000, 900_000, len(of)) // 10_000 * 10_000
    spent = rng.integers(4_000, 120_000, len(of))
    return np.where(is_income, got, spent) * np.where(is_committee, 8, 1)


def balances(rng: Generator, of: Ints, change: Ints, branches: int) -> tuple[Ints, Ints]:
    """Return opening and closing cents of each account: each opens with what the one before closed with."""
    by_account = np.zeros(branches * QUARTERS, dtype=np.int64)
    np.add.at(by_account, of, change)
    added = np.cumsum(by_account.reshape(branches, QUARTERS), axis=1)
    # an account is never overdrawn: it begins with more than its lowest day takes
    begin = rng.integers(1_000_000, 3_000_000, branches) + 8 * 1_200_000
    closing = begin[:, None] + added
    return (closing - by_account.reshape(branches, QUARTERS)).ravel(), closing.ravel()


def entries(
    rng: Generator, branch: Texts, date: Dates, is_income: np.ndarray, is_committee: np.ndarray
) -> pd.DataFrame:
    """Return the entries without their amounts; one spending in a hundred names nobody who approved it."""
    count = len(branch)
    got, spent = rng.integers(0, len(INCOME), count), rng.integers(0, len(SPENDING), count)
    texts = [np.where(is_income, np.array(INCOME)[got, at], np.array(SPENDING)[spent, at]) for at in (0, 1)]
    post = np.where(is_committee, COMMITTEE_POSTS[spent % 2], POSTS[spent % 3])
    return pd.DataFrame({
        "branch_id": branch,
        "entry_date": days(date),
        "direction": np.where(is_income, "收入", "支出"),
        "category": texts[0],
        "purpose": texts[1],
        "approved_by": np.where(is_income | toss(rng, 0.01, count), "", post),
    })  # fmt: skip


def written(cents: Ints) -> pd.Series:
    """Return cents as the text of yuan: a CSV of floats would lose the second decimal."""
    return pd.Series([f"{cent // 100}.{cent % 100:02}" for cent in cents.tolist()])
