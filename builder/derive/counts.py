"""Put the counting together: one entry per subject that the package has."""

from __future__ import annotations

from datetime import date

from builder.derive import assessment, case, duty
from builder.derive.ancestry import ancestry
from builder.facts import Counts
from builder.model import Tables
from builder.periods import reporting

__all__ = ["counts"]


def counts(tables: Tables, as_of: date) -> Counts:
    """Count everything at `as_of` over the package's reporting period."""
    period = reporting(as_of, tables.package.settings.period_months)
    tree = ancestry(tables, as_of)
    return Counts(
        as_of=as_of,
        settings=tables.package.settings,
        period=period,
        ancestry=tree,
        case=case.counts(tables, tree, period) if {"case", "case_category"} <= set(tables.tables) else None,
        duty=duty.counts(tables, tree, period) if "duty" in tables else None,
        scores=assessment.scores(tables) if {"assessment", "indicator"} <= set(tables.tables) else None,
    )
