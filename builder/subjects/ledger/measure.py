"""From the ledger that may be published to facts: accounts and lines by branch, and an area's rows with their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from builder.frames import Listing, iso, text
from builder.model import Scope
from builder.subjects.ledger.protect import LedgerPublished
from builder.subjects.ledger.tally import COUNTED, MONEY, LedgerTally, added

__all__ = ["Account", "LedgerFacts", "Line", "Part", "measure"]


class Account(NamedTuple):
    """One period of a branch, amounts in cents; `balance` is opening + income − spending. Dates are ISO text."""

    period: str
    start_date: str
    end_date: str
    opening: int | None
    income: int
    spending: int
    balance: int | None
    is_closed: bool


class Line(NamedTuple):
    """One entry; of `income` and `spending` one is 0; `balance`: what the branch had after it."""

    entry_id: str
    entry_date: str
    direction: str
    category: str
    purpose: str
    approved_by: str
    income: int
    spending: int
    balance: int | None


class Part(NamedTuple):
    """One row on the page of an area: an area below it, or one of its own branches."""

    kind: str
    code: str
    tally: LedgerTally


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """`accounts` by branch, the newest first; `lines` by (branch, period), in the order of their days.

    `parts`: area → its rows for the period `latest`; under "" stand the branches that lie in no area.
    """

    accounts: Listing[Account]
    lines: Listing[Line]
    latest: str
    parts: Mapping[str, tuple[Part, ...]]
    total: LedgerTally

    def of(self, area: str) -> LedgerTally:
        """Return the sum of an area's rows."""
        return added([part.tally for part in self.parts.get(area, ())])


def measure(published: LedgerPublished, scope: Scope) -> LedgerFacts:
    """Return the facts of what may be published."""
    lines, accounts = published.lines, published.accounts
    words = ("entry_id", "direction", "category", "purpose", "approved_by")
    parts: dict[str, list[Part]] = {}
    names = ("unit", "kind", "code", *COUNTED)
    for unit, kind, code, *numbers in zip(*(published.sums[name].tolist() for name in names), strict=True):
        parts.setdefault(unit, []).append(Part(kind, code, LedgerTally(*map(int, numbers))))
    tops = [part.tally for top in scope.tree.tops for part in parts.get(top, ())]
    return LedgerFacts(
        accounts=Listing(
            text(accounts, "branch_id"),
            {
                "period": text(accounts, "period"),
                **{name: iso(accounts, name) for name in ("start_date", "end_date")},
                **{name: amounts(accounts[name]) for name in MONEY},
                "is_closed": accounts["is_closed"].tolist(),
            },
            Account,
        ),
        lines=Listing(
            list(zip(text(lines, "branch_id"), text(lines, "period"), strict=True)),
            {
                **{name: text(lines, name) for name in words},
                "entry_date": iso(lines, "entry_date"),
                **{name: amounts(lines[name]) for name in ("income", "spending", "balance")},
            },
            Line,
        ),
        latest=published.latest,
        parts={unit: tuple(found) for unit, found in parts.items()},
        total=added(tops),
    )


def amounts(column: pd.Series) -> list[int | None]:
    """Return cents as integers, None where there are none."""
    return [None if cell is pd.NA else int(cell) for cell in column.tolist()]
