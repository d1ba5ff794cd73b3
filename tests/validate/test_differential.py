"""The same findings and the same values as Frictionless alone over every cell, whatever is done to a table."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.model import Severity
from tests.sharing import by_day, examples
from tests.validate.mutations import KINDS, MUTATIONS, Mutated, Mutation, mutated
from tests.validate.one_table import validated
from tests.validate.oracle import Place, expected

FILES = 500
BATCH = 50


def found(table: Mutated, folder: Path) -> tuple[set[Place], list[list[Any]], set[Place]]:
    """Return the place of every finding, the cells that were kept, and the places of the warnings."""
    names = ["", *(field["name"] for field in table.fields)]
    typed, report = validated(folder, table.text, table.fields)
    findings = list(report.findings)
    places = {
        (item.address.row, names[" ABC".index(item.address.letter or " ")], rule(item.code)): item.severity
        for item in findings
    }
    assert len(places) == len(findings) == sum(report.counts().values())
    assert typed is not None
    return set(places), kept(typed.frame), {place for place, bad in places.items() if bad is Severity.WARNING}


def rule(code: str) -> str:
    """Return the rule that a finding is about, in lower case."""
    return "type" if code == "type-error" else code.removesuffix("-constraint")


def kept(frame: pd.DataFrame) -> list[list[Any]]:
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in frame]
    return [list(row) for row in zip(*columns, strict=True)]


REMARKS = ("control-character", "formula")
RULES = ("type", "required", "enum", "pattern", "minimum", "maximum", "minlength", "maxlength", "ragged-row",
         "blank-row")  # fmt: skip
OURS = ("spreadsheet-error", "blank", "zero-name", "merged-cells", "date-form")
"""Errors that no rule of the standard sees, one that is an empty cell by another name, and days such as 2026-3-5, which
Frictionless reads and the standard does not allow."""


def agree(table: Mutated, folder: Path) -> None:
    """A cell is refused where the oracle refuses it, whatever it is called; all others are kept as they are."""
    judged = expected(table.text, table.fields)
    places, rows, warnings = found(table, folder)
    errors = {(row, field, name.lower()) for row, field, name in judged.places if name not in REMARKS}
    blank = {row for row, _, name in errors if name == "blank-row"}
    ends = {row for row in blank if row > max({*judged.numbers} - blank, default=0)}  # no rows, but an export's end
    errors = {place for place in errors if place[0] not in ends}
    told = places - warnings
    refused = cells(told)

    assert {place for place in cells(errors) ^ refused if not names_of(place, told) & set(OURS)} == set(), table
    assert {place for place in told if place[2] in RULES} <= errors, table
    remarks = {place for place in judged.places if place[2] in REMARKS and place[:2] not in refused}
    assert {place for place in warnings if place[2] in REMARKS} == remarks, table
    other_rows = [(number, row) for number, row in zip(judged.numbers, judged.rows, strict=True) if number not in ends]
    for (number, other), row in zip(other_rows, rows, strict=True):
        same = [(number, field["name"]) in refused for field in table.fields]
        assert [cell for cell, skip in zip(row, same, strict=True) if not skip] == [
            cell for cell, skip in zip(other, same, strict=True) if not skip
        ], table


def cells(places: set[Place]) -> set[tuple[int, str]]:
    return {(row, field) for row, field, _ in places}


def names_of(cell: tuple[int, str], places: set[Place]) -> set[str]:
    return {name for row, field, name in places if (row, field) == cell}


def groups() -> list[tuple[Mutation, ...]]:
    """Return all mutations, three of the same kind at a time."""
    kinds = [[item for item in MUTATIONS if item.kind == kind] for kind in KINDS]
    return [tuple(items[start : start + 3]) for items in kinds for start in range(0, len(items), 3)]


def file(number: int) -> Mutated:
    """Return one of an endless series of tables: first with each group of mutations, then with any that go together."""
    random = Random(number)  # noqa: S311 - the same tables every night
    if number < len(groups()):
        return mutated(groups()[number], random)
    kind = random.choice(list(KINDS))
    return mutated(random.choices([item for item in MUTATIONS if item.kind == kind], k=random.randint(1, 6)), random)


def test_at_least_60_things_are_done_to_columns_of_every_kind() -> None:
    assert len(MUTATIONS) >= 60
    assert len(MUTATIONS) == len(set(MUTATIONS))
    assert {item.kind for item in MUTATIONS} == set(KINDS)
    assert {item for group in groups() for item in group} == set(MUTATIONS)
    assert len(groups()) <= FILES


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_is_fine_has_no_finding(kind: str, tmp_path: Path) -> None:
    table = mutated([Mutation(kind, KINDS[kind].fine(1))], Random(6))  # noqa: S311
    places, _, warnings = found(table, tmp_path)
    assert (places, warnings) == (set(), set())


@pytest.mark.parametrize("start", by_day(range(0, FILES, BATCH), 3))
def test_500_mutated_tables_are_judged_as_frictionless_alone_judges_them(start: int, tmp_path: Path) -> None:
    for number in range(start, start + BATCH):
        agree(file(number), tmp_path)


WORDS = st.text("甲a0９-+=@.,\"\n\r\t _\x07\u202e\u3000C1e:/", max_size=12)


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(KINDS)), cells=st.lists(WORDS, min_size=1, max_size=8), seed=st.integers(0, 99))
def test_no_text_whatever_is_judged_otherwise(kind: str, cells: list[str], seed: int, tmp_path: Path) -> None:
    agree(mutated([Mutation(kind, cell) for cell in cells], Random(seed)), tmp_path)  # noqa: S311


@pytest.mark.nightly
@pytest.mark.parametrize("start", range(FILES, 20_000, 1500))
def test_20_000_mutated_tables_are_judged_as_frictionless_alone_judges_them(start: int, tmp_path: Path) -> None:
    for number in range(start, min(start + 1500, 20_000)):
        agree(file(number), tmp_path)
