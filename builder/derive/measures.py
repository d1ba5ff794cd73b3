"""Public counts to measures: totals, categories, months and medians of every unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from builder.derive.approval import approvals
from builder.derive.case import COUNTED as CASE_COUNTED
from builder.derive.duty import COUNTED as DUTY_COUNTED
from builder.derive.survival import median
from builder.facts import (
    CaseCounts,
    CaseFacts,
    Counts,
    DutyCounts,
    DutyFacts,
    Facts,
    Level,
    Scores,
    UnitCases,
    UnitDuties,
)
from builder.model import CaseTally, DutyTally, Settings
from builder.periods import months

__all__ = ["measures"]


def measures(counts: Counts) -> Facts:
    """Return the facts of what `protect` has let through."""
    names = months(counts.period)
    return Facts(
        as_of=counts.as_of,
        period=counts.period,
        months=names,
        ancestry=counts.ancestry,
        case=case_facts(counts.case, names) if counts.case else None,
        duty=duty_facts(counts.duty) if counts.duty else None,
        scores=with_approval(counts.scores, counts.settings) if counts.scores else None,
    )


def with_approval(scores: Scores, settings: Settings) -> Scores:
    """Return the scores with the branches' approval in the latest period, from the ballots that may be published."""
    latest = {branch: item for (period, branch), item in scores.scores.items() if period == scores.latest}
    return replace(scores, approvals=approvals(latest, settings))


def groups(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield unit and its rows (tuples of `columns`) of a frame sorted by unit: one walk, no filtering per unit."""
    units = frame["unit"].tolist()
    rows = list(zip(*(frame[name].tolist() for name in columns), strict=True))
    start = 0
    for end in range(1, len(units) + 1):
        if end == len(units) or units[end] != units[start]:
            yield units[start], rows[start:end]
            start = end


def duty_facts(counts: DutyCounts) -> DutyFacts:
    units: dict[Level, Mapping[str, UnitDuties]] = {}
    for level, frame in counts.tallies.items():
        found = {}
        for unit, rows in groups(frame, ["category", *DUTY_COUNTED]):
            categories = tuple((str(name), DutyTally(*numbers)) for name, *numbers in rows)
            found[unit] = UnitDuties(DutyTally(*added(rows)), categories)
        units[level] = found
    return DutyFacts(units, counts.rows)


def added(rows: list[tuple[Any, ...]]) -> list[int]:
    """Return the sums of all columns but the first."""
    return [sum(column) for column in list(zip(*rows, strict=True))[1:]]


def case_facts(counts: CaseCounts, names: tuple[str, ...]) -> CaseFacts:
    units: dict[Level, Mapping[str, UnitCases]] = {}
    quiet = tuple((name, 0, 0) for name in names)
    for level, frame in counts.tallies.items():
        whole, part = medians(counts.days[level])
        trend = monthly(counts.months[level], names)
        totals = {unit: rows[0] for unit, rows in groups(counts.totals[level], list(CASE_COUNTED))}
        found = {}
        for unit, rows in groups(frame, ["category_id", *CASE_COUNTED]):
            categories = tuple((str(name), tally(numbers, part.get((unit, str(name))))) for name, *numbers in rows)
            found[unit] = UnitCases(tally(totals[unit], whole.get(unit)), categories, trend.get(unit, quiet))
        units[level] = found
    return CaseFacts(units, counts.rows)


def tally(numbers: Sequence[int], median_days: int | None) -> CaseTally:
    """Return the tally of `numbers`, which are in the order of COUNTED."""
    return CaseTally(**dict(zip(CASE_COUNTED, numbers, strict=True)), median_days=median_days)


def medians(days: pd.DataFrame) -> tuple[dict[str, int | None], dict[tuple[str, str], int | None]]:
    """Return the median of every unit, and of every unit and category."""
    part: dict[tuple[str, str], int | None] = {}
    for unit, rows in groups(days, ["category_id", "days", "resolved", "censored"]):
        by_category: dict[str, list[tuple[int, int, int]]] = {}
        for category, *days_and_counts in rows:
            by_category.setdefault(str(category), []).append(tuple(days_and_counts))
        for category, histogram in by_category.items():
            part[unit, category] = median(histogram, sum(r + c for _, r, c in histogram))
    total = days.groupby(["unit", "days"], sort=True)[["resolved", "censored"]].sum().reset_index()
    whole = {
        unit: median(rows, sum(r + c for _, r, c in rows))
        for unit, rows in groups(total, ["days", "resolved", "censored"])
    }
    return whole, part


def monthly(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Return for each unit every month of the period in order, with 0 where nothing was received or resolved."""
    total = frame.groupby(["unit", "month"], sort=True)[["received", "resolved"]].sum().reset_index()
    result: dict[str, tuple[tuple[str, int, int], ...]] = {}
    for unit, rows in groups(total, ["month", "received", "resolved"]):
        known = {f"{month:%Y-%m}": (received, resolved) for month, received, resolved in rows}
        result[unit] = tuple((name, *known.get(name, (0, 0))) for name in names)
    return result
