"""A formula over data can be read, and gives the score that is stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from builder.language import mark
from builder.model import Issue, Message, Severity, Tables
from builder.rules import Check
from builder.subjects.assessment.computation import computer
from builder.subjects.assessment.formula import UnreadableError, agree, decimal, names

__all__ = ["FORMULA_CHECKS"]


def formulas(tables: Tables) -> Iterator[tuple[int, str]]:
    """Yield the row and the text of every formula."""
    for row, text in tables["indicator"][["expression"]].dropna().itertuples(name=None):
        yield int(row), str(text)


def unreadable(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the formulas that are no arithmetic."""
    for row, text in formulas(tables):
        try:
            names(text)
        except UnreadableError:
            yield Issue(row, "expression", {"value": text})


def strangers(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the first name in each formula that this package has no count of."""
    for row, text in formulas(tables):
        try:
            unknown = [name for name in names(text) if name not in tables.measured.names]
        except UnreadableError:
            continue
        if unknown:
            yield Issue(row, "expression", {"value": text, "name": unknown[0]})


def different(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the scores that are not what the formula of their indicator gives."""
    known = tables["indicator"].drop_duplicates("indicator_id").set_index("indicator_id")["expression"].dropna()
    frame = tables["assessment"]
    frame = frame[frame["indicator_id"].isin(known.index)].dropna(subset=["period", "branch_id", "score"])
    compute = computer(tables)
    columns = ["period", "branch_id", "indicator_id", "score"]
    for row, period, branch, indicator, score in frame[columns].itertuples(name=None):
        stated, found = Decimal(str(score)), compute(period, branch, known[indicator])
        if found and found.result is not None and not agree(stated, found.result):
            counts = tuple(Message(tables.measured.names[name], "") for name, _ in found.inputs)
            texts = [f"{value.normalize():f}" for value in (stated, decimal(found.result, 4))]
            yield Issue(int(row), "score", {"value": texts[0], "computed": texts[1], "counts": counts})


FORMULA_CHECKS: tuple[Check, ...] = (
    Check(
        "formula-unreadable", Severity.ERROR, "indicator", ("indicator.expression",),
        mark("The formula of an indicator is arithmetic over counts of this package."),
        mark("“{value}” is no formula that can be computed"),
        mark("Use numbers, names of counts, + − × ÷, brackets, min, max and round; the definitions list the names."),
        unreadable,
        wrong="(favourable / ballots", right="100 * favourable / ballots",
    ),
    Check(
        "formula-unknown-name", Severity.WARNING, "indicator", ("indicator.expression",),
        mark("A formula names only counts that this package has."),
        mark("there is no count “{name}” in this package, so “{value}” is not computed"),
        mark("Correct the name; the definitions list them. Or hand in the table that it is counted from."),
        strangers,
        wrong="100 * favorite / ballots", right="100 * favourable / ballots",
    ),
    Check(
        "score-not-computed", Severity.WARNING, "assessment",
        ("assessment.period", "assessment.branch_id", "assessment.indicator_id", "assessment.score",
         "indicator.indicator_id", "indicator.expression"),
        mark("A score with a formula is what its formula gives."),
        mark("the score is stated as {value}, but from the data of this package it is {computed} (counted: {counts})"),
        mark("Compute the score again, or correct the data that it is computed from."),
        different,
        is_computed=True,
        wrong="{score} 90, {indicator.expression} = 87.5",
        right="{score} 87.5, {indicator.expression} = 87.5",
    ),
)  # fmt: skip
