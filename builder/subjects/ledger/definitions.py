"""What the figures of the ledger mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["BALANCE", "CLOSED", "DEFINITIONS", "INCOME", "OPENING", "SPENDING"]

AREAS = mark("of an area: branches whose account of the period is not closed, or that answer for no grid")

BALANCE = Definition(
    anchor="ledger-balance",
    name=mark("Closing balance"),
    meaning=mark("How much money a branch had at the end of a period, to the cent."),
    formula=mark("opening balance + income − spending"),
    exclusions=mark("nothing; a period in which the sum is another than the closing balance is not published"),
    source=mark("tables ledger and ledger_balance: amount, opening, closing"),
)
CLOSED = Definition(
    anchor="ledger-closed",
    name=mark("Accounts published"),
    meaning=mark("Of the branches that answer for grids, how many have published a closed account of the last period."),
    numerator=("closed",),
    denominator=("closed", "open"),
    counts={"closed": mark("branches with a closed account"), "open": mark("branches without one")},
    exclusions=mark("branches that answer for no grid, such as committees"),
    source=mark("table ledger_balance: branch_id, period, closing; table branch_grid"),
)
OPENING = Definition(
    anchor="ledger-opening",
    name=mark("Opening balance"),
    meaning=mark("How much money there was at the beginning of a period."),
    formula=mark("opening balance as it is reported; of an area the sum over its branches"),
    exclusions=AREAS,
    source=mark("table ledger_balance: opening"),
)
INCOME = Definition(
    anchor="ledger-income",
    name=mark("Income"),
    meaning=mark("How much money came in during a period."),
    formula=mark("sum of the amounts of the entries of direction income; of an area the sum over its branches"),
    exclusions=AREAS,
    source=mark("table ledger: direction, entry_date, amount"),
)
SPENDING = Definition(
    anchor="ledger-spending",
    name=mark("Spending"),
    meaning=mark("How much money was spent during a period."),
    formula=mark("sum of the amounts of the entries of direction spending; of an area the sum over its branches"),
    exclusions=AREAS,
    source=mark("table ledger: direction, entry_date, amount"),
)
DEFINITIONS = (BALANCE, OPENING, INCOME, SPENDING, CLOSED)
