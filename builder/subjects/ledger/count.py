"""The ledger line by line with its balance, branch by branch and period by period, and the last period by area.

A branch belongs to the smallest area that holds all grids it answers for: so each is counted once, and the totals of
an area are those of the areas just below it and of its own branches. Definitions: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from builder.frames import compact
from builder.model import CountedPart, Scope, Tables, Tree
from builder.places import homes
from builder.subjects.ledger.periods import accounts, entries
from builder.subjects.ledger.tally import COUNTED, MONEY

__all__ = ["LedgerCounted", "count"]


@dataclass(frozen=True, slots=True)
class LedgerCounted(CountedPart):
    """`lines`: one row an entry, as it stands in its period, with period, income, spending and the balance after it.

    `accounts`: one row a branch and period, the newest first: opening, income, spending, balance (all in cents) and
    is_closed. `latest`: the last period that is over, "" for none. `sums`: what happened in it, one row for each
    thing `code` (`kind` area or branch) that is listed on the page of the area `unit`: COUNTED. Under the unit ""
    stand the branches that lie in no area.
    """

    lines: pd.DataFrame
    accounts: pd.DataFrame
    latest: str
    sums: pd.DataFrame


def count(tables: Tables, scope: Scope) -> LedgerCounted:
    """Return the ledger of the whole package: it is counted at once, as its rows name no grid."""
    found = entries(tables)
    account = accounts(tables, found)
    account = account.rename(columns={"due": "balance"}).assign(is_closed=account["closing"].notna())
    latest = last_period(account, pd.Timestamp(scope.as_of))
    newest_first = account.sort_values(["branch_id", "start_date"], ascending=[True, False], kind="stable")
    return LedgerCounted(
        lines=compact(lines(found, account), "entry_id", "purpose"),
        accounts=compact(newest_first.reset_index(drop=True)),
        latest=latest,
        sums=sums(account[account["period"] == latest], scope.tree),
    )


def last_period(account: pd.DataFrame, today: pd.Timestamp) -> str:
    over = account[account["end_date"] < today].sort_values("end_date", kind="stable")
    return str(over["period"].iloc[-1]) if len(over) else ""


def lines(found: pd.DataFrame, account: pd.DataFrame) -> pd.DataFrame:
    """Return the entries in the order of their days, each with its period and the balance after it."""
    frame = found.sort_values(["branch_id", "entry_date", "entry_id"], kind="stable")
    running = (frame["income"] - frame["spending"]).groupby(frame["account"]).cumsum()
    balance = frame["account"].map(account["opening"]).astype("Int64") + running
    frame = frame.assign(period=frame["account"].map(account["period"]), balance=balance)
    return frame.drop(columns=["account", "amount"]).reset_index(drop=True)


def sums(account: pd.DataFrame, tree: Tree) -> pd.DataFrame:
    """Return COUNTED of every row on the page of an area. `account`: the accounts of the period, one a branch.

    A branch that has not closed its account, or keeps none, counts as open.
    """
    lying, closed = homes(tree, {}), account[account["is_closed"]]
    branches = sorted({*lying, *account["branch_id"].dropna()})
    money = closed.set_index("branch_id")[list(MONEY)].reindex(branches)
    is_closed = money["balance"].notna().astype("int64")
    tally = money.fillna(0).assign(closed=is_closed, open=1 - is_closed)
    listed = pd.DataFrame(
        [(*place, branch) for branch in branches for place in shown(branch, lying.get(branch, ()))],
        columns=["unit", "kind", "code", "branch_id"],
        dtype="str",
    )
    rows = listed.join(tally, on="branch_id")
    return rows.groupby(["unit", "kind", "code"])[list(COUNTED)].sum().reset_index()


def shown(branch: str, path: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield where a branch is counted: itself on the page of its area, and that area on those of all above it."""
    yield path[-1] if path else "", "branch", branch
    for above, below in pairwise(path):
        yield above, "area", below
