"""From the counts that may be published to facts: tallies of every unit, and lists that can be asked for by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import Listing, iso, text, walk
from builder.model import Level, Scope, Unit
from builder.subjects.partner.protect import PartnerPublished
from builder.subjects.partner.tally import COUNTED, PartnerTally

__all__ = ["ItemRow", "PartnerFacts", "PartnerRow", "UnitPartners", "measure"]


class PartnerRow(NamedTuple):
    """One unit that shares in building. `grid_id` "": it serves an area as a whole."""

    name: str
    kind: str
    contact_post: str
    work_phone: str
    grid_id: str


class ItemRow(NamedTuple):
    """One offer, need or project. `match_title` and `match_partner` of the offer that fits a need.

    `agreed`: they were matched; else the offer is nearby: in the same grid, or in `match_area`.
    """

    item_id: str
    title: str
    category: str
    partner: str
    partner_kind: str
    from_date: str
    to_date: str
    done_date: str
    match_title: str
    match_partner: str
    match_area: str
    agreed: bool
    grid_id: str


class UnitPartners(NamedTuple):
    """Items of one unit of the tree: all, and by category."""

    tally: PartnerTally
    categories: tuple[tuple[str, PartnerTally], ...]


NONE = UnitPartners(PartnerTally(), ())


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """`units[level]`: unit → its items counted. `total`: those of all areas together.

    `partners[level]`: Unit's code → its units, by name; `items[level]`: (code, part) → its items. Of an area, those
    that lie in no area below it: the areas below list theirs.
    """

    units: Mapping[Level, Mapping[str, UnitPartners]]
    total: PartnerTally
    partners: Mapping[Level, Listing[PartnerRow]]
    items: Mapping[Level, Listing[ItemRow]]

    def of(self, unit: Unit) -> UnitPartners:
        """Return the items of a unit, counted; zeros for one that has none."""
        return self.units[unit.level].get(unit.code, NONE)


def measure(published: PartnerPublished, scope: Scope) -> PartnerFacts:
    """Return the facts of what may be published."""
    units: dict[Level, Mapping[str, UnitPartners]] = {
        level: of_level(frame) for level, frame in published.tallies.items()
    }
    return PartnerFacts(
        units=units,
        total=added([units["area"].get(top, NONE).tally for top in scope.tree.tops]),
        partners={
            "grid": partner_list(published.partners, "grid_id"),
            "area": partner_list(published.partners, "area_id"),
            "branch": partner_list(published.branch_partners, "branch_id"),
        },
        items={
            "grid": item_list(published.items, "grid_id"),
            "area": item_list(published.items, "area_id"),
            "branch": item_list(published.branch_items, "branch_id"),
        },
    )


def of_level(frame: pd.DataFrame) -> Mapping[str, UnitPartners]:
    """Return the counts of every unit of one level."""
    found = {}
    for unit, rows in walk(frame, ["category", *COUNTED]):
        categories = tuple(
            (str(name), PartnerTally(**dict(zip(COUNTED, numbers, strict=True)))) for name, *numbers in rows
        )
        found[unit] = UnitPartners(added([item for _, item in categories]), categories)
    return found


def added(tallies: Sequence[PartnerTally]) -> PartnerTally:
    return PartnerTally(**{name: sum(getattr(item, name) for item in tallies) for name in COUNTED})


def partner_list(rows: pd.DataFrame, unit: str) -> Listing[PartnerRow]:
    columns = {name: text(rows, name) for name in PartnerRow._fields}
    return Listing(text(rows, unit), columns, PartnerRow)


def item_list(rows: pd.DataFrame, unit: str) -> Listing[ItemRow]:
    days = ("from_date", "to_date", "done_date")
    columns: dict[str, Sequence[Any]] = {
        **{name: text(rows, name) for name in ItemRow._fields if name not in (*days, "agreed")},
        **{name: iso(rows, name) for name in days},
        "agreed": [value == 1 for value in rows["agreed"]],
    }
    return Listing(list(zip(text(rows, unit), text(rows, "part"), strict=True)), columns, ItemRow)
