"""Scores of branches: composite = Σ weight × score ÷ full score over the indicators in force.

An ordinary indicator in force without a score means no composite: weights are never spread over the others.
Exact fractions, rounded half-up once, at the end. Counted from the public rows (`ballots`): a score of which only a
band is told makes the composite score a band, from the least to the most that it can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from builder.calendar.periods import assessed
from builder.frames import records
from builder.model import CountedPart, Field, Ratio, Scope, Tables
from builder.subjects.assessment.ballots import WITHHELD, ballots, public
from builder.subjects.assessment.computation import Computation, Computer, computer
from builder.subjects.assessment.definitions import APPROVAL
from builder.subjects.assessment.effect import ROLES, SCORED, SIGNS, VETO
from builder.subjects.assessment.formula import decimal as rounded

__all__ = ["AssessmentCounted", "CountedLine", "CountedScore", "Vote", "count"]

Row = Mapping[str, Any]


class Vote(NamedTuple):
    """The votes for one option of a poll."""

    field: str
    title: str
    votes: int


class Poll(NamedTuple):
    """The ballots of a poll."""

    favourable: int
    valid: int


class CountedLine(NamedTuple):
    """One indicator of a branch in a period; `score` and `points` None when it was not reported, or is not told.

    `effect`: one of `effect.ROLES`; `computation`: what the indicator's formula gives, None when it has none.
    `low` … `high`: where the score lies (both the score where it is told; None when it was not reported). `withheld`:
    why something of a poll is not told, one of `ballots.WITHHELD`, or "". `approval`: at the least; `approval_most`.
    """

    indicator_id: str
    effect: str
    weight: Decimal
    full_score: Decimal
    score: Decimal | None
    points: Fraction | None
    ballots_issued: int
    votes: tuple[Vote, ...]
    approval: Ratio
    method: str
    evidence_url: str
    computation: Computation | None
    low: Decimal | None
    high: Decimal | None
    withheld: str
    approval_most: Ratio


class CountedScore(NamedTuple):
    """A branch in a period. `low`, `high`, `grades` None and empty when an indicator is missing.

    `total` (one decimal, half-up): None also where it lies somewhere from `low` to `high`. `grade`: None also where it
    may be any of `grades`, best first.
    """

    lines: tuple[CountedLine, ...]
    exact: Fraction | None
    total: Decimal | None
    grade: str | None
    is_vetoed: bool
    low: Decimal | None
    high: Decimal | None
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentCounted(CountedPart):
    """`periods` oldest first; (period, branch_id) → score; period → codes of the indicators in force, by code.

    `indicators`: one row an indicator, the whole table; `ladder`: (grade, minimum score), best first; `measures`: what
    formulas may name → what it counts (message id).
    """

    periods: tuple[str, ...]
    scores: Mapping[tuple[str, str], CountedScore]
    in_force: Mapping[str, tuple[str, ...]]
    indicators: pd.DataFrame
    ladder: tuple[tuple[str, Decimal], ...]
    measures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a line is made with. `votes`: the columns of votes; `effects`: value of `kind` → role.

    `reasons`: value of `withheld` → role.
    """

    votes: tuple[Field, ...]
    effects: Mapping[str, str]
    reasons: Mapping[str, str]
    compute: Computer


def count(tables: Tables, _scope: Scope) -> AssessmentCounted:
    """Return every branch's score in every assessed period; approval is a measure and comes after the wall."""
    rules = ballots(tables)
    frame = public(tables["assessment"], rules)
    spans = {name: period for name in frame["period"].dropna().unique() if (period := assessed(name))}
    periods = tuple(sorted(spans, key=lambda name: (spans[name].end, spans[name].start, name)))
    ladder = grades(tables)
    effects = {value: role for role in ROLES for value in tables.values("indicator", "kind", role)}
    reasons = {value: role for role in WITHHELD for value in tables.values("assessment", "withheld", role)}
    reasons |= {word: role for role, word in rules.words.items()}
    reader = Reader(rules.votes, effects, reasons, computer(tables))
    indicators = {name: in_force(tables["indicator"], pd.Timestamp(spans[name].end)) for name in periods}
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in filled(frame):
        found.setdefault((row["period"], row["branch_id"]), {})[row["indicator_id"]] = row
    result = {
        key: score([line(item, rows.get(item["indicator_id"]), key, reader) for item in indicators[key[0]]], ladder)
        for key, rows in found.items()
        if key[0] in indicators
    }
    return AssessmentCounted(
        periods=periods,
        scores=result,
        in_force={name: tuple(str(item["indicator_id"]) for item in items) for name, items in indicators.items()},
        indicators=tables["indicator"],
        ladder=ladder,
        measures=tables.measured.names,
    )


def filled(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield one dict a row, with None for an empty cell."""
    yield from records(frame.astype(object).where(frame.notna(), None))


def in_force(indicator: pd.DataFrame, end: pd.Timestamp) -> list[Row]:
    """Return the indicators valid on the last day of a period, by code."""
    valid = (indicator["valid_from_date"] <= end) & ~(indicator["valid_to_date"] < end)
    return list(filled(indicator[valid].sort_values("indicator_id")))


def grades(tables: Tables) -> tuple[tuple[str, Decimal], ...]:
    """Return the ladder (name, minimum score), best grade first."""
    if "grade" not in tables:
        return ()
    frame = tables["grade"].sort_values("min_score", ascending=False)
    return tuple((name, Decimal(str(minimum))) for name, minimum in zip(frame["name"], frame["min_score"], strict=True))


def line(indicator: Row, row: Row | None, key: tuple[str, str], reader: Reader) -> CountedLine:
    """Return the line of an indicator for `key`, a period and a branch."""
    weight, full = decimal(indicator["weight"]), decimal(indicator["full_score"])
    score = decimal(row["score"]) if row and row["score"] is not None else None
    counted = [(field, int(row[field.name])) for field in reader.votes if row and row[field.name] is not None]
    withheld = reader.reasons.get(text(row, "withheld"), "")
    low, high = within(row, score, full, withheld)
    least, most = number(row, "favourable_low"), number(row, "favourable_high")
    # without a number of favourable votes the ballots say nothing of approval
    valid = number(row, "ballots_valid") if row and row["favourable_low"] is not None else 0
    formula = indicator.get("expression")
    return CountedLine(
        indicator_id=indicator["indicator_id"],
        effect=reader.effects.get(indicator.get("kind") or "", SCORED),
        weight=weight,
        full_score=full,
        score=score,
        points=points(weight, score, full) if score is not None else None,
        ballots_issued=number(row, "ballots_issued"),
        votes=tuple(Vote(field=field.name, title=field.title, votes=count) for field, count in counted),
        approval=APPROVAL.of(Poll(least, valid)),
        method=text(row, "method"),
        evidence_url=text(row, "evidence_url"),
        computation=reader.compute(*key, formula) if formula else None,
        low=low,
        high=high,
        withheld=withheld,
        approval_most=APPROVAL.of(Poll(most, valid)),
    )


def within(
    row: Row | None, score: Decimal | None, full: Decimal, withheld: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return between what a score lies: anywhere up to the full score where nothing of it is told."""
    if score is not None or row is None:
        return score, score
    if row["score_low"] is not None and row["score_high"] is not None:
        return decimal(row["score_low"]), decimal(row["score_high"])
    return (Decimal(0), full) if withheld else (None, None)


@lru_cache(1 << 14)
def decimal(value: float) -> Decimal:
    """Return a number as the decimal that it was written as."""
    return Decimal(str(value))


@lru_cache(1 << 14)
def points(weight: Decimal, score: Decimal, full: Decimal) -> Fraction:
    """Return weight × score ÷ full score; the same three come again and again."""
    return Fraction(weight) * Fraction(score) / Fraction(full)


def number(row: Row | None, name: str) -> int:
    return int((row and row.get(name)) or 0)


def text(row: Row | None, name: str) -> str:
    return str((row and row.get(name)) or "")


def score(lines: list[CountedLine], ladder: tuple[tuple[str, Decimal], ...]) -> CountedScore:
    """Return the composite of the lines of one branch in one period, and its grade."""
    ordinary = [item for item in lines if item.effect == SCORED]
    # a veto of which only a band is told may be in force or not: from it follows nothing
    is_vetoed = any(item.effect == VETO and item.low for item in lines)
    if not ordinary or any(item.low is None for item in ordinary):
        return CountedScore(tuple(lines), None, None, None, is_vetoed, None, None, ())
    ends = [[one for item in lines if (one := end(item, is_most)) is not None] for is_most in (False, True)]
    least, most = (max(Fraction(0), sum(points, Fraction(0))) for points in ends)
    low, high = rounded(least, 1), rounded(most, 1)
    # a poll in `low` … `high` of the same score is told all the same
    is_told = all(item.score is not None or item.low is None for item in lines)
    names = [name for name, _ in ladder]
    grades = names[-1:] if is_vetoed else between(ladder, low, high)
    return CountedScore(
        lines=tuple(lines),
        exact=least if is_told else None,
        total=low if is_told else None,
        grade=grades[0] if len(grades) == 1 else None,
        is_vetoed=is_vetoed,
        low=low,
        high=high,
        grades=tuple(grades),
    )


def end(item: CountedLine, is_most: bool) -> Fraction | None:
    """Return the least or the most that a line adds to the sum; None where it was not reported."""
    sign = SIGNS[item.effect]
    found = item.high if is_most is (sign > 0) else item.low
    return sign * points(item.weight, found, item.full_score) if found is not None else None


def between(ladder: tuple[tuple[str, Decimal], ...], low: Decimal, high: Decimal) -> list[str]:
    """Return the grades of the scores from `low` to `high`, best first; what is below all of them has none."""
    best, worst = (next((at for at, (_, least) in enumerate(ladder) if score >= least), None) for score in (high, low))
    if best is None:
        return []
    names = [name for name, _ in ladder]
    return [*names[best:], ""] if worst is None else names[best : worst + 1]
