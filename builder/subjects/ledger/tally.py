"""What is added up of a ledger."""

from __future__ import annotations

from typing import NamedTuple

from builder.model import Ratio
from builder.subjects.ledger.definitions import CLOSED

__all__ = ["COUNTED", "MONEY", "LedgerTally", "added"]


class LedgerTally(NamedTuple):
    """Accounts of one period together, amounts in cents. `closed` of them are in the amounts, `open` are not yet."""

    opening: int = 0
    income: int = 0
    spending: int = 0
    balance: int = 0
    closed: int = 0
    open: int = 0

    @property
    def published(self) -> Ratio:
        """Branches with a closed account ÷ all."""
        return CLOSED.of(self)


COUNTED = LedgerTally._fields
MONEY = ("opening", "income", "spending", "balance")
"""Those of COUNTED that are amounts."""


def added(items: list[LedgerTally]) -> LedgerTally:
    """Return several accounts together."""
    return LedgerTally(*(sum(values) for values in zip(*items, strict=True))) if items else LedgerTally()
