"""From the counts that may be published to facts: tallies of every unit by item, and disclosures to be asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import Listing, iso, late, present, records, text, walk
from builder.model import Late, Level, Scope, Status, Unit, named
from builder.subjects.disclosure.needs import STEPS
from builder.subjects.disclosure.protect import DisclosurePublished
from builder.subjects.disclosure.tally import COUNTED, DisclosureTally, added

__all__ = [
    "CatalogueItem", "DisclosureFacts", "DisclosureRow", "ItemTally", "MissingRow", "RecentRow", "UnitDisclosures",
    "measure",
]  # fmt: skip


class CatalogueItem(NamedTuple):
    """One item of the catalogue, in its own words; "" for a column that is empty or not there."""

    item_id: str
    first_level: str
    second_level: str
    content: str
    basis: str
    time_limit: str
    publisher: str
    channel: str
    audience: str
    method: str
    level: str
    time_type: str
    frequency: str


class DisclosureRow(NamedTuple):
    """One published disclosure. Dates are ISO text; `due_date` "" and `status` None where it met no obligation.

    `attachment`: names of files; `days` late, else 0; `grid_id` "": about the branch's grids together.
    """

    disclosure_id: str
    item_id: str
    branch_id: str
    grid_id: str
    title: str
    text: str
    attachment: tuple[str, ...]
    formed_date: str
    proposed_date: str
    reviewed_date: str
    approved_date: str
    published_date: str
    period_start_date: str
    period_end_date: str
    due_date: str
    status: Status | None
    days: int


class MissingRow(NamedTuple):
    """Something that should have been disclosed: `since` the period's days, or the day it was formed, or ""."""

    item_id: str
    branch_id: str
    since: str
    due_date: str
    days: int


class RecentRow(NamedTuple):
    """One of the newest disclosures of a unit."""

    disclosure_id: str
    branch_id: str
    title: str
    published_date: str


class ItemTally(NamedTuple):
    """One item of a unit; `next_due_date` "" when nothing is waited for."""

    item_id: str
    tally: DisclosureTally
    next_due_date: str


class UnitDisclosures(NamedTuple):
    """What one unit had to disclose: all, and item by item."""

    tally: DisclosureTally
    items: tuple[ItemTally, ...]


NONE = UnitDisclosures(DisclosureTally(), ())


@dataclass(frozen=True, slots=True)
class DisclosureFacts:
    """`units[level]`: unit → what it had to disclose; `whole`: all branches together.

    `rows`: published disclosures by branch, newest first; `by_id`: the same by code. `missing`: by branch, the longest
    first; `missing_of`: the same by item. `recent[level]`: the newest of each unit. `catalogue`: every item; `open`:
    those for everybody. `index`: (disclosure_id, branch_id, title) of every disclosure that is to be found by name.
    """

    units: Mapping[Level, Mapping[str, UnitDisclosures]]
    whole: UnitDisclosures
    rows: Listing[DisclosureRow]
    by_id: Listing[DisclosureRow]
    missing: Listing[MissingRow]
    missing_of: Listing[MissingRow]
    recent: Mapping[Level, Listing[RecentRow]]
    catalogue: Mapping[str, CatalogueItem]
    open: frozenset[str]
    late: tuple[Late, ...]
    index: Sequence[tuple[str, str, str]]

    def of(self, unit: Unit) -> UnitDisclosures:
        """Return what a unit had to disclose; zeros for one that had nothing."""
        return self.units[unit.level].get(unit.code, NONE)

    def name(self, item: str) -> str:
        """Return what an item is called."""
        return self.catalogue[item].second_level


def measure(published: DisclosurePublished, _scope: Scope) -> DisclosureFacts:
    """Return the facts of what may be published."""
    items = {row["item_id"]: item(row) for row in records(published.catalogue)}
    rows, missing, index = published.rows, published.missing.sort_values("due_date", kind="stable"), published.index
    columns = row_columns(rows)
    whole = tuple(item_tally(numbers) for numbers in zip(*columns_of(published.items), strict=True))
    return DisclosureFacts(
        units={level: tallies(frame) for level, frame in published.tallies.items()},
        whole=UnitDisclosures(added(each.tally for each in whole), whole),
        rows=Listing(text(rows, "branch_id"), columns, DisclosureRow),
        by_id=Listing(columns["disclosure_id"], columns, DisclosureRow),
        missing=Listing(text(missing, "branch_id"), missing_columns(missing), MissingRow),
        missing_of=Listing(text(missing, "item_id"), missing_columns(missing), MissingRow),
        recent={level: recent(frame) for level, frame in published.recent.items()},
        catalogue=items,
        open=published.open,
        late=late(missing, "disclosure", "item_id", titles(missing, items), "due_date"),
        index=tuple(zip(*(text(index, name) for name in ("disclosure_id", "branch_id", "title")), strict=True)),
    )


def item(row: Mapping[str, Any]) -> CatalogueItem:
    return CatalogueItem(**{name: present(row, name) for name in CatalogueItem._fields})


def tallies(frame: pd.DataFrame) -> Mapping[str, UnitDisclosures]:
    """Return what each unit had to disclose; `frame` is sorted by unit."""
    frame = frame.assign(next_due_date=iso(frame, "next_due_date"))
    found = {}
    for unit, numbers in walk(frame, ["item_id", *COUNTED, "next_due_date"]):
        items = tuple(map(item_tally, numbers))
        found[unit] = UnitDisclosures(added(each.tally for each in items), items)
    return found


def columns_of(frame: pd.DataFrame) -> list[list[Any]]:
    return [text(frame, "item_id"), *(frame[name].tolist() for name in COUNTED), iso(frame, "next_due_date")]


def item_tally(numbers: Sequence[Any]) -> ItemTally:
    """Return the tally of an item: its code, COUNTED, and the next day."""
    code, *counts, following = numbers
    return ItemTally(str(code), DisclosureTally(**dict(zip(COUNTED, counts, strict=True))), following)


def row_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of DisclosureRow by name."""
    words = ("disclosure_id", "item_id", "branch_id", "grid_id", "title", "text")
    days = (*STEPS, "period_start_date", "period_end_date", "due_date")
    statuses = {status.value: status for status in Status}
    return {
        **{name: text(rows, name) for name in words},
        **{name: iso(rows, name) for name in days},
        "attachment": [named(cell) for cell in text(rows, "attachment")],
        "status": [statuses.get(value) for value in text(rows, "status")],
        "days": rows["days"].fillna(0).astype("int64").tolist(),
    }


def missing_columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of MissingRow by name."""
    return {
        "item_id": text(frame, "item_id"),
        "branch_id": text(frame, "branch_id"),
        "since": since(frame),
        "due_date": iso(frame, "due_date"),
        "days": frame["days"].tolist(),
    }


def since(frame: pd.DataFrame) -> list[str]:
    """Return what each missing disclosure is about: the first and the last day of a period, or the day of forming."""
    columns = (iso(frame, name) for name in ("period_start_date", "period_end_date", "formed_date"))
    return [f"{start} – {end}" if end else formed for start, end, formed in zip(*columns, strict=True)]


def titles(frame: pd.DataFrame, items: Mapping[str, CatalogueItem]) -> list[str]:
    """Return what each missing disclosure is called, by the catalogue alone."""
    names = (items[code].second_level for code in text(frame, "item_id"))
    return [f"{name} {when}".strip() for name, when in zip(names, since(frame), strict=True)]


def recent(frame: pd.DataFrame) -> Listing[RecentRow]:
    columns: dict[str, list[Any]] = {name: text(frame, name) for name in ("disclosure_id", "branch_id", "title")}
    return Listing(text(frame, "unit"), {**columns, "published_date": iso(frame, "published_date")}, RecentRow)
