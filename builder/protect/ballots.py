"""Ballots so few that a vote could be guessed are not published: not on pages, not in sums, not in tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from builder.facts import Score, ScoreLine, Scores
from builder.model import Ratio, Table

__all__ = ["hidden", "without_few"]


def without_few(scores: Scores, minimum: int) -> Scores:
    """Return the scores without the ballots of polls with fewer than `minimum` valid ones.

    Sums over polls are made afterwards (derive.measures), so no hidden poll is a difference of published numbers.
    """
    return replace(scores, scores={key: masked(score, minimum) for key, score in scores.scores.items()})


def masked(score: Score, minimum: int) -> Score:
    return score._replace(lines=tuple(line if valid(line) >= minimum else silent(line) for line in score.lines))


def valid(line: ScoreLine) -> int:
    """Return the valid ballots of a poll, or its votes where the package does not say."""
    return line.approval.denominator or sum(count for _, count in line.votes)


def silent(line: ScoreLine) -> ScoreLine:
    return line._replace(ballots_issued=0, votes=(), approval=Ratio(0, 0), interval=None)


def hidden(table: Table, minimum: int) -> Table:
    """Return the assessment table with all ballot counts empty in rows with fewer than `minimum` valid ballots.

    Where the valid ballots are not known, the votes are counted; where neither is, nothing is shown.
    """
    frame = table.frame
    votes = [field.name for field in table.resource.schema.fields if field.vote and field.name in frame]
    ballots = [name for name in ("ballots_issued", "ballots_valid", *votes) if name in frame]
    known = frame[votes].sum(axis=1, min_count=1) if votes else pd.Series(pd.NA, index=frame.index, dtype="Int64")
    count = frame["ballots_valid"].fillna(known) if "ballots_valid" in frame else known
    few = ~(count >= minimum).fillna(False).astype(bool)
    return replace(table, frame=frame.assign(**{name: frame[name].mask(few, pd.NA) for name in ballots}))
