"""The catalogue can be followed, and each disclosure follows it: its steps in order, its audience everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.calendar.workdays import announced_until
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.places.codes import distinct, safe
from builder.rules import Check, as_text, issues, not_after, order
from builder.subjects.disclosure.due import EVENTS, MONTHS, PERIODIC, STANDING, publishers
from builder.subjects.disclosure.needs import STEPS

__all__ = ["CHECKS"]

STEP_COLUMNS = tuple(f"disclosure.{name}" for name in STEPS)


def out_of_order(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield each step that is before the latest of those that come before it."""
    frame, schema = tables["disclosure"], tables.package.resources["disclosure"].schema
    for place, step in enumerate(STEPS[1:], 1):
        before = frame[list(STEPS[:place])]
        latest = before.max(axis=1)
        for row in frame.index[frame[step] < latest]:
            first = before.loc[row].idxmax()
            values = {
                "value": as_text(frame.at[row, step]),
                "first": Quote("disclosure", str(first), str(as_text(latest[row]))),
                "title": schema[str(first)].title,
            }
            yield Issue(int(row), step, values)


def steps_missing(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the published disclosures of which an earlier step is not recorded: the first that is missing."""
    frame = tables["disclosure"]
    seen = pd.Series(False, index=frame.index)
    for step in STEPS[1:-1]:
        broken = frame["published_date"].notna() & frame[step].isna() & ~seen
        seen |= broken
        for row in frame.index[broken]:
            yield Issue(int(row), step, {"published_date": as_text(frame.at[row, "published_date"])})


def narrow(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the disclosures of an item that is not for everybody."""
    items = tables["catalogue"].drop_duplicates("item_id").set_index("item_id")["audience"]
    frame = tables["disclosure"]
    frame = frame.assign(audience=frame["item_id"].map(items))
    everybody = tables.values("catalogue", "audience", "itemised")
    yield from issues(frame, frame["audience"].notna() & ~frame["audience"].isin(everybody), "item_id", "audience")


def not_obliged(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the disclosures by a branch that is not of the kind that the item’s level names."""
    frame = tables["disclosure"]
    pairs = pd.MultiIndex.from_frame(publishers(tables)[["item_id", "branch_id"]])
    known = frame["item_id"].isin(tables["catalogue"]["item_id"])
    known &= frame["branch_id"].isin(tables["branch"]["branch_id"])
    allowed = pd.MultiIndex.from_frame(frame[["item_id", "branch_id"]]).isin(pairs)
    yield from issues(frame, known & ~allowed, "branch_id", "item_id")


def timed(tables: Tables, *roles: str) -> frozenset[str]:
    """Return the values of the time type that play one of `roles`."""
    return frozenset().union(*(tables.values("catalogue", "time_type", role) for role in roles))


def of_time(tables: Tables, *roles: str) -> pd.Series:
    """Return whether each disclosure belongs to an item whose time type plays one of `roles`."""
    items = tables["catalogue"]
    wanted = items.loc[items["time_type"].isin(timed(tables, *roles)), "item_id"]
    return tables["disclosure"]["item_id"].isin(wanted)


def no_period(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the disclosures of a periodic item that do not say up to which day they tell."""
    frame = tables["disclosure"]
    yield from issues(frame, of_time(tables, PERIODIC) & frame["period_end_date"].isna(), "period_end_date", "item_id")


def not_formed(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the disclosures of something that happens whose day is not recorded."""
    frame = tables["disclosure"]
    yield from issues(frame, of_time(tables, *EVENTS) & frame["formed_date"].isna(), "formed_date", "item_id")


def no_frequency(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the periodic items that do not say how often."""
    frame = tables["catalogue"]
    known = frozenset().union(*(tables.values("catalogue", "frequency", role) for role in MONTHS))
    periodic = frame["time_type"].isin(timed(tables, PERIODIC))
    yield from issues(frame, periodic & ~frame["frequency"].isin(known), "frequency", "item_id")


def never_due(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items that nobody has to disclose: no branch is of their level."""
    frame = tables["catalogue"]
    yield from issues(frame, frame["level"].notna() & ~frame["item_id"].isin(publishers(tables)["item_id"]), "level")


def unknown_time(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items whose time type plays none of the roles that a day can be worked out from."""
    frame = tables["catalogue"]
    known = timed(tables, STANDING, PERIODIC, *EVENTS)
    yield from issues(frame, frame["time_type"].notna() & ~frame["time_type"].isin(known), "time_type")


def unannounced(tables: Tables, as_of: date) -> Iterator[Issue]:
    """Yield one issue when limits in working days are in use and as_of lies beyond the announced calendar."""
    until = announced_until(tables.package.settings.calendar)
    working = tables["catalogue"]["day_kind"].isin(tables.values("catalogue", "day_kind", "working"))
    if until and as_of > until and working.any():
        yield Issue(int(working.to_numpy().argmax()), "day_kind", {"until": until})


PAST = (
    not_after(
        "disclosure", "formed_date", "formed-after-as-of",
        mark("Nothing that is disclosed was formed after the day the data describes."),
    ),
    not_after(
        "disclosure", "published_date", "published-after-as-of",
        mark("Nothing is disclosed after the day the data describes."),
    ),
)  # fmt: skip

STORY = (
    order(
        "disclosure", "period_start_date", "period_end_date", "disclosed-period-order",
        mark("The period that a disclosure tells of ends on or after the day it begins."),
    ),
    Check(
        "steps-out-of-order", Severity.ERROR, "disclosure", STEP_COLUMNS,
        mark("A disclosure is formed, proposed, reviewed, approved and published in this order."),
        mark("{value} is before “{title}” {first}"), mark("Correct whichever of the two dates is wrong."),
        out_of_order,
        wrong="{proposed_date} 2026-03-05, {approved_date} 2026-03-02",
        right="{proposed_date} 2026-03-05, {approved_date} 2026-03-09",
    ),
    Check(
        "steps-missing", Severity.WARNING, "disclosure", STEP_COLUMNS,
        mark("What is published was proposed, reviewed and approved."),
        mark("published on {published_date}, but this step has no date"),
        mark("Fill in the day; if the step was left out, the disclosure has to be approved first."), steps_missing,
        wrong="{approved_date} –, {published_date} 2026-03-09",
        right="{approved_date} 2026-03-06, {published_date} 2026-03-09",
    ),
    Check(
        "audience-narrow", Severity.ERROR, "disclosure",
        ("disclosure.item_id", "catalogue.item_id", "catalogue.audience"),
        mark("Only what is meant for everybody is in the table of disclosures."),
        mark("the item {value} is meant for {audience} only"),
        mark("Delete the row: this website is open to everybody."), narrow,
        wrong="{catalogue.audience} {catalogue.audience:internal}",
        right="{catalogue.audience} {catalogue.audience:itemised}",
    ),
    Check(
        "discloser-not-obliged", Severity.WARNING, "disclosure",
        ("disclosure.item_id", "disclosure.branch_id", "catalogue.item_id", "catalogue.level", "branch.branch_id",
         "branch.kind"),
        mark("An item is disclosed by organisations of the level that the catalogue names."),
        mark("the catalogue does not ask {value} to disclose {item_id}, so this is in no figure"),
        mark("Correct the code of the item or of the organisation, or the level in the catalogue."), not_obliged,
        wrong="{catalogue.level} {catalogue.level:branch}, {branch.kind} {branch.kind:street}",
        right="{catalogue.level} {catalogue.level:branch}, {branch.kind} {branch.kind:branch}",
    ),
    Check(
        "disclosed-period-missing", Severity.ERROR, "disclosure",
        ("disclosure.item_id", "disclosure.period_end_date", "catalogue.item_id", "catalogue.time_type"),
        mark("A disclosure of a periodic item says up to which day it tells."),
        mark("{item_id} is disclosed period by period, but there is no last day"),
        mark("Fill in the last day of the period."), no_period,
        wrong="{period_end_date} –", right="{period_end_date} 2026-09-30",
    ),
    Check(
        "formed-missing", Severity.ERROR, "disclosure",
        ("disclosure.item_id", "disclosure.formed_date", "catalogue.item_id", "catalogue.time_type"),
        mark("What has to be disclosed once it is formed has the day on which it was."),
        mark("the limit of {item_id} is counted from the day it was formed, which is not there"),
        mark("Fill in the day."), not_formed,
        wrong="{formed_date} –", right="{formed_date} 2026-03-05",
    ),
)  # fmt: skip

ITEMS = (
    Check(
        "frequency-missing", Severity.ERROR, "catalogue",
        ("catalogue.item_id", "catalogue.time_type", "catalogue.frequency"),
        mark("A periodic item says how often."),
        mark("{item_id} is disclosed period by period, but the frequency “{value}” is none that is known"),
        mark("Write one of the frequencies that the schema names."), no_frequency,
        wrong="{time_type} {time_type:periodic}, {frequency} –",
        right="{time_type} {time_type:periodic}, {frequency} {frequency:quarterly}",
    ),
    Check(
        "item-of-nobody", Severity.WARNING, "catalogue",
        ("catalogue.item_id", "catalogue.level", "branch.branch_id", "branch.kind"),
        mark("Somebody has to disclose each item."),
        mark("no organisation is of the level “{value}”, so this item is never due"),
        mark("Correct the level, or the roles of “level” and “kind” in the schemas."), never_due,
        wrong="{level} –", right="{level} {level:branch}",
    ),
    Check(
        "time-type-unknown", Severity.WARNING, "catalogue", ("catalogue.time_type",),
        mark("From each item’s time type it follows when it is due."),
        mark("“{value}” plays no role in the schema, so this item is never due"),
        mark("Give it a role: standing, periodic, staged or prompt."), unknown_time,
        wrong="{time_type} –", right="{time_type} {time_type:periodic}",
    ),
    Check(
        "disclosure-calendar", Severity.WARNING, "catalogue", ("catalogue.day_kind",),
        mark("Limits of the catalogue in working days follow the announced public holidays."),
        mark("holidays are known until {until}; after that every Monday to Friday counts as a working day"),
        mark("Update the package chinesecalendar once the next year’s holidays are announced."), unannounced,
        wrong="2031", right="2026",
    ),
)  # fmt: skip

CODES = (
    safe("disclosure", "disclosure_id"), distinct("disclosure", "disclosure_id"), safe("catalogue", "item_id"),
)  # fmt: skip


def untold(column: str, rule: str) -> Check:
    """Return the check that what is published says something: before that, nobody may read it."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables["disclosure"]
        yield from issues(frame, frame["published_date"].notna() & frame[column].isna(), column, "published_date")

    return Check(
        f"disclosure-without-{column}", Severity.ERROR, "disclosure",
        (f"disclosure.{column}", "disclosure.published_date"),
        rule,
        mark("published on {published_date}, but this cell is empty"),
        mark("Fill in what was published, or delete the day."),
        find,
        wrong=f"{{{column}}} –, {{published_date}} 2026-03-09", right=f"{{{column}}} …, {{published_date}} 2026-03-09",
    )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    *CODES, *PAST, *STORY, *ITEMS,
    untold("title", mark("What has been published has a title.")),
    untold("text", mark("What has been published has a text.")),
)  # fmt: skip
