"""Scores, weights and ballots add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.calendar.periods import assessed
from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.rules import Check, issues, order
from builder.subjects.assessment.ballots import BOUNDS
from builder.subjects.assessment.effect import ROLES, SCORED
from builder.subjects.assessment.formula_checks import FORMULA_CHECKS
from builder.subjects.assessment.poll_checks import POLL_CHECKS, is_told

__all__ = ["CHECKS"]

TOLERANCE = 1e-9
"""Weights are written with a few decimals; adding them in binary may miss 100 by less than this."""


def period_ends(frame: pd.DataFrame) -> pd.Series:
    """Return the last day of each row's period (NaT when it is no period)."""
    ends = {name: pd.Timestamp(period.end) for name in frame["period"].dropna().unique() if (period := assessed(name))}
    return looked_up(frame["period"], pd.Series(ends, dtype="datetime64[s]"))


def looked_up(codes: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each code, of the dtype of `values` also where there is none to find."""
    return values.reindex(codes).set_axis(codes.index)


def unknown(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows whose period is no period that can be read."""
    frame = tables["assessment"]
    yield from issues(frame, frame["period"].notna() & period_ends(frame).isna(), "period")


def weights(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield, for each assessed period whose ordinary weights do not sum to 100, the first row assessed in it."""
    frame, indicator = tables["assessment"], tables["indicator"]
    if "kind" in indicator:  # bonuses, penalties and vetoes have no share of the 100
        roles = (value for role in ROLES if role != SCORED for value in tables.values("indicator", "kind", role))
        indicator = indicator[~indicator["kind"].isin(list(roles))]
    for end, rows in frame.groupby(period_ends(frame)):
        start = indicator["valid_from_date"] <= end
        total = float(indicator.loc[start & ~(indicator["valid_to_date"] < end), "weight"].sum())
        if abs(total - 100) > TOLERANCE:
            yield Issue(int(rows.index[0]), "period", {"value": rows["period"].iloc[0], "total": f"{total:.10g}"})


def not_in_force(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the scores for an indicator that is not in force at the end of their period."""
    frame = tables["assessment"]
    known = tables["indicator"].drop_duplicates("indicator_id").set_index("indicator_id")
    ends = period_ends(frame)
    late = looked_up(frame["indicator_id"], known["valid_from_date"]) > ends
    gone = looked_up(frame["indicator_id"], known["valid_to_date"]) < ends
    yield from issues(frame, late | gone, "indicator_id", "period")


def too_high(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the scores above their indicator's full score."""
    frame = tables["assessment"]
    known = tables["indicator"].drop_duplicates("indicator_id").set_index("indicator_id")["full_score"]
    full = looked_up(frame["indicator_id"], known)
    yield from issues(frame.assign(full_score=full), frame["score"] > full, "score", "full_score")


def ballots(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows with more valid ballots than were issued."""
    frame = tables["assessment"]
    frame = frame.assign(ballots_issued=frame["ballots_issued"].fillna(0))
    yield from issues(frame, frame["ballots_valid"] > frame["ballots_issued"], "ballots_valid", "ballots_issued")


def votes(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows whose votes do not sum to the valid ballots."""
    frame = tables["assessment"]
    fields = tables.package.resources["assessment"].schema.fields
    options = [field.name for field in fields if field.vote and field.name in frame]
    if options:
        frame = frame.assign(total=frame[options].sum(axis=1), ballots_valid=frame["ballots_valid"].fillna(0))
        is_left_out = frame[options].isna().all(axis=1) & is_told(frame)
        yield from issues(frame, (frame["total"] != frame["ballots_valid"]) & ~is_left_out, "ballots_valid", "total")


def not_over(tables: Tables, as_of: date) -> Iterator[Issue]:
    """Yield the scores of a period that is not over at as_of."""
    frame = tables["assessment"]
    for issue in issues(frame, period_ends(frame) > pd.Timestamp(as_of), "period"):
        yield issue._replace(values={**issue.values, "as_of": as_of})


CHECKS: tuple[Check, ...] = (
    order(
        "indicator", "valid_from_date", "valid_to_date", "indicator-order",
        mark("An indicator is retired on or after the day it came into force."),
    ),
    Check(
        "period-unknown", Severity.ERROR, "assessment", ("assessment.period",),
        mark("An assessed period is a year, or a half, a quarter or a month of one."),
        mark("“{value}” is not a period"),
        mark("Write it like 2026, 2026-H1, 2026-Q3 or 2026-09."), unknown,
        wrong="2026Q3", right="2026-Q3",
    ),
    Check(
        "weights-sum", Severity.ERROR, "assessment",
        ("assessment.period", "indicator.weight", "indicator.valid_from_date", "indicator.valid_to_date"),
        mark("The weights in force in an assessed period sum to 100."),
        mark("the weights in force in {value} sum to {total}, not to 100"),
        mark("Correct the weights or the dates in the table of indicators."), weights, ("indicator.kind",),
        wrong="40 + 30 + 20 = 90", right="40 + 30 + 30 = 100",
    ),
    Check(
        "indicator-not-in-force", Severity.ERROR, "assessment",
        ("assessment.period", "assessment.indicator_id", "indicator.indicator_id",
         "indicator.valid_from_date", "indicator.valid_to_date"),
        mark("A score is given only for an indicator in force at the end of its period."),
        mark("the indicator {value} is not in force at the end of {period}"),
        mark("Correct the indicator, the period, or the indicator’s dates."), not_in_force,
        wrong="{period} 2026-Q3, {indicator.valid_to_date} 2025-12-31",
        right="{period} 2025-Q3, {indicator.valid_to_date} 2025-12-31",
    ),
    Check(
        "score-above-full", Severity.ERROR, "assessment",
        ("assessment.score", "assessment.indicator_id", "indicator.indicator_id", "indicator.full_score"),
        mark("A score is at most the indicator’s full score."),
        mark("the score {value} is above the full score {full_score}"),
        mark("Correct the score or the indicator’s full score."), too_high,
        wrong="{score} 120, {indicator.full_score} 100", right="{score} 92, {indicator.full_score} 100",
    ),
    Check(
        "ballots-above-issued", Severity.ERROR, "assessment", ("assessment.ballots_issued", "assessment.ballots_valid"),
        mark("There are at most as many valid ballots as were issued."),
        mark("{value} valid ballots, but only {ballots_issued} issued"),
        mark("Correct the number of ballots."), ballots,
        wrong="{ballots_issued} 40, {ballots_valid} 43", right="{ballots_issued} 43, {ballots_valid} 40",
    ),
    Check(
        "votes-sum", Severity.ERROR, "assessment", ("assessment.ballots_valid",),
        mark("The votes for all options sum to the valid ballots."),
        mark("the votes sum to {total}, the valid ballots are {value}"),
        mark("Count the votes again."), votes,
        tuple(f"assessment.{name}" for name in (*BOUNDS, "withheld")),
        wrong="{ballots_valid} 40: 20 + 10 + 5 + 4 = 39", right="{ballots_valid} 40: 20 + 10 + 6 + 4 = 40",
    ),
    Check(
        "period-not-over", Severity.ERROR, "assessment", ("assessment.period",),
        mark("Only a period that is over is assessed."),
        mark("the period {value} is not over on {as_of}"),
        mark("Correct the period; if the data is newer, move as_of in datapackage.json."), not_over,
        wrong="2027-Q1", right="2026-Q3",
    ),
    *FORMULA_CHECKS,
    *POLL_CHECKS,
)  # fmt: skip
