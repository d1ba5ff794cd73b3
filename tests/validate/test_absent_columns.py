"""No column vanishes without a word: every optional column of every table, dropped from the file one at a time."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from builder import places
from builder.model import Needs
from builder.subjects import SUBJECTS
from tests.packages import DATASETS, checked
from tests.sharing import by_day

NEEDS: tuple[Needs, ...] = (*places.NEEDS, *(needs for subject in SUBJECTS for needs in subject.needs))


class Column(NamedTuple):
    """One column that no cell is required in."""

    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def is_needed(self) -> bool:
        """Whether a figure or the tree is made from it."""
        is_read = any(self.name in needs.figures() for needs in NEEDS if needs.resource == self.table)
        return is_read or self.name.startswith("votes_")


def optional(publish: frozenset[str] = frozenset({"public", "counts"})) -> list[Column]:
    """Return the columns with this `publish` that no cell is required in."""
    found = []
    for path in sorted((DATASETS / "schemas").glob("*.json")):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            is_required = field.get("constraints", {}).get("required")
            if not is_required and field.get("publish", "never") in publish:
                found.append(Column(path.stem, field["name"]))
    return found


ALONE = ("case.responded_date", "case.title", "assessment.votes_good", "grid.household_count", "branch.kind")
"""Tried one by one by day. All others are tried together then, and one by one at night."""
SOME = [column for column in optional() if str(column) in ALONE]


def drop(package: Path, column: Column) -> None:
    resources = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    (path,) = (package / item["path"] for item in resources if item["name"] == column.table)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index(column.name)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([*row[:at], *row[at + 1 :]] for row in (header, *rows))


@pytest.mark.parametrize("is_needed", [True, False], ids=["needed", "not needed"])
def test_all_of_a_kind_are_missed_at_once(is_needed: bool, own_package: Path) -> None:
    every = [column for column in optional() if column.is_needed is is_needed]
    for column in every:
        drop(own_package, column)
    found = checked(own_package, errors=None)

    assert found.counts().get("missing-column" if is_needed else "absent-column") == len(every)
    assert found.errors == (len(every) if is_needed else 0)


@pytest.mark.parametrize("column", by_day(optional(), SOME), ids=str)
def test_a_column_that_a_figure_uses_is_refused_when_it_is_missing_and_any_other_is_told(
    column: Column, own_package: Path
) -> None:
    drop(own_package, column)
    found = checked(own_package, errors=None)
    expected = "missing-column" if column.is_needed else "absent-column"

    assert found.counts().get(expected) == 1
    assert found.errors == (1 if column.is_needed else 0)


def test_a_column_that_nobody_needs_there_is_not_missed(own_package: Path) -> None:
    never = optional(frozenset({"never"}))
    files = {column.table: (own_package / f"{column.table}.csv").read_text(encoding="utf-8") for column in never}

    assert [column.name for column in never] == ["summary", "petitioner", "phone", "address"]
    assert [column for column in never if column.name in files[column.table].partition("\n")[0].split(",")] == []
    assert not checked(own_package).counts().keys() & {"absent-column", "missing-column"}


FIGURES = [
    "area.parent_id", "branch_grid.to_date", "case.extended_to_date", "case.outcome", "case.resolved_date",
    "case.responded_date", "case.satisfaction", "duty.done_date", "duty.grid_id", "grid.closed_date",
    "grid.household_count", "assessment.votes_good", "indicator.valid_to_date",
]  # fmt: skip


def test_the_columns_that_figures_are_made_from_are_known() -> None:
    needed = {str(item) for item in optional() if item.is_needed}

    assert needed >= set(FIGURES)
    assert len(optional()) >= 36
