"""Which period of its branch an entry falls into, and what income and spending a period has: for checks and counts."""

from __future__ import annotations

import pandas as pd

from builder.frames import cents
from builder.model import Tables

__all__ = ["accounts", "entries"]


def entries(tables: Tables) -> pd.DataFrame:
    """Return the ledger's rows, with income and spending in cents (Int64) and `account`: the row of `accounts`.

    An entry that falls into no period of its branch has the account -1; where periods overlap, it is in the one that
    began last.
    """
    frame, balances = tables["ledger"], tables["ledger_balance"]
    amount = cents(frame["amount"]).fillna(0)
    is_income, is_spending = (
        frame["direction"].isin(tables.values("ledger", "direction", role)) for role in ("income", "spending")
    )
    return frame.assign(
        income=amount.where(is_income, 0), spending=amount.where(is_spending, 0), account=placed(frame, balances)
    )


def placed(frame: pd.DataFrame, balances: pd.DataFrame) -> pd.Series:
    """Return the row of `balances` that each entry falls into, -1 for none."""
    begun = balances[["branch_id", "start_date", "end_date"]].assign(account=balances.index)
    begun = begun.dropna().sort_values("start_date", kind="stable")
    days = frame[["branch_id", "entry_date"]].assign(row=frame.index).dropna().sort_values("entry_date", kind="stable")
    if days.empty:
        return pd.Series(-1, index=frame.index, dtype="int64")
    found = pd.merge_asof(days, begun, left_on="entry_date", right_on="start_date", by="branch_id")
    inside = found["account"].where(found["entry_date"] <= found["end_date"])
    return pd.Series(inside.to_numpy(), index=found["row"].to_numpy()).reindex(frame.index).fillna(-1).astype("int64")


def accounts(tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the balances, with opening, closing, income and spending in cents (Int64).

    `found`: what `entries` returned. `due`: opening + income − spending, what the closing balance has to be.
    """
    balances = tables["ledger_balance"]
    sums = found.groupby("account")[["income", "spending"]].sum().reindex(balances.index, fill_value=0)
    opening = cents(balances["opening"])
    return balances.assign(
        opening=opening,
        closing=cents(balances["closing"]),
        income=sums["income"],
        spending=sums["spending"],
        due=opening + sums["income"] - sums["spending"],
    )
