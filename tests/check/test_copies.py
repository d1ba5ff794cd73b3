"""Rows that are alike but for their code: where rows may have differed in what nobody publishes, only few are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.rules.copies import RARE
from tests import two_trees
from tests.check.test_checks import checked, found, write_package

LEAST = 10
"""So many cases of a day in a grid may be one that was pasted again and again."""


def row(number: int, grid: int, day: int) -> str:
    return f"C{number:06},3208120010{grid:05},A01,2026-10-{day:02}"


def cases(runs: int, others: int) -> str:
    """Return cases of which so many times ten in a row are alike, and so many others are not."""
    rows = [(99_000 + run, 1) for run in range(runs) for _ in range(LEAST)]
    rows += [(number, 2 + number % 27) for number in range(others)]
    lines = [row(number, *place) for number, place in enumerate(rows)]
    return "\n".join(["case_id,grid_id,category_id,received_date", *lines, ""])


@pytest.mark.parametrize(
    ("has_private", "runs", "size", "told"),
    [
        (True, 1, LEAST, 1),  # one is told, however short the table
        (True, 2, 2 * LEAST, 0),
        (True, 2, 2 * RARE - 1, 0),
        (True, 2, 2 * RARE, 2),
        (False, 2, 2 * LEAST, 2),  # nothing is hidden in which the rows may have differed
    ],
)
def test_rows_alike_are_told_where_they_are_rare_or_nothing_of_them_is_private(
    tmp_path: Path, *, has_private: bool, runs: int, size: int, told: int
) -> None:
    write_package(tmp_path, {"case": cases(runs, size - runs * LEAST)})
    if has_private:  # as in a public package: the schema has the column, the file does not
        schema = json.loads((tmp_path / "schemas" / "case.json").read_text(encoding="utf-8"))
        schema["fields"] += [field for field in two_trees.schema("case")["fields"] if field["name"] == "summary"]
        (tmp_path / "schemas" / "case.json").write_text(json.dumps(schema), encoding="utf-8")

    places = [finding.address[1] for finding in found(checked(tmp_path)) if finding.code == "row-copied"]
    assert places == [3 + run * LEAST for run in range(told)]
