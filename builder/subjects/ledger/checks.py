"""Rules of the ledger: every amount in its period, and every period equal to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from builder.calendar.periods import assessed
from builder.frames import cents, yuan
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, as_text, going_on, issues, not_after, order, various
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
    every = entries(tables)
    frame = accounts(tables, every)
    columns = ["opening", "income", "spending", "due", "closing"]
    for row, start, income, spending, due, closing in picked(frame, frame["due"] != frame["closing"], columns):
        values = {
            "value": yuan(closing), "due": yuan(due), "start": yuan(start), "in": yuan(income), "out": yuan(spending),
            "difference": yuan(abs(due - closing)),
        }  # fmt: skip
        entry, fix = culprit(every[every["account"] == row], int(due - closing))
        yield Issue(row, "closing", {**values, "entry": Quote("ledger", "entry_id", entry)}, "", fix)


TWICE = mark("Look at the entry {entry} first: there is another like it, and without one of them the sums are equal.")
TURNED = mark("Look at the entry {entry} first: with the other direction the sums are equal.")


def culprit(frame: pd.DataFrame, difference: int) -> tuple[str, str]:
    """Return the one entry of a period that explains by how many cents it is off, and what to do; "" where none does.

    It may stand there twice, or with the wrong direction.
    """
    effect = frame["income"] - frame["spending"]
    kinds = ["entry_date", "direction", "amount", "category", "purpose"]
    twice = frame[(effect == difference) & frame.duplicated([name for name in kinds if name in frame])]
    turned = frame[effect * 2 == difference]
    for found, fix in ((twice, TWICE), (turned, TURNED)):
        if len(found) == 1:
            return str(found["entry_id"].iloc[0]), fix
    return "", ""


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


def skipped(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that do not begin on the day after the one before ended."""
    frame = in_turn(tables)
    late = frame["start_date"] > frame["last_end_date"] + pd.Timedelta(days=1)
    for row, start, last in picked(frame, late, ["start_date", "last_period"]):
        yield Issue(row, "start_date", {"value": as_text(start), "last": last})


def misnamed(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that are called like a year, a quarter or a month and have other days than it."""
    frame = tables["ledger_balance"]
    known = {name: span for name in frame["period"].dropna().unique() if (span := assessed(str(name)))}
    start, end = (
        frame["period"].map({name: pd.Timestamp(getattr(span, edge)) for name, span in known.items()})
        for edge in ("start", "end")
    )
    broken = (start.notna() & frame["start_date"].notna() & (frame["start_date"] != start)) | (
        end.notna() & frame["end_date"].notna() & (frame["end_date"] != end)
    )
    yield from issues(frame, broken, "period", "start_date", "end_date")


def overlapping(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that begin before the one before is over."""
    frame = in_turn(tables)
    early = frame["start_date"] <= frame["last_end_date"]
    for row, start, last in picked(frame, early, ["start_date", "last_period"]):
        yield Issue(row, "start_date", {"value": as_text(start), "last": last})


def different(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periods that have other days than most of the same name have; of equally many the first are right."""
    frame = tables["ledger_balance"].dropna(subset=["period", "start_date", "end_date"])
    spans = frame.groupby(["period", "start_date", "end_date"], sort=False)["period"].transform("size")
    usual = spans.groupby(frame["period"], sort=False).idxmax()
    right = frame.loc[frame["period"].map(usual), ["start_date", "end_date"]].set_axis(frame.index)
    differs = (frame["start_date"] != right["start_date"]) | (frame["end_date"] != right["end_date"])
    shown = frame.assign(usual_start=right["start_date"], usual_end=right["end_date"])
    for issue in issues(shown, differs, "period", "start_date", "end_date", "usual_start", "usual_end"):
        start, end = (Quote("ledger_balance", f"{name}_date", str(issue.values[f"usual_{name}"]))
                      for name in ("start", "end"))  # fmt: skip
        yield issue._replace(values={**issue.values, "usual_start": start, "usual_end": end})


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
        mark("{value} runs here from {start_date} to {end_date}, but elsewhere from {usual_start} to {usual_end}"),
        mark("Correct the days, or the name of the period."), different,
        blames=("period", "start_date", "end_date"),
        wrong="{end_date} 2026-09-30, 2026-09-29", right="{end_date} 2026-09-30, 2026-09-30",
    ),
    Check(
        "period-misnamed", Severity.ERROR, "ledger_balance",
        ("ledger_balance.period", "ledger_balance.start_date", "ledger_balance.end_date"),
        mark("A period that is called like a quarter has the days of the quarter."),
        mark("{value} runs here from {start_date} to {end_date}"),
        mark("Correct the name of the period, or its days."), misnamed,
        wrong="{period} 2026-Q3, {start_date} 2026-04-01, {end_date} 2026-06-30",
        right="{period} 2026-Q2, {start_date} 2026-04-01, {end_date} 2026-06-30",
        effect=mark("The sums stand under a wrong heading."),
    ),
    Check(
        "period-overlap", Severity.ERROR, "ledger_balance", BALANCE,
        mark("The periods of a branch do not overlap."),
        mark("the period begins on {value}, before {last} is over"),
        mark("Correct the days: an entry would count in two periods."), overlapping,
        groups=("ledger_balance.branch_id",),
        wrong="2026-01-01–2026-03-31, 2026-03-31–2026-06-30",
        right="2026-01-01–2026-03-31, 2026-04-01–2026-06-30",
    ),
    Check(
        "period-skipped", Severity.ERROR, "ledger_balance", BALANCE,
        mark("The periods of a branch follow each other without a gap."),
        mark("the period begins on {value}, but {last} had ended before the day before"),
        mark("Add the period between, or correct the days."), skipped,
        groups=("ledger_balance.branch_id",),
        wrong="{period} 2026-Q1, 2026-Q3", right="{period} 2026-Q1, 2026-Q2, 2026-Q3",
    ),
    Check(
        "entry-outside-periods", Severity.ERROR, "ledger", (*ENTRY, *BALANCE),
        mark("Every entry falls into a period of its branch."),
        mark("{value} lies in no period of the branch {branch_id}"),
        mark("Correct the date, or add the period to the table of balances."), outside,
        groups=("ledger.branch_id", "ledger_balance.branch_id"),
        wrong="{entry_date} 2024-12-31", right="{entry_date} 2026-03-31",
    ),
    Check(
        "balance-unequal", Severity.ERROR, "ledger_balance", (*BALANCE, *ENTRY, "ledger.entry_id"),
        mark("Opening balance + income − spending is the closing balance, to the cent."),
        mark("{start} + {in} − {out} is {due}, but the closing balance is {value}: {difference} apart"),
        mark("Look for an entry that is missing, stands there twice or has another amount; or correct a balance."),
        unequal, ("ledger.category", "ledger.purpose"),
        groups=("ledger_balance.branch_id", "ledger.branch_id"),
        wrong="100.00 + 50.00 − 20.00 ≠ 140.00", right="100.00 + 50.00 − 20.00 = 130.00",
    ),
    Check(
        "balance-not-carried", Severity.ERROR, "ledger_balance", BALANCE,
        mark("A period opens with the balance that the one before closed with."),
        mark("the period opens with {value}, but {last} closed with {closed}: {difference} apart"),
        mark("Correct one of the two balances."), not_carried,
        groups=("ledger_balance.branch_id",),
        wrong="{closing} 130.00 | {opening} 120.00", right="{closing} 130.00 | {opening} 130.00",
    ),
    Check(
        "closing-missing", Severity.WARNING, "ledger_balance", BALANCE,
        mark("A period that is over has a closing balance."),
        mark("{value} is over, but the branch {branch_id} has reported no closing balance"),
        mark("Close the account and write the balance."), unclosed,
        wrong="{closing} –", right="{closing} 130.00",
    ),
    going_on("ledger", "entry_date", 120),
    various("ledger", "entry_date"),
)  # fmt: skip
