"""Disclosures on a page: what was due and what is missing, item by item; what was published of late; for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.language import mark
from builder.model import Block, Json, Late, Link, Recent, Search, Unit
from builder.subjects.disclosure.definitions import TIMELINESS
from builder.subjects.disclosure.measure import DisclosureFacts, ItemTally
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.edition import Edition
from builder.subjects.shown import Shown, late_first
from builder.subjects.subject import Column

__all__ = [
    "DisclosureBlock", "ItemRow", "MissingItem", "always", "block", "columns", "document", "entries",
    "item_path", "listed", "overdue", "recent",
]  # fmt: skip

BY_BRANCH = "overdue/by-branch/"
"""The page of what branches carry as a whole: all that is missing is, and no list of an area has it."""


class ItemRow(NamedTuple):
    """One item with its tally; `next_due_date` "" when nothing is waited for."""

    item: Link
    tally: DisclosureTally
    next_due_date: str


class MissingItem(NamedTuple):
    """Something that should have been disclosed; `since`: its period, the day it was formed, or ""."""

    item: Link
    since: str
    due_date: str
    days: int


@dataclass(frozen=True, slots=True)
class DisclosureBlock(Block):
    """What a unit had to disclose. `branch`: whose it is on the page of a grid, None elsewhere.

    `missing`: what is missing, the longest first, on pages of a grid or a branch; `is_one`: whether this is such a
    page. `more`: the path of every disclosure of the branch, "" where there is none. `overdue_path`: of an area, the
    page that lists what is missing, with all that branches carry as a whole; "" elsewhere.
    """

    template: ClassVar[str] = "disclosure.html"
    anchor: ClassVar[str] = "disclosure"

    branch: Link | None
    tally: DisclosureTally
    items: tuple[ItemRow, ...]
    missing: Shown[MissingItem]
    is_one: bool
    more: str
    overdue_path: str

    @property
    def late(self) -> tuple[ItemRow, ...]:
        """The items of which something was disclosed late."""
        return tuple(row for row in self.items if row.tally.late)

    @property
    def on_time(self) -> tuple[ItemRow, ...]:
        """The items of which something was disclosed on time."""
        return tuple(row for row in self.items if row.tally.on_time)

    @property
    def upcoming(self) -> tuple[ItemRow, ...]:
        """The items of which something is due later, the next first."""
        return tuple(sorted((row for row in self.items if row.tally.upcoming), key=lambda row: row.next_due_date))


def item_path(item: str) -> str:
    """Return where an item stands in the catalogue."""
    return f"catalogue/#{item}"


def link(facts: DisclosureFacts, item: str) -> Link:
    return Link(facts.name(item), item_path(item))


def block(facts: DisclosureFacts, unit: Unit, edition: Edition) -> DisclosureBlock | None:
    """Return what a unit had to disclose; None for one that had nothing and disclosed nothing."""
    level, code = unit
    found, newest = facts.of(unit), facts.recent[level].rows(code)
    branch = {"grid": edition.tree.responsible.get(code, ""), "branch": code}.get(level, "")
    if not found.items and not newest:
        return None
    return DisclosureBlock(
        branch=edition.names.branch(branch) if level == "grid" and branch else None,
        tally=found.tally,
        items=tuple(item_row(facts, item) for item in found.items),
        missing=late_first(
            (
                MissingItem(link(facts, row.item_id), row.since, row.due_date, row.days)
                for row in facts.missing.rows(branch)
            ),
            lambda row: row.days,
        ),
        is_one=level != "area",
        overdue_path=BY_BRANCH if level == "area" and not edition.tree.kind else "",
        more=f"branch/{branch}/disclosures/" if any(row.branch_id == branch for row in newest) else "",
    )


def item_row(facts: DisclosureFacts, item: ItemTally) -> ItemRow:
    return ItemRow(link(facts, item.item_id), item.tally, item.next_due_date)


def recent(facts: DisclosureFacts, unit: Unit, edition: Edition) -> tuple[Recent, ...]:
    """Return the newest disclosures of a unit."""
    what = edition.title("disclosure")
    return tuple(
        Recent(
            date=row.published_date,
            what=what,
            page=Link(row.title, f"disclosure/{row.disclosure_id}/"),
            by=edition.names.branch(row.branch_id),
        )
        for row in facts.recent[unit.level].rows(unit.code)
    )


def entries(facts: DisclosureFacts, edition: Edition) -> Iterator[tuple[str, Search]]:
    """Yield path and entry of every disclosure."""
    for code, branch, title in facts.index:
        by = edition.names.branch(branch).label
        yield f"disclosure/{code}/", Search(title, by, title)


def always(_facts: DisclosureFacts) -> bool:
    """Return that a disclosure can be overdue: every item has a limit."""
    return True


def overdue(facts: DisclosureFacts, unit: Unit) -> int:
    """Return how much of a unit is missing: it is the branch that has to disclose, and no grid."""
    return facts.of(unit).tally.overdue if unit.level == "branch" else 0


def listed(facts: DisclosureFacts) -> tuple[Late, ...]:
    """Return everything that is missing."""
    return facts.late


def columns(_facts: DisclosureFacts, edition: Edition, are_grids: bool) -> tuple[Column[DisclosureFacts], ...]:
    """Return the columns of the table that puts areas side by side; grids share their branches, so they have none."""
    _ = edition.translate
    if are_grids:
        return ()
    return (
        Column(
            _(TIMELINESS.name), TIMELINESS.anchor, lambda facts, unit: facts.of(unit).tally.timeliness,
            _(mark("least disclosed on time first")),
        ),
    )  # fmt: skip


def document(found: DisclosureBlock) -> Json:
    """Return the block for data.json."""
    return {
        "branch_id": found.branch.path.split("/")[1] if found.branch else None,
        **counts(found.tally),
        "items": [
            {
                "item_id": row.item.path.partition("#")[2], "name": row.item.label, **counts(row.tally),
                "next_due_date": row.next_due_date or None,
            }
            for row in found.items
        ],
    }  # fmt: skip


def counts(tally: DisclosureTally) -> dict[str, Json]:
    return {
        "due": tally.due, "on_time": tally.on_time, "late": tally.late, "overdue": tally.overdue,
        "upcoming": tally.upcoming,
    }  # fmt: skip
