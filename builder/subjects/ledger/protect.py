"""What may be published of the ledger: its public columns, and sums of amounts that are all public themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from builder.frames import cut
from builder.model import Policy, PublishedPart, Shards
from builder.subjects.ledger.count import LedgerCounted
from builder.subjects.ledger.tally import COUNTED, MONEY

__all__ = ["LedgerPublished", "pieces", "protect"]

OWN = ("entry_id", "branch_id", "entry_date", "direction", "category", "purpose", "approved_by")
"""The ledger's columns that a line may show; shown only where they are public."""

DERIVED = ("period", "income", "spending", "balance")
"""What was worked out for each line."""

ACCOUNT = ("branch_id", "period", "start_date", "end_date")


@dataclass(frozen=True, slots=True)
class LedgerPublished(PublishedPart):
    """`lines`: the public ones of OWN, and DERIVED. `accounts`: ACCOUNT, MONEY, is_closed. `sums` as counted."""

    lines: pd.DataFrame
    accounts: pd.DataFrame
    latest: str
    sums: pd.DataFrame


def protect(counted: LedgerCounted, policy: Policy) -> LedgerPublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("ledger", name) and name in counted.lines]
    return LedgerPublished(
        lines=counted.lines[[*shown, *DERIVED]],
        accounts=counted.accounts[[*ACCOUNT, *MONEY, "is_closed"]],
        latest=counted.latest,
        sums=counted.sums[["unit", "kind", "code", *COUNTED]],
    )


def pieces(published: LedgerPublished, shards: Shards) -> Callable[[int], LedgerPublished]:
    """Return what belongs to a shard, by its number: accounts also where a branch answers for grids."""
    lines = cut(published.lines, shards, "branch", "branch_id")
    accounts = cut(published.accounts, shards, "branch", "branch_id")
    sums = cut(published.sums, shards, "area")

    def piece(number: int) -> LedgerPublished:
        away = [branch for branch, others in shards.elsewhere.items() if number in others]
        more = published.accounts[published.accounts["branch_id"].isin(away)]
        return LedgerPublished(
            lines=lines(number),
            accounts=pd.concat([accounts(number), more], ignore_index=True) if away else accounts(number),
            latest=published.latest,
            sums=sums(number),
        )

    return piece
