"""The grades are a ladder from the best down to 0, and whoever is assessed is assessed by every indicator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.calendar.periods import assessed
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, named_apart
from builder.subjects.assessment.effect import ROLES, SCORED

__all__ = ["GRADE_CHECKS"]

FEW, SHARE = 3, 0.2
"""Branches that lack an indicator, and their share, from which on it was forgotten."""


def text(number: object) -> str:
    return f"{number:g}"


def disordered(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the first grade that breaks the order of those above it: they go down, or all go up."""
    frame = tables["grade"].dropna(subset=["min_score"])
    steps = frame["min_score"].diff().iloc[1:]
    falls = (steps < 0).sum() >= (steps > 0).sum()
    wrong = steps[steps > 0] if falls else steps[steps < 0]
    for row in wrong.index[:1]:
        above = frame[frame.index < row].iloc[-1]
        values = {
            "value": text(frame.at[row, "min_score"]), "name": frame.at[row, "name"],
            "other": Quote("grade", "name", str(above["name"])),
            "least": Quote("grade", "min_score", text(above["min_score"])),
        }  # fmt: skip
        yield Issue(int(row), "min_score", values)


def equal(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the grades that begin at the same score as one above them."""
    frame = tables["grade"].dropna(subset=["min_score"])
    first = frame.groupby("min_score")["name"].transform("first")
    for row in frame.index[frame.duplicated("min_score")]:
        other = Quote("grade", "name", str(first[row]))
        yield Issue(int(row), "min_score", {"value": text(frame.at[row, "min_score"]), "other": other})


def floorless(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the lowest grade when it begins above 0."""
    least = tables["grade"]["min_score"].dropna()
    if len(least) and least.min() > 0:
        yield Issue(int(str(least.idxmin())), "min_score", {"value": text(least.min()), "mended": "0"})


def forgotten(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield, at the first row of a period, each ordinary indicator in force that many branches have no score of."""
    frame, indicator = tables["assessment"].dropna(subset=["period", "branch_id", "indicator_id"]), tables["indicator"]
    if "kind" in indicator:
        roles = (value for role in ROLES if role != SCORED for value in tables.values("indicator", "kind", role))
        indicator = indicator[~indicator["kind"].isin(list(roles))]
    for name, rows in frame.groupby("period", sort=False):
        span, every = assessed(str(name)), rows["branch_id"].nunique()
        if span is None or every < FEW - 1:
            continue
        end = pd.Timestamp(span.end)
        valid = (indicator["valid_from_date"] <= end) & ~(indicator["valid_to_date"] < end)
        have = rows.groupby("indicator_id")["branch_id"].nunique()
        for code in indicator.loc[valid, "indicator_id"].dropna():
            count = every - int(have.get(code, 0))
            if count == every or (count >= FEW and count > SHARE * every):
                value = Quote("assessment", "indicator_id", str(code), is_formal=True)
                values = {"value": value, "period": name, "count": count, "every": every}
                yield Issue(int(rows.index[0]), "indicator_id", values)


GRADE_CHECKS: tuple[Check, ...] = (
    Check(
        "grade-order", Severity.ERROR, "grade", ("grade.min_score", "grade.name"),
        mark("The grades stand in the order of their scores."),
        mark("“{name}” begins at {value}, but “{other}” above it at {least}"),
        mark("Correct whichever of the two scores is wrong, or put the rows in order, the best grade first."),
        disordered, groups=("grade",),
        wrong="{min_score} 90, 8, 60, 0", right="{min_score} 90, 80, 60, 0",
        effect=mark("Branches have a wrong grade."),
    ),
    Check(
        "grade-twice", Severity.ERROR, "grade", ("grade.min_score", "grade.name"),
        mark("No two grades begin at the same score."),
        mark("this grade begins at {value}, as “{other}” does"),
        mark("Correct the score from which on one of the two is given."), equal, groups=("grade",),
        wrong="{min_score} 90, 80, 80, 0", right="{min_score} 90, 80, 60, 0",
        effect=mark("Branches have a wrong grade."),
    ),
    Check(
        "grade-floor", Severity.ERROR, "grade", ("grade.min_score",),
        mark("The lowest grade begins at 0."),
        mark("the lowest grade begins at {value}, so a score below it has no grade"),
        mark("Write 0 for the lowest grade, or add the grade that is missing."), floorless, groups=("grade",),
        wrong="{min_score} 90, 80, 60", right="{min_score} 90, 80, 60, 0",
        effect=mark("Branches with a lower score have no grade."),
    ),
    Check(
        "indicator-forgotten", Severity.WARNING, "assessment",
        ("assessment.period", "assessment.branch_id", "assessment.indicator_id", "indicator.indicator_id",
         "indicator.valid_from_date", "indicator.valid_to_date"),
        mark("Whoever is assessed in a period has a score of every indicator in force."),
        mark("in {period}, {count} of {every} branches have no score of {value}"),
        mark("Add the missing scores, or say in the table of indicators until when it was in force."),
        forgotten, extras=("indicator.kind",), groups=("indicator", "assessment.period"), rests=(),
        wrong="{indicator_id} I01, I03", right="{indicator_id} I01, I02, I03",
        effect=mark("These branches have no total in that period."),
    ),
    named_apart("grade"),
)  # fmt: skip
