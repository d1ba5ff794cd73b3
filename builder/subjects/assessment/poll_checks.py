"""Polls agree with themselves: a score or a reason why there is none, votes that give it, bounds in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from builder.frames import records
from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check, issues
from builder.subjects.assessment.ballots import BOUNDS, ballots, worth
from builder.subjects.assessment.formula import agree, decimal
from builder.subjects.assessment.secrecy import HUNDREDTHS

__all__ = ["POLL_CHECKS", "is_told"]

ORDERED = (("score_low", "score_high"), ("favourable_low", "favourable_high"), ("favourable_high", "ballots_valid"))


def is_told(frame: pd.DataFrame) -> pd.Series:
    """Return whether a row says what is told of a poll instead of its score or votes."""
    marks = [name for name in (*BOUNDS, "withheld") if name in frame]
    return frame[marks].notna().any(axis=1) if marks else pd.Series(data=False, index=frame.index)


def scoreless(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows with neither a score nor a word why it is not told."""
    frame = tables["assessment"]
    for issue in issues(frame, frame["score"].isna() & ~is_told(frame), "score"):
        yield issue._replace(values={})


def crossed(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows with a lower bound above the upper one."""
    frame = tables["assessment"]
    for low, high in ORDERED:
        if low in frame and high in frame:
            for issue in issues(frame, frame[low] > frame[high], low, high):
                yield issue._replace(values={"value": issue.values["value"], "high": issue.values[high]})


def different(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the scores that are not what the votes give."""
    rules, frame = ballots(tables), tables["assessment"]
    names = [field.name for field in rules.votes]
    if not rules.shape or not set(names) <= set(frame):
        return
    voted = frame[frame["score"].notna() & (frame[names].sum(axis=1) > 0)]
    for at, row in zip(voted.index, records(voted[["indicator_id", "score", *names]].fillna(0)), strict=True):
        full = rules.full.get(row["indicator_id"])
        stated = Decimal(str(row["score"]))
        if full is None:
            continue
        found = Fraction(full) * worth(tuple(int(row[name]) for name in names), rules.shape) / HUNDREDTHS
        if not agree(stated, found):
            texts = [f"{value.normalize():f}" for value in (stated, decimal(found, 4))]
            yield Issue(int(at), "score", {"value": texts[0], "computed": texts[1]})


POLL_CHECKS: tuple[Check, ...] = (
    Check(
        "score-missing", Severity.ERROR, "assessment", ("assessment.score",),
        mark("A row has a score, or says why it is not published."),
        mark("there is no score"),
        mark("Fill in the score; an indicator that was not assessed has no row."),
        scoreless, tuple(f"assessment.{name}" for name in (*BOUNDS, "withheld")),
        wrong="{score} –, {withheld} –", right="{score} –, {withheld} {withheld:few}",
    ),
    Check(
        "bounds-crossed", Severity.ERROR, "assessment", ("assessment.score",),
        mark("The least is not more than the most."),
        mark("{value} is more than {high}"),
        mark("Leave the bounds empty: they are filled in when the data is taken in."),
        crossed, tuple(f"assessment.{name}" for name in (*BOUNDS, "ballots_valid")),
        wrong="{score_low} 90, {score_high} 80", right="{score_low} 80, {score_high} 90",
    ),
    Check(
        "score-not-of-votes", Severity.WARNING, "assessment",
        ("assessment.score", "assessment.indicator_id", "indicator.indicator_id", "indicator.full_score"),
        mark("The score of a poll is what its votes give, by the worth of each vote that the schema states."),
        mark("the score is stated as {value}, but the votes give {computed}"),
        mark("Compute the score again, or count the votes again. Where an option has few votes, it is not published."),
        different,
        wrong="{score} 95, {votes_good} 20, {votes_poor} 20",
        right="{score} 50, {votes_good} 20, {votes_poor} 20",
    ),
)  # fmt: skip
