"""Every figure that is computed from counts is what its definition says: worked out here by hand, and by the code."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import measure
from builder.model import Definition, Ratio
from builder.subjects import SUBJECTS
from builder.subjects.case.tally import CaseTally
from builder.subjects.case.tally import RatingTally as CaseRatings
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.duty.tally import DutyTally
from builder.subjects.feedback.tally import FeedbackTally, RatingTally
from builder.subjects.ledger.tally import LedgerTally
from builder.subjects.partner.tally import PartnerTally
from builder.subjects.project.tally import ProjectTally
from tests.sharing import examples

BUILDER = Path(__file__).parents[2] / "builder"
DEFINITIONS = {item.anchor: item for item in measure.definitions(SUBJECTS) if item.numerator}


class Poll(NamedTuple):
    favourable: int
    valid: int


class Assessed(NamedTuple):
    assessed_count: int
    branch_count: int
    not_assessed: int
    open_count: int


class Covered(NamedTuple):
    covered: int
    lacking: int


class Formula(NamedTuple):
    """A figure by hand: `tally` makes counts, `value` its two numbers, `shown` the property that pages print or ""."""

    tally: type[Any]
    value: Callable[[Any], tuple[int, int]]
    shown: str = ""


def alone(tally: type[Any], name: str) -> Formula:
    return Formula(tally, lambda t: (getattr(t, name), -1))


SHARE = Formula(Covered, lambda t: (t.covered, t.covered + t.lacking))
FORMULAS: Mapping[str, Formula] = {
    "duty-fulfilment": Formula(DutyTally, lambda t: (t.on_time + t.late, t.on_time + t.late + t.overdue), "fulfilment"),
    "duty-punctuality": Formula(DutyTally, lambda t: (t.on_time, t.on_time + t.late + t.overdue), "punctuality"),
    "duty-late": alone(DutyTally, "late"),
    "duty-overdue": alone(DutyTally, "overdue"),
    "duty-upcoming": alone(DutyTally, "upcoming"),
    "response-rate": Formula(CaseTally, lambda t: (t.respond_kept, t.respond_due), "response"),
    "on-time-rate": Formula(CaseTally, lambda t: (t.resolve_kept, t.resolve_due), "on_time"),
    "resolution-rate": Formula(CaseTally, lambda t: (t.outcome_resolved, t.outcome_recorded), "resolution"),
    "satisfaction-rate": Formula(
        CaseRatings, lambda t: (t.satisfied, t.satisfied + t.dissatisfied), "satisfaction"
    ),
    "cases-received": alone(CaseTally, "received"),
    "cases-open": alone(CaseTally, "open"),
    "cases-overdue": alone(CaseTally, "overdue"),
    "disclosure-timeliness": Formula(
        DisclosureTally, lambda t: (t.on_time, t.on_time + t.late + t.overdue), "timeliness"
    ),
    "disclosure-late": alone(DisclosureTally, "late"),
    "disclosure-missing": alone(DisclosureTally, "overdue"),
    "disclosure-upcoming": alone(DisclosureTally, "upcoming"),
    "approval": Formula(Poll, lambda t: (t.favourable, t.valid)),
    "branches-assessed": Formula(Assessed, lambda t: (t.assessed_count, t.branch_count)),
    "branches-answering": alone(Assessed, "branch_count"),
    "branches-not-assessed": alone(Assessed, "not_assessed"),
    "grade-open": alone(Assessed, "open_count"),
    "partner-needs-matched": Formula(
        PartnerTally, lambda t: (t.agreed + t.possible, t.agreed + t.possible + t.unmatched), "matched"
    ),
    "partner-needs-agreed": alone(PartnerTally, "agreed"),
    "partner-offers": alone(PartnerTally, "offer"),
    "partner-projects-done": Formula(PartnerTally, lambda t: (t.done, t.project), "projects"),
    "feedback-reply-rate": Formula(
        FeedbackTally, lambda t: (t.reply_kept, t.reply_kept + t.reply_late + t.reply_missing), "punctuality"
    ),
    "feedback-changed": Formula(FeedbackTally, lambda t: (t.changed, t.replied), "change"),
    "feedback-received": alone(FeedbackTally, "received"),
    "feedback-open": alone(FeedbackTally, "open"),
    "feedback-overdue": alone(FeedbackTally, "overdue"),
    "feedback-satisfaction": Formula(
        RatingTally, lambda t: (t.favourable, t.favourable + t.unfavourable), "satisfaction"
    ),
    "feedback-follow-up": Formula(RatingTally, lambda t: (t.followed_up, t.unfavourable), "follow_up"),
    "ledger-closed": Formula(LedgerTally, lambda t: (t.closed, t.closed + t.open), "published"),
    "project-finished": Formula(
        ProjectTally, lambda t: (t.on_time + t.late, t.on_time + t.late + t.unfinished), "finished"
    ),
    "project-spent": Formula(ProjectTally, lambda t: (t.paid, t.budget), "spent"),
    "project-late": alone(ProjectTally, "late"),
    "project-overdue": alone(ProjectTally, "overdue"),
    "project-budget": alone(ProjectTally, "budget"),
    "project-contract": alone(ProjectTally, "contract"),
    "project-paid": alone(ProjectTally, "paid"),
    **{f"coverage-{name}": SHARE for name in ("grid", "responsible", "branch", "members", "term", "reported")},
}


def test_every_figure_that_is_computed_from_counts_is_worked_out_here_too() -> None:
    assert sorted(FORMULAS) == sorted(DEFINITIONS)


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
@settings(max_examples=examples(40))
@given(data=st.data())
def test_a_figure_is_what_its_definition_says(definition: Definition, data: st.DataObject) -> None:
    formula = FORMULAS[definition.anchor]
    names = getattr(formula.tally, "_fields", None) or tuple(formula.tally.__dataclass_fields__)
    tally = formula.tally(*(data.draw(st.integers(0, 10**6), label=name) for name in names))

    assert definition.of(tally) == formula.value(tally)
    if formula.shown:
        assert getattr(tally, formula.shown) == formula.value(tally)


def test_a_hidden_count_is_no_figure() -> None:
    hidden = RatingTally(favourable=6, unfavourable=5, followed_up=None)
    assert hidden.follow_up == Ratio(0, 0)


def test_no_ratio_is_made_but_by_a_definition() -> None:
    found = []
    for path in sorted(BUILDER.rglob("*.py")):
        if path.parent.name != "model":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Ratio":
                    found.append(f"{path.relative_to(BUILDER)}:{node.lineno}")

    assert found == []
