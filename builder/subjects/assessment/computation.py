"""Scores that follow from data of this package: which counts their formulas ask for, and what the formulas give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from builder.calendar.periods import assessed
from builder.model import Tables
from builder.subjects.assessment.formula import UnreadableError, computed, names
from builder.subjects.subject import Asked

__all__ = ["Computation", "asks", "computer"]


class Computation(NamedTuple):
    """A formula, its counts by name, and its exact result (None: it divides by 0)."""

    formula: str
    inputs: tuple[tuple[str, int], ...]
    result: Fraction | None


Computer = Callable[[str, str, str], Computation | None]


def asks(tables: Tables) -> tuple[Asked, ...]:
    """Return the counts that formulas in force in each assessed period name."""
    indicator = tables["indicator"]
    if "expression" not in indicator:
        return ()
    found = []
    for name in sorted(tables["assessment"]["period"].dropna().unique()):
        period = assessed(name)
        if period is None:
            continue
        end = pd.Timestamp(period.end)
        valid = (indicator["valid_from_date"] <= end) & ~(indicator["valid_to_date"] < end)
        wanted = {item for text in indicator.loc[valid, "expression"].dropna() for item in readable(text)}
        if wanted:
            found.append(Asked(name, period, frozenset(wanted)))
    return tuple(found)


def readable(formula: str) -> tuple[str, ...]:
    """Return the names in a formula; none of one that cannot be read, which is a finding."""
    try:
        return names(formula)
    except UnreadableError:
        return ()


def computer(tables: Tables) -> Computer:
    """Return what computes: (period, branch, formula) → computation; None where a count is not to be had."""
    known: dict[tuple[str, str], tuple[tuple[str, ...], Mapping[str, tuple[int, ...]]] | None] = {}

    def compute(period: str, branch: str, formula: str) -> Computation | None:
        key = period, formula
        if key not in known:
            known[key] = counts(tables, period, formula)
        found = known[key]
        if found is None:
            return None
        wanted, by_branch = found
        values = by_branch.get(branch, (0,) * len(wanted))
        return Computation(formula, tuple(zip(wanted, values, strict=True)), computed(formula, values))

    return compute


def counts(
    tables: Tables, period: str, formula: str
) -> tuple[tuple[str, ...], Mapping[str, tuple[int, ...]]] | None:
    """Return the names in a formula and their counts by branch; None when one of them is not known."""
    frame, wanted = tables.measured.values.get(period), readable(formula)
    if frame is None or not wanted or not set(wanted) <= set(frame.columns):
        return None
    rows = frame[list(wanted)].itertuples(name=None)
    return wanted, {str(branch): tuple(int(value) for value in values) for branch, *values in rows}
