"""Few ballots are hidden in the published tables, and in every sum that is made of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from builder.pipeline import Checked
from builder.subjects.assessment import ASSESSMENT
from builder.subjects.assessment.protect import mask
from tests.packages import checked as check
from tests.packages import counted, demo_private, published

COUNTS = ["ballots_issued", "ballots_valid", "votes_good", "votes_fair", "votes_average", "votes_poor"]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The private package, which has every vote."""
    return check(demo_private(Path(tmp_path_factory.getbasetemp())))


def test_a_row_with_too_few_ballots_publishes_no_count_of_ballots(checked: Checked) -> None:
    table, minimum = checked.tables["assessment"], checked.policy.minimum_ballots
    few = table["ballots_valid"] < minimum
    assert few.any()
    assert not few.all()
    frame = mask("assessment", table, checked.policy)
    assert frame.loc[few, COUNTS].isna().all(axis=None)
    pd.testing.assert_frame_equal(frame[~few.fillna(False)], table[~few.fillna(False)])
    assert published(checked).tables["assessment"]["ballots_valid"].min() >= minimum


def test_a_small_poll_is_in_no_sum_of_ballots(checked: Checked) -> None:
    scope, minimum = counted(checked).scope, checked.policy.minimum_ballots
    facts = ASSESSMENT.measure(ASSESSMENT.protect(ASSESSMENT.count(checked.tables, scope), checked.policy), scope)
    assessment = checked.tables["assessment"]
    polls = assessment[assessment["period"] == facts.latest]
    small = polls[polls["ballots_valid"] < minimum]
    assert len(small) > 0
    for branch, indicator in zip(small["branch_id"], small["indicator_id"], strict=True):
        shown = polls[(polls["branch_id"] == branch) & (polls["ballots_valid"] >= minimum)]
        assert facts.approvals[branch].ratio.denominator == shown["ballots_valid"].sum()
        (line,) = [item for item in facts.scores[facts.latest, branch].lines if item.indicator_id == indicator]
        assert (line.votes, line.approval.denominator, line.ballots_issued) == ((), 0, 0)
