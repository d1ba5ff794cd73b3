"""Partner units have a place, and what stands on their lists is in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Severity, Tables
from builder.places import in_main_tree
from builder.rules import Check, copies, issues, named_apart, not_after, order

__all__ = ["CHECKS"]


def nowhere(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the units with neither a grid nor an area."""
    frame = tables["partner"]
    yield from issues(frame, frame["grid_id"].isna() & frame["area_id"].isna(), "area_id")


def elsewhere(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the units whose grid does not lie in their area."""
    frame, grid = tables["partner"], tables["grid"].drop_duplicates("grid_id").set_index("grid_id")["area_id"]
    parent = dict(zip(tables["area"]["area_id"], tables["area"]["parent_id"], strict=True))
    both = frame[["grid_id", "area_id"]].dropna()
    both = both[both["grid_id"].isin(grid.index)]
    pairs = zip(both["grid_id"].map(grid), both["area_id"], strict=True)
    outside = [not lies_in(start, area, parent) for start, area in pairs]
    yield from issues(both, pd.Series(outside, index=both.index, dtype=bool), "area_id", "grid_id")


def lies_in(start: object, area: str, parent: dict[str, object]) -> bool:
    seen: set[object] = set()
    while isinstance(start, str) and start not in seen:
        if start == area:
            return True
        seen.add(start)
        start = parent.get(start)
    return False


def matched_to_itself(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items that are matched to themselves, or to another item of the same unit."""
    frame = tables["partner_item"]
    owner = frame.drop_duplicates("item_id").set_index("item_id")["partner_id"]
    yield from issues(frame, frame["matched_item_id"].map(owner) == frame["partner_id"], "matched_item_id")


def matched_wrongly(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items with a match that are no needs, or whose match is known and no offer."""
    frame = tables["partner_item"]
    kind = frame.drop_duplicates("item_id").set_index("item_id")["list_kind"]
    offers, needs = (tables.values("partner_item", "list_kind", role) for role in ("offer", "need"))
    to = frame["matched_item_id"].map(kind)
    broken = ~frame["list_kind"].isin(needs) | (to.notna() & ~to.isin(offers))
    yield from issues(frame, frame["matched_item_id"].notna() & broken, "matched_item_id")


def done_without_date(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items whose status says that they are done, without a day."""
    frame = tables["partner_item"]
    done = frame["status"].isin(tables.values("partner_item", "status", "done"))
    yield from issues(frame, done & frame["done_date"].isna(), "status")


def dated_but_open(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the items with a day on which they were done whose status does not say so."""
    frame, done = tables["partner_item"], tables.values("partner_item", "status", "done")
    still = frame["status"].notna() & ~frame["status"].isin(done)
    yield from issues(frame, still & frame["done_date"].notna() & bool(done), "status", "done_date")


CHECKS: tuple[Check, ...] = (
    Check(
        "partner-nowhere", Severity.ERROR, "partner", ("partner.grid_id", "partner.area_id"),
        mark("A partner unit has a grid or an area."),
        mark("there is neither a grid nor an area"), mark("Fill in where the unit is."), nowhere,
        wrong="{grid_id} –, {area_id} –", right="{grid_id} 320812001001001",
    ),
    Check(
        "partner-elsewhere", Severity.ERROR, "partner",
        ("partner.grid_id", "partner.area_id", "grid.grid_id", "grid.area_id", "area.area_id", "area.parent_id"),
        mark("The grid of a partner unit lies in its area."),
        mark("grid {grid_id} does not lie in area “{value}”"), mark("Correct whichever of the two codes is wrong."),
        elsewhere,
        wrong="{grid_id} 320812002001001, {area_id} 320812001",
        right="{grid_id} 320812001001001, {area_id} 320812001",
    ),
    in_main_tree("partner"),
    order(
        "partner_item", "from_date", "to_date", "item-ends-before-start",
        mark("What stands on a partner’s list ends on or after the day it begins."),
    ),
    order(
        "partner_item", "from_date", "done_date", "item-done-before-start",
        mark("What stands on a partner’s list is done on or after the day it begins."),
    ),
    not_after(
        "partner_item", "done_date", "item-done-after-as-of",
        mark("Nothing on a partner’s list is done after the day the data describes."),
    ),
    Check(
        "need-matched-to-itself", Severity.ERROR, "partner_item",
        ("partner_item.item_id", "partner_item.partner_id", "partner_item.matched_item_id"),
        mark("A need is matched to an offer of another unit."),
        mark("“{value}” is on the list of the same unit"), mark("Correct the code of the match, or delete it."),
        matched_to_itself,
        wrong="{partner_id} P001 → P001", right="{partner_id} P001 → P002",
    ),
    Check(
        "match-of-need-and-offer", Severity.ERROR, "partner_item",
        ("partner_item.item_id", "partner_item.list_kind", "partner_item.matched_item_id"),
        mark("Only a need is matched, and only to an offer."),
        mark("“{value}” is no offer, or this is no need"), mark("Correct the code of the match, or delete it."),
        matched_wrongly,
        wrong="{list_kind:offer} → {list_kind:offer}", right="{list_kind:need} → {list_kind:offer}",
    ),
    Check(
        "item-done-without-date", Severity.ERROR, "partner_item", ("partner_item.status", "partner_item.done_date"),
        mark("What is done on a partner’s list has its day."),
        mark("the status is “{value}”, but there is no day on which it was done"),
        mark("Fill in the day, or correct the status."), done_without_date,
        wrong="{status} {status:done}, {done_date} –", right="{status} {status:done}, {done_date} 2026-03-09",
    ),
    Check(
        "item-done-but-open", Severity.ERROR, "partner_item", ("partner_item.status", "partner_item.done_date"),
        mark("What has a day on which it was done is done."),
        mark("it was done on {done_date}, but the status is “{value}”"),
        mark("Correct the status, or delete the day."), dated_but_open,
        wrong="{status} 进行中, {done_date} 2026-03-05", right="{status} 已完成, {done_date} 2026-03-05",
    ),
    copies("partner_item", "item_id", "partner_id", "title", "from_date"),
    named_apart("partner"),
)  # fmt: skip
