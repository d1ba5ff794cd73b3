"""The ledger on a page: a branch's lines period by period, its accounts on its grids' pages, an area's totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.frames import exact, yuan
from builder.language import mark
from builder.model import Block, Figure, Json, Link, Ratio, Unit
from builder.subjects.edition import Edition
from builder.subjects.ledger.definitions import BALANCE, CLOSED
from builder.subjects.ledger.measure import Account, LedgerFacts, Line, Part
from builder.subjects.ledger.tally import LedgerTally, added
from builder.subjects.sentence import whole

__all__ = [
    "AccountRow", "AreaLedger", "AreaSum", "BranchPeriod", "LedgerBlock", "LineRow", "block", "document", "figures",
    "totals",
]  # fmt: skip


class AccountRow(NamedTuple):
    """One period of a branch, amounts as text in yuan; `account` has them in cents."""

    opening: str
    income: str
    spending: str
    balance: str
    account: Account


class LineRow(NamedTuple):
    """One entry, amounts as text in yuan; "" for the direction that it has not."""

    line: Line
    income: str
    spending: str
    balance: str


class BranchPeriod(NamedTuple):
    """One period with all its entries."""

    row: AccountRow
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class LedgerBlock(Block):
    """The accounts of a branch, the newest first. `periods`: the same line by line, on the branch's own page only.

    `shows_branch`: whose page this is not, so the block says whose money it is.
    """

    template: ClassVar[str] = "ledger.html"
    anchor: ClassVar[str] = "ledger"

    branch: Link
    shows_branch: bool
    accounts: tuple[AccountRow, ...]
    periods: tuple[BranchPeriod, ...]


class AreaSum(NamedTuple):
    """One row of an area's accounts, amounts as text in yuan; `link` None for the sum of the rows."""

    link: Link | None
    opening: str
    income: str
    spending: str
    balance: str
    published: Ratio


@dataclass(frozen=True, slots=True)
class AreaLedger(Block):
    """An area's accounts of one period: a row for each area below it and each branch of its own, and their sum.

    `apart`: branches that lie in no area, on the pages of the topmost areas; `apart_total`: their sum.
    """

    template: ClassVar[str] = "ledger_area.html"
    anchor: ClassVar[str] = "ledger"

    period: str
    rows: tuple[AreaSum, ...]
    total: AreaSum
    waiting: int
    apart: tuple[AreaSum, ...]
    apart_total: AreaSum


def block(facts: LedgerFacts, unit: Unit, edition: Edition) -> LedgerBlock | AreaLedger | None:
    """Return the accounts of a branch, of the branch of a grid, or of an area; None where there are none."""
    level, code = unit
    if level == "area":
        return area_block(facts, code, edition)
    branch = edition.tree.responsible.get(code, "") if level == "grid" else code
    if not branch or (level == "branch" and code not in edition.places.terms and not facts.accounts.count(code)):
        return None
    rows = tuple(account_row(item) for item in facts.accounts.rows(branch))
    return LedgerBlock(
        branch=edition.names.branch(branch),
        shows_branch=level == "grid",
        accounts=rows,
        periods=tuple(
            BranchPeriod(row, tuple(line_row(item) for item in facts.lines.rows((branch, row.account.period))))
            for row in rows
            if level == "branch"
        ),
    )


def account_row(item: Account) -> AccountRow:
    return AccountRow(
        opening=yuan(item.opening), income=yuan(item.income), spending=yuan(item.spending),
        balance=yuan(item.balance), account=item,
    )  # fmt: skip


def line_row(item: Line) -> LineRow:
    return LineRow(
        line=item,
        income=yuan(item.income) if item.income else "",
        spending=yuan(item.spending) if item.spending else "",
        balance=yuan(item.balance),
    )


def area_block(facts: LedgerFacts, area: str, edition: Edition) -> AreaLedger | None:
    parts = facts.parts.get(area, ())
    apart = facts.parts.get("", ()) if area in edition.tree.tops else ()
    if not facts.latest or not (parts or apart):
        return None
    total = facts.of(area)
    return AreaLedger(
        period=facts.latest,
        rows=tuple(area_sum(part.tally, link(part, edition)) for part in parts),
        total=area_sum(total, None),
        waiting=total.open,
        apart=tuple(area_sum(part.tally, link(part, edition)) for part in apart),
        apart_total=area_sum(added([part.tally for part in apart]), None),
    )


def link(part: Part, edition: Edition) -> Link:
    return edition.names.area(part.code) if part.kind == "area" else edition.names.branch(part.code)


def area_sum(tally: LedgerTally, link: Link | None) -> AreaSum:
    opening, income, spending, balance = (
        yuan(amount if tally.closed else None)
        for amount in (tally.opening, tally.income, tally.spending, tally.balance)
    )
    return AreaSum(
        link=link, opening=opening, income=income, spending=spending, balance=balance, published=tally.published
    )


def figures(found: LedgerBlock | AreaLedger, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen of a branch says of its money."""
    closed = [] if isinstance(found, AreaLedger) else [row for row in found.accounts if row.account.is_closed]
    if unit.level != "branch" or not closed:
        return ()
    _ = edition.translate
    amount = _(mark("{amount} yuan")).format(amount=closed[0].balance)
    return (Figure(_(BALANCE.name), BALANCE.anchor, text=amount, period=closed[0].account.period, path="#ledger"),)


def totals(facts: LedgerFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of ledgers: how many are open to everybody."""
    if not facts.latest:
        return ()
    at = whole("ledger", edition).block
    return (Figure(edition.translate(CLOSED.name), CLOSED.anchor, facts.total.published, period=facts.latest, path=at),)


def document(found: LedgerBlock | AreaLedger) -> Json:
    """Return the accounts of a grid's branch for data.json, amounts as decimal text."""
    if isinstance(found, AreaLedger):
        return None
    return {
        "branch_id": found.branch.path.split("/")[1],
        "periods": [
            {
                "period": item.period, "start": item.start_date, "end": item.end_date, "opening": exact(item.opening),
                "income": exact(item.income), "spending": exact(item.spending), "balance": exact(item.balance),
                "closed": item.is_closed,
            }
            for item in (row.account for row in found.accounts)
        ],
    }  # fmt: skip
