"""Partners on a page: the units, their resources, needs and projects, and the same counted for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.language import mark
from builder.model import Block, Entry, Figure, Json, Link, Unit
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.partner.definitions import MATCHED, PROJECTS
from builder.subjects.partner.measure import ItemRow, PartnerFacts, PartnerRow
from builder.subjects.partner.tally import PARTS, PartnerTally
from builder.subjects.subject import Column

__all__ = [
    "ItemList", "PartnerBlock", "PartnerCategoryRow", "PartnerRecords", "PlacedItem", "PlacedPartner", "block",
    "columns", "document", "figures", "record_count", "records", "totals",
]  # fmt: skip


class PlacedPartner(NamedTuple):
    """A unit, with the link to its grid where that says something new on the page."""

    partner: PartnerRow
    place: Link | None


class PlacedItem(NamedTuple):
    """An item, with the link to its grid where that says something new, and to the area that its match is in."""

    item: ItemRow
    place: Link | None
    match_area: Link | None


class ItemList(NamedTuple):
    """The first `rows` of the `row_count` items of one list; `kind`: one of PARTS. See `PartnerBlock.more`."""

    kind: str
    rows: tuple[PlacedItem, ...]
    row_count: int


class PartnerCategoryRow(NamedTuple):
    """One category of items with its tally."""

    name: str
    tally: PartnerTally


@dataclass(frozen=True, slots=True)
class PartnerBlock(Block):
    """Partners of a unit: the first 20 `partners` of `partner_count`, and of each of the `lists`.

    `more`: path of the full lists, "" where they are all here. On the page of an area that has areas below it, the
    lists are those of no area below it, and `below` says where the others stand. `around`: of a grid, the area that it
    lies in, which has units of its own; None elsewhere.
    """

    template: ClassVar[str] = "partner.html"
    anchor: ClassVar[str] = "partner"

    tally: PartnerTally
    categories: tuple[PartnerCategoryRow, ...]
    partners: tuple[PlacedPartner, ...]
    partner_count: int
    lists: tuple[ItemList, ...]
    more: str
    below: bool
    around: Link | None


@dataclass(frozen=True, slots=True)
class PartnerRecords(Block):
    """Every unit and every item of a grid, a branch or an area; `is_folded`: the lists are closed."""

    template: ClassVar[str] = "partner_records.html"
    anchor: ClassVar[str] = "partner"

    partners: tuple[PlacedPartner, ...]
    lists: tuple[ItemList, ...]
    is_folded: bool = False

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each unit, which has no year, and of each item by the year from which it stands."""
        years = ["" for _ in self.partners] + [item.item.from_date[:4] for found in self.lists for item in found.rows]
        return tuple(Entry(year, self.anchor, "", None) for year in years)

    def of(self, year: str, *, is_folded: bool) -> PartnerRecords:
        """Return the items of a year; the units where there is none."""
        lists = []
        for found in self.lists:
            rows = tuple(item for item in found.rows if item.item.from_date[:4] == year)
            lists += [ItemList(found.kind, rows, len(rows))] if rows else []
        return PartnerRecords(() if year else self.partners, tuple(lists), is_folded)


def block(facts: PartnerFacts, unit: Unit, edition: Edition) -> PartnerBlock | None:
    """Return the partners of a unit; None for a branch that answers for no grid."""
    level, code = unit
    if level == "branch" and code not in edition.places.terms:
        return None
    found = facts.of(unit)
    areas = edition.tree.areas_of.get(code, ()) if level == "grid" else ()
    return PartnerBlock(
        tally=found.tally,
        categories=tuple(PartnerCategoryRow(name, tally) for name, tally in found.categories),
        partners=partners(facts, unit, edition, NEWEST),
        partner_count=facts.partners[level].count(code),
        lists=lists(facts, unit, edition, NEWEST),
        more=edition.records(unit),
        below=level == "area" and bool(edition.tree.children.get(code)),
        around=edition.names.area(areas[-1]) if areas else None,
    )


def partners(facts: PartnerFacts, unit: Unit, edition: Edition, limit: int | None) -> tuple[PlacedPartner, ...]:
    rows = facts.partners[unit.level].rows(unit.code, limit)
    return tuple(PlacedPartner(row, place(row.grid_id, unit, edition)) for row in rows)


def lists(facts: PartnerFacts, unit: Unit, edition: Edition, limit: int | None) -> tuple[ItemList, ...]:
    """Return the lists that have anything on them."""
    listing, keys = facts.items[unit.level], [(unit.code, kind) for kind in PARTS]
    return tuple(
        ItemList(key[1], tuple(placed(row, unit, edition) for row in listing.rows(key, limit)), listing.count(key))
        for key in keys
        if listing.count(key)
    )


def placed(row: ItemRow, unit: Unit, edition: Edition) -> PlacedItem:
    area = edition.names.area(row.match_area) if row.match_area else None
    return PlacedItem(item=row, place=place(row.grid_id, unit, edition), match_area=area)


def place(grid: str, unit: Unit, edition: Edition) -> Link | None:
    return edition.names.grid(grid) if grid and unit.level != "grid" else None


def records(facts: PartnerFacts, unit: Unit, edition: Edition) -> PartnerRecords:
    """Return every unit and every item of a grid or a branch, of an area those that lie in no area below it."""
    return PartnerRecords(partners(facts, unit, edition, None), lists(facts, unit, edition, None))


def record_count(facts: PartnerFacts, unit: Unit) -> int:
    """Return the length of the longest list of a unit."""
    items = facts.items[unit.level]
    return max(facts.partners[unit.level].count(unit.code), *(items.count((unit.code, kind)) for kind in PARTS))


def figures(found: PartnerBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of partners: nothing where nothing is needed, nor on the page of a grid."""
    _ = edition.translate
    figure = Figure(
        edition.title("partner"), MATCHED.anchor, found.tally.matched, unit=_(mark("needs")),
        note=_(mark("with a match")),
    )  # fmt: skip
    return (figure,) if found.tally.need and unit.level != "grid" else ()


def totals(facts: PartnerFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of partners; rates that have no denominator are left out."""
    found = ((MATCHED, facts.total.matched), (PROJECTS, facts.total.projects))
    return tuple(Figure(edition.translate(item.name), item.anchor, ratio) for item, ratio in found if ratio.denominator)


def columns(_facts: PartnerFacts, edition: Edition, _are_grids: bool) -> tuple[Column[PartnerFacts], ...]:
    """Return the column of the table that puts children side by side."""
    return (
        Column(edition.translate(MATCHED.name), MATCHED.anchor, lambda facts, unit: facts.of(unit).tally.matched),
    )


def document(found: PartnerBlock) -> Json:
    """Return the block for data.json."""
    return {
        "partners": found.partner_count,
        **counts(found.tally),
        "categories": [{"name": row.name, **counts(row.tally)} for row in found.categories],
    }


def counts(tally: PartnerTally) -> dict[str, Json]:
    return {
        "offer": tally.offer, "need": tally.need, "agreed": tally.agreed, "possible": tally.possible,
        "project": tally.project, "done": tally.done,
    }  # fmt: skip
