"""A case's dates are in order, its stage, dates and outcome tell the same story, and it can be placed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.places import while_open
from builder.rules import Check, Find, copies, doubled, going_on, issues, named_apart, not_after, order, various
from builder.subjects.case import holidays

__all__ = ["CHECKS"]

FEW, FORGOTTEN = 3, 0.03
"""Resolved cases without an outcome, and their share, from which on it is no accident."""

ROLES = ("itemised", "counted", "protected")
"""What the values of case_category.disclosure may mean."""


def closed_without_date(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases in a closed stage without a resolved date."""
    frame = tables["case"]
    closed = frame["stage"].isin(tables.values("case", "stage", "closed"))
    yield from issues(frame, closed & frame["resolved_date"].isna(), "stage")


def resolved_but_open(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases with a resolved date whose stage is still open."""
    frame = tables["case"]
    still = frame["stage"].isin(tables.values("case", "stage", "open"))
    yield from issues(frame, still & frame["resolved_date"].notna(), "stage", "resolved_date")


def outcome_before_end(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases with an outcome but no resolved date."""
    frame = tables["case"]
    yield from issues(frame, frame["outcome"].notna() & frame["resolved_date"].isna(), "outcome")


def waiting_but_accepted(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the accepted cases whose stage says that nobody has accepted them."""
    frame = tables["case"]
    waits = frame["stage"].isin(tables.values("case", "stage", "waiting"))
    yield from issues(frame, waits & frame["accepted_date"].notna(), "stage", "accepted_date")


def handled_without_acceptance(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases beyond waiting that have no day of acceptance, where the schema has a word for waiting."""
    frame, waiting = tables["case"], tables.values("case", "stage", "waiting")
    known = (tables.values("case", "stage", "open") | tables.values("case", "stage", "closed")) - waiting
    broken = frame["stage"].isin(known if waiting else ()) & frame["accepted_date"].isna()
    yield from issues(frame, broken, "stage")


def rated_before_end(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the cases with a rating but no resolved date."""
    frame = tables["case"]
    yield from issues(frame, frame["satisfaction"].notna() & frame["resolved_date"].isna(), "satisfaction")


def without_outcome(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the first resolved case without an outcome where there are more of them than are forgotten by chance."""
    frame = tables["case"]
    resolved = frame["resolved_date"].notna()
    lacking = resolved & frame["outcome"].isna()
    count, every = int(lacking.sum()), int(resolved.sum())
    if count >= FEW and count > FORGOTTEN * every:
        yield Issue(int(frame.index[lacking][0]), "outcome", {"count": count, "every": every})


def limits_crossed(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the categories that have to be responded to later than they have to be resolved."""
    frame = tables["case_category"]
    broken = frame["respond_limit_days"] > frame["resolve_limit_days"]
    yield from issues(frame, broken, "respond_limit_days", "resolve_limit_days")


def without(column: str) -> Find:
    """Return what finds the cases with nothing in `column`."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        yield from issues(tables["case"], tables["case"][column].isna(), column)

    return find


def disclosure_unknown(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the categories that do not say, in a word that the schema knows, how openly their cases are shown."""
    words = {role: sorted(tables.values("case_category", "disclosure", role)) for role in ROLES}
    known = [word for found in words.values() for word in found]
    frame = tables["case_category"]
    for issue in issues(frame, frame["disclosure"].notna() & ~frame["disclosure"].isin(known), "disclosure"):
        yield issue._replace(values={**issue.values, "near": nearest(str(issue.values["value"]), words)})


def nearest(value: str, words: Mapping[str, Sequence[str]]) -> str:
    """Return the word that `value` is nearest to, or whose role it names; all words where it is near to none."""
    every = {word: word for found in words.values() for word in found}
    every |= {role: found[0] for role, found in words.items() if found}
    near = difflib.get_close_matches(value.strip().lower(), list(every), n=1, cutoff=0.5)
    return every[near[0]] if near else " / ".join(word for found in words.values() for word in found) or "—"


def sequence(first: str, second: str, code: str, rule: str) -> Check:
    return order("case", first, second, code, rule, is_structural=True)


ORDER = (
    sequence(
        "received_date", "accepted_date", "accepted-before-received",
        mark("A case is accepted on or after the day it was received."),
    ),
    sequence(
        "accepted_date", "responded_date", "responded-before-accepted",
        mark("A case is responded to on or after the day it was accepted."),
    ),
    sequence(
        "received_date", "responded_date", "responded-before-received",
        mark("A case is responded to on or after the day it was received."),
    ),
    sequence(
        "accepted_date", "resolved_date", "resolved-before-accepted",
        mark("A case is resolved on or after the day it was accepted."),
    ),
    sequence(
        "responded_date", "resolved_date", "resolved-before-responded",
        mark("A case is resolved on or after the day it was responded to."),
    ),
    sequence(
        "received_date", "resolved_date", "resolved-before-received",
        mark("A case is resolved on or after the day it was received."),
    ),
    sequence(
        "received_date", "limit_date", "limit-before-received",
        mark("A case is due on or after the day it was received."),
    ),
    sequence(
        "received_date", "extended_to_date", "extended-before-received",
        mark("A case is extended to a day on or after the day it was received."),
    ),
)  # fmt: skip

PAST = (
    not_after(
        "case", "received_date", "received-after-as-of",
        mark("No case is received after the day the data describes."),
    ),
    not_after(
        "case", "accepted_date", "accepted-after-as-of",
        mark("No case is accepted after the day the data describes."),
    ),
    not_after(
        "case", "responded_date", "responded-after-as-of",
        mark("No case is responded to after the day the data describes."),
    ),
    not_after(
        "case", "resolved_date", "resolved-after-as-of",
        mark("No case is resolved after the day the data describes."),
    ),
)  # fmt: skip

STORY = (
    Check(
        "closed-without-date", Severity.ERROR, "case", ("case.stage", "case.resolved_date"),
        mark("A case that is closed has the day it was resolved."),
        mark("the stage is “{value}”, but there is no resolved date"),
        mark("Fill in the day, or correct the stage."), closed_without_date,
        wrong="{stage} {stage:closed}, {resolved_date} –",
        right="{stage} {stage:closed}, {resolved_date} 2026-03-09",
    ),
    Check(
        "resolved-but-open", Severity.ERROR, "case", ("case.stage", "case.resolved_date"),
        mark("A case with a resolved date is closed."),
        mark("the case was resolved on {resolved_date}, but its stage is “{value}”"),
        mark("Correct the stage, or delete the date."), resolved_but_open,
        wrong="{stage} {stage:open}, {resolved_date} 2026-03-09",
        right="{stage} {stage:closed}, {resolved_date} 2026-03-09",
    ),
    Check(
        "outcome-before-end", Severity.ERROR, "case", ("case.outcome", "case.resolved_date"),
        mark("Only a resolved case has an outcome."),
        mark("the outcome is “{value}”, but there is no resolved date"),
        mark("Fill in the day, or delete the outcome."), outcome_before_end,
        wrong="{outcome} {outcome:resolved}, {resolved_date} –",
        right="{outcome} {outcome:resolved}, {resolved_date} 2026-03-09",
    ),
    Check(
        "rated-before-end", Severity.ERROR, "case", ("case.satisfaction", "case.resolved_date"),
        mark("Only a resolved case is rated."),
        mark("the case is rated, but there is no resolved date"),
        mark("Fill in the day, or delete the rating."), rated_before_end,
        wrong="{resolved_date} –, {satisfaction} 满意", right="{resolved_date} 2026-03-05, {satisfaction} 满意",
    ),
    Check(
        "accepted-but-waiting", Severity.ERROR, "case", ("case.stage", "case.accepted_date"),
        mark("A case that was accepted waits no longer for acceptance."),
        mark("the case was accepted on {accepted_date}, but its stage is “{value}”"),
        mark("Correct the stage, or delete the day of acceptance."), waiting_but_accepted,
        wrong="{stage} 待受理, {accepted_date} 2026-03-05", right="{stage} 办理中, {accepted_date} 2026-03-05",
    ),
    Check(
        "handled-without-acceptance", Severity.WARNING, "case", ("case.stage", "case.accepted_date"),
        mark("A case that is being handled was accepted."),
        mark("the stage is “{value}”, but there is no day on which the case was accepted"),
        mark("Fill in the day of acceptance, or correct the stage."), handled_without_acceptance,
        wrong="{stage} 办理中, {accepted_date} –", right="{stage} 办理中, {accepted_date} 2026-03-05",
    ),
    Check(
        "outcomes-missing", Severity.WARNING, "case", ("case.outcome", "case.resolved_date"),
        mark("Nearly all resolved cases have an outcome."),
        mark("{count} of {every} resolved cases have no outcome, this one first"),
        mark("Fill in the outcomes: a case without one counts as not solved."), without_outcome,
        rests=(), blames=(),
        wrong="{resolved_date} 2026-03-05, {outcome} –", right="{resolved_date} 2026-03-05, {outcome} 解决",
        effect=mark("The share of cases that were solved is lower than it is."),
    ),
)  # fmt: skip

PLACED = (
    while_open("case", "received_date"),
    Check(
        "limits-crossed", Severity.ERROR, "case_category",
        ("case_category.respond_limit_days", "case_category.resolve_limit_days"),
        mark("A case has to be responded to before it has to be resolved."),
        mark("there are {value} days to respond, but only {resolve_limit_days} to resolve"),
        mark("Correct whichever of the two limits is wrong."), limits_crossed,
        wrong="{respond_limit_days} 15, {resolve_limit_days} 2",
        right="{respond_limit_days} 2, {resolve_limit_days} 15",
    ),
    Check(
        "case-without-grid", Severity.WARNING, "case", ("case.grid_id",),
        mark("A case lies in a grid."),
        mark("the case has no grid, so it is in no figure and on no page"),
        mark("Fill in the grid; on the page of data quality it is counted as not shown."), without("grid_id"),
        wrong="{grid_id} –", right="{grid_id} 320812001001001",
    ),
    Check(
        "case-without-category", Severity.WARNING, "case", ("case.category_id",),
        mark("A case has a category."),
        mark("the case has no category, so it is in no figure and on no page"),
        mark("Fill in the category; on the page of data quality it is counted as not shown."), without("category_id"),
        wrong="{category_id} –", right="{category_id} A01",
    ),
    Check(
        "disclosure-unknown", Severity.ERROR, "case_category", ("case_category.disclosure",),
        mark("A category says in a known word how openly its cases are shown."),
        mark("“{value}” does not say how openly cases are shown, so all of them would be left out"),
        mark("Write: {near}. The schema names what each word means (roles)."), disclosure_unknown,
        wrong="open", right="{disclosure:counted}",
    ),
)  # fmt: skip

WHOLE = (
    going_on("case", "received_date", 14),
    various("case", "received_date", "resolved_date"),
    # a grid has many cases of a kind on one day, and no more than that is told of them
    copies("case", "case_id", "grid_id", "category_id", "received_date", least=10),
    named_apart("case_category"),
    doubled("case", "case_id", "grid_id", "category_id", "received_date"),
)

CHECKS: tuple[Check, ...] = (*PAST, *ORDER, *STORY, *PLACED, *WHOLE, *holidays.CHECKS)
