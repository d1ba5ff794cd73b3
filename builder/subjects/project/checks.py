"""Rules of projects: stages in their order, and no more money than there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from builder.frames import cents, yuan
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, issues, not_after, order
from builder.subjects.project.stages import STAGES, actual, planned

__all__ = ["CHECKS"]


def within(smaller: str, larger: str, code: str, rule: str) -> Check:
    """Return the check that the amount `smaller` is at most `larger`, where both are known."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables["project"]
        title = tables.package.resources["project"].schema[larger].title
        low, high = cents(frame[smaller]), cents(frame[larger])
        for row in frame.index[(low > high).fillna(False).astype(bool)]:
            values = {
                "value": yuan(low[row]), "title": title, "limit": Quote("project", larger, yuan(high[row])),
                "difference": yuan(low[row] - high[row]),
            }  # fmt: skip
            yield Issue(int(row), smaller, values)

    return Check(
        code, Severity.ERROR, "project", (f"project.{smaller}", f"project.{larger}"), rule,
        mark("{value} is more than “{title}” {limit}, by {difference}"),
        mark("Correct whichever of the two amounts is wrong."), find,
        wrong=f"{{{larger}}} 10000.00, {{{smaller}}} 12000.00", right=f"{{{larger}}} 12000.00, {{{smaller}}} 10000.00",
    )  # fmt: skip


def skipped(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the projects in which a stage is done and one before it is not: the first such stage."""
    frame = tables["project"]
    schema = tables.package.resources["project"].schema
    told = frame["project_id"].isna()
    found = []
    for before, stage in combinations(map(actual, STAGES), 2):
        broken = frame[before].isna() & frame[stage].notna() & ~told
        told |= broken
        title = schema[before].title
        found += [issue._replace(values={**issue.values, "title": title}) for issue in issues(frame, broken, stage)]
    yield from sorted(found, key=lambda issue: issue.row)


def unexplained(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the projects that were accepted and say nothing of what was achieved."""
    frame = tables["project"]
    broken = frame["accepted_date"].notna() & frame["result"].isna()
    yield from issues(frame.assign(result=frame["result"].fillna("")), broken, "result", "accepted_date")


def paid_later(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the projects for which money was paid after they were accepted."""
    frame = tables["project"]
    yield from issues(frame, frame["paid_date"] > frame["accepted_date"], "paid_date", "accepted_date")


PLANS = (
    mark("A project is to be reviewed on or after the day it is to be proposed."),
    mark("A project is to be carried out on or after the day it is to be reviewed."),
    mark("A project is to be accepted on or after the day it is to be carried out."),
)
DONE = (
    mark("A project is reviewed on or after the day it was proposed."),
    mark("A project is carried out on or after the day it was reviewed."),
    mark("A project is accepted on or after the day it was carried out."),
)
KNOWN = (
    mark("No project is proposed after the day the data describes."),
    mark("No project is reviewed after the day the data describes."),
    mark("No project is carried out after the day the data describes."),
    mark("No project is accepted after the day the data describes."),
)

CHECKS: tuple[Check, ...] = (
    *(
        order("project", planned(first), planned(second), f"project-{second}-planned-early", rule)
        for (first, second), rule in zip(pairwise(STAGES), PLANS, strict=True)
    ),
    *(
        order("project", actual(first), actual(second), f"project-{second}-early", rule)
        for (first, second), rule in zip(pairwise(STAGES), DONE, strict=True)
    ),
    *(
        not_after("project", actual(stage), f"project-{stage}-after-as-of", rule)
        for stage, rule in zip(STAGES, KNOWN, strict=True)
    ),
    Check(
        "stage-skipped", Severity.ERROR, "project", ("project.project_id", *(f"project.{actual(s)}" for s in STAGES)),
        mark("A stage of a project is done only when those before it are done."),
        mark("{value} is stated, but no “{title}”"),
        mark("Write the day of the stage before it, or delete this one."), skipped,
        wrong="{implemented_date} 2026-03-09, {reviewed_date} –",
        right="{implemented_date} 2026-03-09, {reviewed_date} 2026-02-20",
    ),
    within(
        "contract", "budget", "contract-above-budget", mark("The contract of a project is within its budget.")
    ),
    within("paid", "contract", "paid-above-contract", mark("No more is paid for a project than its contract says.")),
    within("paid", "budget", "paid-above-budget", mark("No more is paid for a project than its budget holds.")),
    not_after(
        "project", "paid_date", "paid-after-as-of", mark("Nothing is paid for a project after the day of the data.")
    ),
    Check(
        "paid-after-acceptance", Severity.WARNING, "project", ("project.paid_date", "project.accepted_date"),
        mark("The last payment for a project is made by the day it was accepted."),
        mark("paid on {value}, after it was accepted on {accepted_date}"),
        mark("Nothing needs to be done if the contract says so; otherwise correct the date."), paid_later,
        wrong="{accepted_date} 2026-03-05, {paid_date} 2026-03-09",
        right="{accepted_date} 2026-03-09, {paid_date} 2026-03-05",
    ),
    Check(
        "result-missing", Severity.WARNING, "project", ("project.result", "project.accepted_date"),
        mark("A project that was accepted says what was achieved."),
        mark("it was accepted on {accepted_date}, but no result is stated"),
        mark("Write in one sentence what was achieved."), unexplained,
        wrong="{accepted_date} 2026-03-09, {result} –", right="{accepted_date} 2026-03-09, {result} …",
    ),
)  # fmt: skip
