"""What may be published of the assessments: they were counted from public rows (`ballots`), in which no vote is left.

Sums over polls are made afterwards (`measure`), so that no hidden poll is a difference of published numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from builder.model import NO_RATIO, Policy, PublishedPart, Ratio, Shards, Tables
from builder.subjects.assessment.ballots import ballots, public
from builder.subjects.assessment.computation import Computation
from builder.subjects.assessment.count import AssessmentCounted, CountedLine, CountedScore

__all__ = ["AssessmentPublished", "Score", "ScoreLine", "mask", "pieces", "protect"]

INDICATOR = (
    "indicator_id", "name", "kind", "definition", "formula", "expression", "direction", "evaluator", "source", "weight",
    "full_score", "valid_from_date", "valid_to_date",
)  # fmt: skip


class ScoreLine(NamedTuple):
    """One indicator of a branch in a period, as published; see `CountedLine`."""

    indicator_id: str
    effect: str
    weight: Decimal
    full_score: Decimal
    score: Decimal | None
    points: Fraction | None
    ballots_issued: int
    votes: tuple[tuple[str, int], ...]
    approval: Ratio
    method: str
    evidence_url: str
    computation: Computation | None
    low: Decimal | None
    high: Decimal | None
    withheld: str
    approval_most: Ratio

    @property
    def least(self) -> Fraction | None:
        """The least that its points can be."""
        return None if self.low is None else Fraction(self.weight) * Fraction(self.low) / Fraction(self.full_score)

    @property
    def most(self) -> Fraction | None:
        """The most that its points can be."""
        return None if self.high is None else Fraction(self.weight) * Fraction(self.high) / Fraction(self.full_score)


class Score(NamedTuple):
    """A branch in a period, as published; see `CountedScore`."""

    lines: tuple[ScoreLine, ...]
    total: Decimal | None
    grade: str | None
    is_vetoed: bool
    low: Decimal | None
    high: Decimal | None
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentPublished(PublishedPart):
    """As counted, without few ballots. `indicators`: the public ones of INDICATOR; the minimums are the policy's."""

    periods: tuple[str, ...]
    scores: Mapping[tuple[str, str], Score]
    in_force: Mapping[str, tuple[str, ...]]
    indicators: pd.DataFrame
    ladder: tuple[tuple[str, Decimal], ...]
    measures: Mapping[str, str]
    minimum_ballots: int
    minimum_ranked: int


def protect(counted: AssessmentCounted, policy: Policy) -> AssessmentPublished:
    """Return what may be published, field by field."""
    columns = [name for name in INDICATOR if policy.shows("indicator", name) and name in counted.indicators]
    return AssessmentPublished(
        periods=counted.periods,
        scores={key: score(item, policy) for key, item in counted.scores.items()},
        in_force=counted.in_force,
        indicators=counted.indicators[columns],
        ladder=counted.ladder,
        measures=counted.measures,
        minimum_ballots=policy.minimum_ballots,
        minimum_ranked=policy.minimum_ranked,
    )


def score(counted: CountedScore, policy: Policy) -> Score:
    return Score(
        lines=tuple(line(item, policy) for item in counted.lines),
        total=counted.total,
        grade=counted.grade,
        is_vetoed=counted.is_vetoed,
        low=counted.low,
        high=counted.high,
        grades=counted.grades,
    )


def line(counted: CountedLine, policy: Policy) -> ScoreLine:
    """Return a line, of its ballots only what is in public columns."""

    def shows(name: str) -> bool:
        return policy.shows("assessment", name)

    has_ballots = shows("ballots_valid")
    return ScoreLine(
        indicator_id=counted.indicator_id,
        effect=counted.effect,
        weight=counted.weight,
        full_score=counted.full_score,
        score=counted.score,
        points=counted.points,
        ballots_issued=counted.ballots_issued if shows("ballots_issued") else 0,
        votes=tuple((vote.title, vote.votes) for vote in counted.votes if shows(vote.field)),
        approval=counted.approval if has_ballots else NO_RATIO,
        method=counted.method if shows("method") else "",
        evidence_url=counted.evidence_url if shows("evidence_url") else "",
        computation=computation(counted.computation) if policy.shows("indicator", "expression") else None,
        low=counted.low,
        high=counted.high,
        withheld=counted.withheld,
        approval_most=counted.approval_most if has_ballots else NO_RATIO,
    )


def computation(counted: Computation | None) -> Computation | None:
    """Return what a formula is made from: subjects offer only counts that they publish themselves."""
    return counted and Computation(formula=counted.formula, inputs=counted.inputs, result=counted.result)


def mask(resource: str, frame: pd.DataFrame, _policy: Policy, tables: Tables) -> pd.DataFrame:
    """Return the rows as the public may have them."""
    return public(frame, ballots(tables)) if resource == "assessment" else frame


def pieces(published: AssessmentPublished, shards: Shards) -> Callable[[int], AssessmentPublished]:
    """Return what belongs to a shard, by its number: the scores of the branches that answer there; the rest has all.

    Ranks are places among all branches, so only the rest may show them.
    """
    home, rest = shards.owner["branch"], shards.rest.number
    found: dict[int, dict[tuple[str, str], Score]] = {shard.number: {} for shard in shards.every}
    found[rest] = dict(published.scores)
    for (period, branch), score in published.scores.items():
        for number in {home.get(branch, rest), *shards.elsewhere.get(branch, ())} - {rest}:
            found[number][period, branch] = score
    return lambda number: replace(published, scores=found[number])
