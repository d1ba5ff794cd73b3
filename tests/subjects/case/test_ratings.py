"""Satisfaction is published for enough ratings together only, and never so that a difference tells the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from builder.model import Unit
from builder.subjects.case import CASE
from builder.subjects.case.document import counts
from builder.subjects.case.protect import CasePublished
from builder.subjects.case.ratings import by_category, by_unit
from builder.subjects.case.tally import CaseTally
from tests import packages
from tests.packages import counted, repository

COLUMNS = ["unit", "category_id", "received", "satisfied", "rated"]
HIDDEN = (None, None)


def ratings(frame: pd.DataFrame) -> list[tuple[int | None, int | None]]:
    """Return (satisfied, rated) of each row, None where it is hidden."""
    columns = ([None if pd.isna(cell) else int(cell) for cell in frame[name]] for name in ("satisfied", "rated"))
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("rows", "categories", "unit"),
    [
        ([("g", "A", 20, 9, 12), ("g", "B", 30, 10, 15)], [(9, 12), (10, 15)], (19, 27)),
        ([("g", "A", 20, 9, 12), ("g", "B", 3, 1, 1)], [HIDDEN, HIDDEN], (10, 13)),
        ([("g", "A", 20, 9, 12), ("g", "B", 3, 0, 0)], [(9, 12), (0, 0)], (9, 12)),
        ([("g", "A", 20, 4, 5), ("g", "B", 3, 1, 4)], [HIDDEN, HIDDEN], HIDDEN),
    ],
    ids=["all enough", "one too few hides all", "none is not few", "even the sum too few"],
)
def test_ratings_are_shown_all_or_none(
    rows: list[tuple[str, str, int, int, int]],
    categories: list[tuple[int | None, int | None]],
    unit: tuple[int | None, int | None],
) -> None:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    found, total = by_category(frame, 10), by_unit(frame, 10)
    assert ratings(found) == categories
    assert ratings(total) == [unit]
    assert (found["received"].tolist(), total["received"].tolist()) == ([r[2] for r in rows], [sum(r[2] for r in rows)])


def test_ratings_that_are_hidden_are_not_said_to_be_none() -> None:
    checked = repository()
    scope, few = counted(checked).scope, checked.policy.minimum_denominator
    cases = CASE.count(checked.tables, scope)
    facts = CASE.measure(CASE.protect(cases, checked.policy), scope)
    allowed = cases.rows[cases.rows["category_id"].isin(checked.policy.levels["case"].allowed)]
    rated = {str(grid): int(number) for grid, number in allowed.groupby("grid_id")["rated"].sum().items()}
    assert {0 < number < few for number in rated.values()} == {True, False}
    assert {grid: facts.of(Unit("grid", grid)).tally.rated for grid in rated} == {
        grid: None if 0 < number < few else number for grid, number in rated.items()
    }


def test_what_is_hidden_is_null_in_the_document_with_the_reason_beside_it() -> None:
    assert counts(CaseTally(received=9, satisfied=None, rated=None)).items() >= {
        "received": 9, "satisfied": None, "rated": None,
    }.items()  # fmt: skip
    assert counts(CaseTally(satisfied=None, rated=None))["hidden"] == {"satisfied": "too-few", "rated": "too-few"}
    assert "hidden" not in counts(CaseTally(satisfied=0, rated=0))


def test_a_column_for_counts_only_is_in_no_row_of_a_page() -> None:
    checked = repository()
    cases = CASE.count(checked.tables, counted(checked).scope)
    assert {"satisfaction", "petition_kind"} <= set(cases.rows)
    assert {"satisfaction", "petition_kind", "is_void"} & set(CASE.protect(cases, checked.policy).rows) == set()


def test_what_is_counted_and_not_public_is_cut_for_the_whole_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = packages.demo_published(tmp_path_factory.getbasetemp()).parts["case"]
    assert isinstance(found, CasePublished)
    tops = {"990001"}

    for frames in (found.cuts, found.cut_days):
        units = {level: frame.groupby("cut", observed=True)["unit"].agg(set) for level, frame in frames.items()}
        assert units["area"]["petition_kind"] == tops
        assert len(units["area"]["channel"]) > 1
        assert set(units["branch"].index) == {"channel", "handler_kind"}
