"""Scores of branches: composite = Σ weight × score ÷ full score over the indicators in force.

An indicator in force without a score means no composite: weights are never spread over the others.
Decimal arithmetic, rounded half-up once, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

import pandas as pd

from builder.derive.approval import interval
from builder.facts import Score, ScoreLine, Scores
from builder.model import Ratio, Tables
from builder.periods import assessed

__all__ = ["scores"]

TENTH = Decimal("0.1")
Row = Mapping[str, Any]


def scores(tables: Tables) -> Scores:
    """Return every branch's score in every assessed period; approval is a measure and comes after `protect`."""
    frame = tables["assessment"]
    ends = {name: period.end for name in frame["period"].dropna().unique() if (period := assessed(name))}
    periods = tuple(sorted(ends, key=lambda name: ends[name]))
    ladder = grades(tables)
    votes = {field.name: field for field in tables.package.resources["assessment"].schema.fields if field.vote}
    indicators = {name: in_force(tables["indicator"], pd.Timestamp(ends[name])) for name in periods}
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in as_records(frame):
        found.setdefault((row["period"], row["branch_id"]), {})[row["indicator_id"]] = row
    result = {
        key: score([line(item, rows.get(item["indicator_id"]), votes) for item in indicators[key[0]]], ladder)
        for key, rows in found.items()
        if key[0] in indicators
    }
    return Scores(
        periods=periods,
        scores=result,
        approvals={},
        indicators={name: tuple(str(item["indicator_id"]) for item in items) for name, items in indicators.items()},
        ladder=ladder,
    )


def in_force(indicator: pd.DataFrame, end: pd.Timestamp) -> list[Row]:
    """Return the indicators valid on the last day of a period, by code."""
    valid = (indicator["valid_from_date"] <= end) & ~(indicator["valid_to_date"] < end)
    return as_records(indicator[valid].sort_values("indicator_id"))


def as_records(frame: pd.DataFrame) -> list[Row]:
    """Return one dict a row, column name → cell."""
    return cast("list[Row]", frame.to_dict("records"))


def grades(tables: Tables) -> tuple[tuple[str, Decimal], ...]:
    """Return the ladder (name, minimum score), best grade first."""
    if "grade" not in tables:
        return ()
    frame = tables["grade"].sort_values("min_score", ascending=False)
    return tuple((name, Decimal(str(minimum))) for name, minimum in zip(frame["name"], frame["min_score"], strict=True))


def line(indicator: Row, row: Row | None, votes: Mapping[str, Any]) -> ScoreLine:
    weight, full = Decimal(str(indicator["weight"])), Decimal(str(indicator["full_score"]))
    score = Decimal(str(row["score"])) if row and pd.notna(row["score"]) else None
    counted = [(field, number(row, name)) for name, field in votes.items() if row and pd.notna(row[name])]
    approval = Ratio(sum(count for field, count in counted if field.vote == "favourable"), number(row, "ballots_valid"))
    return ScoreLine(
        indicator_id=indicator["indicator_id"],
        weight=weight,
        full_score=full,
        score=score,
        points=weight * score / full if score is not None else None,
        ballots_issued=number(row, "ballots_issued"),
        votes=tuple((field.title, count) for field, count in counted),
        approval=approval,
        interval=interval(approval) if approval.denominator else None,
        method=text(row, "method"),
        evidence_url=text(row, "evidence_url"),
    )


def number(row: Row | None, name: str) -> int:
    return int(row[name]) if row and name in row and pd.notna(row[name]) else 0


def text(row: Row | None, name: str) -> str:
    return str(row[name]) if row and name in row and pd.notna(row[name]) else ""


def score(lines: list[ScoreLine], ladder: tuple[tuple[str, Decimal], ...]) -> Score:
    points = [item.points for item in lines if item.points is not None]
    if len(points) < len(lines) or not lines:
        return Score(tuple(lines), None, None, None)
    exact = sum(points, Decimal(0))
    total = exact.quantize(TENTH, ROUND_HALF_UP)
    return Score(tuple(lines), exact, total, next((name for name, minimum in ladder if total >= minimum), None))
