"""Satisfaction is published for enough ratings together only, and never so that a difference tells the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from builder.protect.ratings import by_category, by_unit

from builder import derive, load, protect, validate

ROOT = Path(__file__).parents[2]
COLUMNS = ["unit", "category_id", "received", "satisfied", "rated"]


@pytest.mark.parametrize(
    ("rows", "categories", "unit"),
    [
        ([("g", "A", 20, 9, 12), ("g", "B", 30, 10, 15)], [(9, 12), (10, 15)], (19, 27)),
        ([("g", "A", 20, 9, 12), ("g", "B", 3, 1, 1)], [(0, 0), (0, 0)], (10, 13)),
        ([("g", "A", 20, 9, 12), ("g", "B", 3, 0, 0)], [(9, 12), (0, 0)], (9, 12)),
        ([("g", "A", 20, 4, 5), ("g", "B", 3, 1, 4)], [(0, 0), (0, 0)], (0, 0)),
    ],
    ids=["all enough", "one too few hides all", "none is not few", "even the sum too few"],
)
def test_ratings_are_shown_all_or_none(
    rows: list[tuple[str, str, int, int, int]], categories: list[tuple[int, int]], unit: tuple[int, int]
) -> None:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    found = by_category(frame, 10)
    assert list(zip(found["satisfied"], found["rated"], strict=True)) == categories
    total = by_unit(frame, 10)
    assert list(zip(total["satisfied"], total["rated"], strict=True)) == [unit]
    assert (found["received"].tolist(), total["received"].tolist()) == ([r[2] for r in rows], [sum(r[2] for r in rows)])


def test_a_column_for_counts_only_is_in_no_row_of_a_page() -> None:
    package = load.package(ROOT / "datasets")
    tables, _ = validate.tables(package, load.tables(package)[0])
    tables = protect.columns(tables)
    counted = derive.counts(tables, date(2026, 10, 31))
    assert counted.case is not None
    assert {"satisfaction", "petition_kind"} <= set(counted.case.rows)
    shown = protect.counts(counted, tables).case
    assert shown is not None
    assert {"satisfaction", "petition_kind", "is_void"} & set(shown.rows) == set()
