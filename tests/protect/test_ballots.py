"""Few ballots are hidden in the published tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
from builder.protect.ballots import hidden

from builder import derive, load, protect, validate

ROOT = Path(__file__).parents[2]


def test_a_row_with_too_few_ballots_publishes_no_count_of_ballots() -> None:
    package = load.package(ROOT / "datasets")
    tables, _ = validate.tables(package, load.tables(package)[0])
    table = tables.tables["assessment"]
    counts = ["ballots_issued", "ballots_valid", "votes_good", "votes_fair", "votes_average", "votes_poor"]
    few = table.frame["ballots_valid"] < 20
    assert few.any()
    assert not few.all()
    frame = hidden(table, 20).frame
    assert frame.loc[few, counts].isna().all(axis=None)
    pd.testing.assert_frame_equal(frame[~few.fillna(False)], table.frame[~few.fillna(False)])
    assert package.settings.as_of == date(2026, 10, 31)
    assert protect.rows(tables)["assessment"]["ballots_valid"].min() >= package.settings.minimum_ballots


def test_a_small_poll_is_in_no_sum_of_ballots() -> None:
    package = load.package(ROOT / "datasets")
    tables, _ = validate.tables(package, load.tables(package)[0])
    counted = protect.counts(derive.counts(protect.columns(tables), date(2026, 10, 31)), tables)
    scores = derive.measures(counted).scores
    assert scores is not None
    minimum = package.settings.minimum_ballots
    polls = tables["assessment"].query("period == @scores.latest")
    small = polls[polls["ballots_valid"] < minimum]
    assert len(small) > 0
    for branch in small["branch_id"]:
        shown = polls[(polls["branch_id"] == branch) & (polls["ballots_valid"] >= minimum)]
        assert scores.approvals[branch].ratio.denominator == shown["ballots_valid"].sum()
        assert [
            line.votes for line in scores.scores[scores.latest, branch].lines if 0 < line.approval.denominator < minimum
        ] == []
