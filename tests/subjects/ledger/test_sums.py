"""Sums of money are those that anybody gets who adds up the table with decimals on paper."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.frames import exact
from builder.model import Unit
from builder.subjects.ledger import LEDGER
from builder.subjects.ledger.block import AreaLedger, LedgerBlock
from builder.subjects.ledger.count import LedgerCounted
from builder.subjects.ledger.measure import LedgerFacts
from builder.subjects.ledger.periods import accounts, entries
from tests import packages
from tests.packages import write_package
from tests.sharing import examples

QUARTERS = (("2026-Q1", "2026-01-01", "2026-03-31"), ("2026-Q2", "2026-04-01", "2026-06-30"))
AMOUNT = st.decimals(Decimal("0.01"), Decimal("99999999999.99"), places=2)
ENTRY = st.tuples(
    st.sampled_from(["B00000001", "B00000002"]),
    st.sampled_from(["2026-01-01", "2026-03-31", "2026-04-01", "2026-06-30"]),
    st.sampled_from(["收入", "支出"]),
    AMOUNT,
)


@settings(max_examples=examples(25))
@given(st.lists(ENTRY, max_size=30), st.lists(AMOUNT, min_size=4, max_size=4))
def test_a_period_has_the_sums_of_its_entries_in_decimals(
    rows: list[tuple[str, str, str, Decimal]], openings: list[Decimal]
) -> None:
    due: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    keys = [(branch, quarter) for branch in ("B00000001", "B00000002") for quarter in QUARTERS]
    balances = []
    for (branch, (name, start, end)), opening in zip(keys, openings, strict=True):
        balances.append(f"{branch},{name},{start},{end},{opening},")
        due[branch, name] += opening
    lines = []
    for number, (branch, day, direction, amount) in enumerate(rows):
        lines.append(f"L{number:06d},{branch},{day},{direction},{amount}")
        due[branch, "2026-Q1" if day < "2026-04-01" else "2026-Q2"] += amount if direction == "收入" else -amount
    with TemporaryDirectory() as folder:
        write_package(
            Path(folder) / "package",
            {
                **packages.BRANCH_TABLES,
                "ledger": packages.csv("entry_id,branch_id,entry_date,direction,amount", lines),
                "ledger_balance": packages.csv("branch_id,period,start_date,end_date,opening,closing", balances),
            },
        )
        tables = packages.checked(Path(folder) / "package", errors=None).tables
    found = accounts(tables, entries(tables))
    sums = {(row["branch_id"], row["period"]): exact(row["due"]) for row in found.to_dict("records")}
    assert sums == {key: f"{amount:.2f}" for key, amount in due.items()}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp()


def read(base: Path, name: str) -> list[dict[str, str]]:
    with (packages.demo_package(base) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts_of(base: Path) -> LedgerFacts:
    facts = packages.facts(packages.demo_checked(base)).parts["ledger"]
    assert isinstance(facts, LedgerFacts)
    return facts


def test_every_line_is_its_row_and_the_last_balance_is_the_closing_one(base: Path) -> None:
    facts = facts_of(base)
    source = {row["entry_id"]: row for row in read(base, "ledger")}
    found = [line for key in facts.lines.places for line in facts.lines.rows(key)]
    assert sorted(line.entry_id for line in found) == sorted(source)
    for line in found:
        row = source[line.entry_id]
        amounts = (line.income, 0) if row["direction"] == "收入" else (0, line.spending)
        assert (line.income, line.spending) == amounts
        assert exact(line.income or line.spending) == row["amount"]
        words = ("entry_date", "direction", "category", "purpose", "approved_by")
        assert [getattr(line, name) for name in words] == [row[name] for name in words]
    closed = {(row["branch_id"], row["period"]): row["closing"] for row in read(base, "ledger_balance")}
    last = {key: exact(facts.lines.rows(key)[-1].balance) for key, closing in closed.items() if closing}
    assert last == {key: closing for key, closing in closed.items() if closing}


def test_an_area_is_the_sum_of_its_rows_and_each_branch_is_in_one_of_them(base: Path) -> None:
    facts, tree = facts_of(base), packages.counted(packages.demo_checked(base)).scope.tree
    for area, parts in facts.parts.items():
        for part in parts:
            if part.kind == "area":
                assert facts.of(part.code) == part.tally, area
    branches = [part.code for parts in facts.parts.values() for part in parts if part.kind == "branch"]
    assert len(branches) == len(set(branches))
    assert set(tree.responsible.values()) <= set(branches)
    (top,) = tree.tops
    answering = set(tree.responsible.values())
    last = [row for row in read(base, "ledger_balance") if row["period"] == facts.latest and row["closing"]]
    mine = [row for row in last if row["branch_id"] in answering]
    apart = [row for row in last if row["branch_id"] not in answering]
    assert exact(facts.of(top).balance) == str(sum(Decimal(row["closing"]) for row in mine))
    assert exact(facts.of("").balance) == str(sum(Decimal(row["closing"]) for row in apart))
    assert (facts.of(top).closed, facts.of(top).open) == (len(mine), len(answering) - len(mine))
    assert min(len(mine), len(apart)) > 1


def test_a_branch_shows_its_lines_a_grid_its_branch_and_an_area_who_is_apart(base: Path) -> None:
    source = packages.sources(packages.demo_checked(base))
    facts, tree = facts_of(base), source.edition.tree
    grid, branch = next(iter(tree.responsible.items()))
    own = LEDGER.block(facts, Unit("branch", branch), source.edition)
    its = LEDGER.block(facts, Unit("grid", grid), source.edition)
    area = LEDGER.block(facts, Unit("area", tree.tops[0]), source.edition)
    assert isinstance(own, LedgerBlock)
    assert isinstance(its, LedgerBlock)
    assert isinstance(area, AreaLedger)
    assert (own.accounts, its.periods, [period.row for period in own.periods]) == (its.accounts, (), list(own.accounts))
    assert len(own.accounts) == 4
    assert {row.link.path[:7] for row in area.apart if row.link} == {"branch/"}


def test_money_is_never_a_float(base: Path) -> None:
    part = packages.counted(packages.demo_checked(base)).parts["ledger"]
    assert isinstance(part, LedgerCounted)
    amounts = ("income", "spending", "balance")
    kinds = {(name, str(frame[name].dtype)) for frame in (part.lines, part.accounts) for name in amounts}
    assert kinds == {(name, "Int64") for name in amounts}


@pytest.mark.parametrize(
    ("today", "latest"), [("2026-03-31", ""), ("2026-04-01", "2026-Q1"), ("2026-06-30", "2026-Q1")]
)
def test_a_period_is_over_on_the_day_after_its_last(today: str, latest: str, tmp_path: Path) -> None:
    balances = [f"B00000001,{name},{start},{end},0.00," for name, start, end in QUARTERS]
    tables = {
        **packages.BRANCH_TABLES,
        "ledger": packages.csv("entry_id,branch_id,entry_date,direction,amount", []),
        "ledger_balance": packages.csv("branch_id,period,start_date,end_date,opening,closing", balances),
    }
    write_package(tmp_path / "package", tables)
    found = packages.counted(packages.checked(tmp_path / "package", date.fromisoformat(today), errors=None))
    ledger = found.parts["ledger"]
    assert isinstance(ledger, LedgerCounted)

    assert ledger.latest == latest
    if latest:  # nobody is left out: who has not closed is open
        assert ledger.sums["open"].sum() >= 1
