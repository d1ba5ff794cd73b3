"""Rules of the ledger: every amount in its period, and every period equal to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from builder.frames import cents, yuan
from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check, as_text, issues, not_after, order
from builder.subjects.ledger.periods import accounts, entries

__all__ = ["CHECKS"]

ENTRY = ("ledger.branch_id", "ledger.entry_date", "ledger.direction", "ledger.amount")
BALANCE = tuple(
    f"ledger_balance.{name}" for name in ("branch_id", "period", "start_date", "end_date", "opening", "closing")
)


def not_positive(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the entries whose amount is not above zero."""
    frame = tables["ledger"]
    amount = cents(frame["amount"])
    for row, value in amount[(amount <= 0).fillna(False)].items():
        yield Issue(int(str(row)), "amount", {"value": yuan(value)})


def outside(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the entries that fall into no period of their branch."""
    frame = entries(tables)
    yield from issues(frame, frame["entry_date"].notna() & (frame["account"] < 0), "entry_date", "branch_id")


def unapproved(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the spendings that nobody approved."""
    frame = tables["ledger"]
    spent = frame["direction"].isin(tables.values("ledger", "direction", "spending"))
    yield from issues(frame.assign(approved_by=frame["approved_by"].fillna("")), spent & frame["approved_by"].isna(),
                      "approved_by", "entry_id")  # fmt: skip


def unequal(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods in which opening + income − spending is not the closing balance."""
    frame = accounts(tables, entries(tables))
    columns = ["opening", "income", "spending", "due", "closing"]
    for row, start, income, spending, due, closing in picked(frame, frame["due"] != frame["closing"], columns):
        values = {
            "value": yuan(closing), "due": yuan(due), "start": yuan(start), "in": yuan(income), "out": yuan(spending),
            "difference": yuan(abs(due - closing)),
        }  # fmt: skip
        yield Issue(row, "closing", values)


def picked(frame: pd.DataFrame, broken: pd.Series, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield row and cells of each row of `frame` where `broken`."""
    yield from frame.loc[broken.fillna(False).astype(bool), columns].itertuples(name=None)


def unclosed(tables: Tables, as_of: date) -> Iterator[Issue]:
    """Yield the periods that are over and have no closing balance."""
    frame = tables["ledger_balance"]
    over = frame["closing"].isna() & (frame["end_date"] < pd.Timestamp(as_of))
    yield from issues(frame, over, "period", "branch_id")


def in_turn(tables: Tables) -> pd.DataFrame:
    """Return the balances branch by branch, the earliest first; `last`: the balance before it of the same branch."""
    frame = tables["ledger_balance"]
    frame = frame.assign(opening=cents(frame["opening"]), closing=cents(frame["closing"]))
    frame = frame.dropna(subset=["start_date", "end_date"]).sort_values(["branch_id", "start_date"], kind="stable")
    before = frame.groupby("branch_id")[["period", "end_date", "closing"]].shift()
    return frame.assign(**{f"last_{name}": before[name] for name in before})


def not_carried(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that open with another balance than the one before closed with."""
    frame = in_turn(tables)
    columns = ["opening", "last_period", "last_closing"]
    for row, opening, last, closed in picked(frame, frame["opening"] != frame["last_closing"], columns):
        difference = yuan(abs(opening - closed))
        yield Issue(row, "opening", {
            "value": yuan(opening), "last": last, "closed": yuan(closed), "difference": difference,
        })  # fmt: skip


def overlapping(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that begin before the one before is over."""
    frame = in_turn(tables)
    early = frame["start_date"] <= frame["last_end_date"]
    for row, start, last in picked(frame, early, ["start_date", "last_period"]):
        yield Issue(row, "start_date", {"value": as_text(start), "last": last})


def different(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that have other days than the first period of the same name."""
    frame = tables["ledger_balance"]
    first = frame.groupby("period")[["start_date", "end_date"]].transform("first")
    differs = (frame["start_date"] != first["start_date"]) | (frame["end_date"] != first["end_date"])
    known = frame["period"].notna() & frame["start_date"].notna() & frame["end_date"].notna()
    yield from issues(frame, differs & known, "period", "start_date", "end_date")


CHECKS: tuple[Check, ...] = (
    not_after("ledger", "entry_date", "entry-after-as-of", mark("No money is entered after the day of the data.")),
    Check(
        "amount-not-positive", Severity.ERROR, "ledger", ("ledger.amount",),
        mark("An amount of income or spending is above zero."),
        mark("the amount is {value}"),
        mark("Write income and spending as amounts above zero; the direction says which of the two it is."),
        not_positive,
        wrong="-1200.00", right="1200.00",
    ),
    Check(
        "entry-outside-periods", Severity.ERROR, "ledger", (*ENTRY, *BALANCE),
        mark("Every entry falls into a period of its branch."),
        mark("{value} lies in no period of the branch {branch_id}"),
        mark("Correct the date, or add the period to the table of balances."), outside,
        wrong="{entry_date} 2024-12-31", right="{entry_date} 2026-03-31",
    ),
    Check(
        "approval-missing", Severity.WARNING, "ledger",
        ("ledger.approved_by", "ledger.direction", "ledger.entry_id"),
        mark("Every spending names the post that approved it."),
        mark("nobody is named who approved the spending {entry_id}"),
        mark("Write the post that approved it, without a name."), unapproved,
        wrong="{direction} {direction:spending}, {approved_by} –",
        right="{direction} {direction:spending}, {approved_by} …",
    ),
    order(
        "ledger_balance", "start_date", "end_date", "period-order",
        mark("A period of the ledger ends on or after the day it began."),
    ),
    Check(
        "period-differs", Severity.ERROR, "ledger_balance",
        ("ledger_balance.period", "ledger_balance.start_date", "ledger_balance.end_date"),
        mark("A period has the same days for all branches."),
        mark("{value} runs here from {start_date} to {end_date}, which is not so in the first row of that period"),
        mark("Correct the days, or the name of the period."), different,
        wrong="{end_date} 2026-09-30, 2026-09-29", right="{end_date} 2026-09-30, 2026-09-30",
    ),
    Check(
        "period-overlap", Severity.ERROR, "ledger_balance", BALANCE,
        mark("The periods of a branch do not overlap."),
        mark("the period begins on {value}, before {last} is over"),
        mark("Correct the days: an entry would count in two periods."), overlapping,
        wrong="2026-01-01–2026-03-31, 2026-03-31–2026-06-30",
        right="2026-01-01–2026-03-31, 2026-04-01–2026-06-30",
    ),
    Check(
        "balance-unequal", Severity.ERROR, "ledger_balance", (*BALANCE, *ENTRY),
        mark("Opening balance + income − spending is the closing balance, to the cent."),
        mark("{start} + {in} − {out} is {due}, but the closing balance is {value}: {difference} apart"),
        mark("Look for an entry that is missing, stands there twice or has another amount; or correct a balance."),
        unequal,
        wrong="100.00 + 50.00 − 20.00 ≠ 140.00", right="100.00 + 50.00 − 20.00 = 130.00",
    ),
    Check(
        "balance-not-carried", Severity.ERROR, "ledger_balance", BALANCE,
        mark("A period opens with the balance that the one before closed with."),
        mark("the period opens with {value}, but {last} closed with {closed}: {difference} apart"),
        mark("Correct one of the two balances."), not_carried,
        wrong="{closing} 130.00 | {opening} 120.00", right="{closing} 130.00 | {opening} 130.00",
    ),
    Check(
        "closing-missing", Severity.WARNING, "ledger_balance", BALANCE,
        mark("A period that is over has a closing balance."),
        mark("{value} is over, but the branch {branch_id} has reported no closing balance"),
        mark("Close the account and write the balance."), unclosed,
        wrong="{closing} –", right="{closing} 130.00",
    ),
)  # fmt: skip
