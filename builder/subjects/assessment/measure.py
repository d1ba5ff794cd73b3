"""From the scores that may be published to facts: approval, rank, and the branches of an area together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from builder.frames import records
from builder.model import NO_RATIO, Ratio, Scope, added
from builder.places import branches_by_area
from builder.subjects.assessment.approval import BranchApproval, approvals
from builder.subjects.assessment.protect import AssessmentPublished, Score

__all__ = ["AreaSummary", "AssessmentFacts", "measure"]

NO_APPROVAL = BranchApproval(NO_RATIO, NO_RATIO, None, None, None)


class AreaSummary(NamedTuple):
    """The branches that answer for the grids of an area, in the latest period. `grades`: grade → branches.

    `open_count`: those assessed of which not enough is told for one grade. `approval`: at the least; `approval_most`.
    """

    branch_count: int
    assessed_count: int
    grades: Mapping[str, int]
    open_count: int
    approval: Ratio
    approval_most: Ratio

    @property
    def not_assessed(self) -> int:
        """Branches without a composite score."""
        return self.branch_count - self.assessed_count


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """`periods` oldest first; (period, branch_id) → score; `approvals` and `areas` in the latest period.

    `indicators`: code → its row; `in_force`: period → codes, by code; `ladder`: (grade, minimum score), best first;
    `measures`: what formulas may name → what it counts (message id).
    """

    periods: tuple[str, ...]
    scores: Mapping[tuple[str, str], Score]
    approvals: Mapping[str, BranchApproval]
    areas: Mapping[str, AreaSummary]
    indicators: Mapping[str, Mapping[str, Any]]
    in_force: Mapping[str, tuple[str, ...]]
    ladder: tuple[tuple[str, Decimal], ...]
    measures: Mapping[str, str]
    minimum_ballots: int

    @property
    def latest(self) -> str:
        """The newest assessed period, "" when there is none."""
        return self.periods[-1] if self.periods else ""

    def score(self, branch: str) -> Score | None:
        """Return a branch's score in the latest period."""
        return self.scores.get((self.latest, branch))

    def approval(self, branch: str) -> BranchApproval:
        """Return a branch's approval in the latest period; no ballots when there were none."""
        return self.approvals.get(branch, NO_APPROVAL)


def measure(published: AssessmentPublished, scope: Scope) -> AssessmentFacts:
    """Return the facts of what may be published."""
    latest = published.periods[-1] if published.periods else ""
    current = {branch: item for (period, branch), item in published.scores.items() if period == latest}
    voted = approvals(current, published.minimum_ballots, published.minimum_ranked)
    return AssessmentFacts(
        periods=published.periods,
        scores=published.scores,
        approvals=voted,
        areas={area: summary(branches, current, voted) for area, branches in branches_by_area(scope.tree).items()},
        indicators={row["indicator_id"]: row for row in records(published.indicators)},
        in_force=published.in_force,
        ladder=published.ladder,
        measures=published.measures,
        minimum_ballots=published.minimum_ballots,
    )


def summary(
    branches: Sequence[str], scores: Mapping[str, Score], voted: Mapping[str, BranchApproval]
) -> AreaSummary:
    found = [scores[branch] for branch in branches if branch in scores]
    return AreaSummary(
        branch_count=len(branches),
        assessed_count=sum(1 for score in found if score.low is not None),
        grades=Counter(score.grade for score in found if score.grade),
        open_count=sum(1 for score in found if len(score.grades) > 1),
        approval=added(*(voted[branch].ratio for branch in branches if branch in voted)),
        approval_most=added(*(voted[branch].most for branch in branches if branch in voted)),
    )
