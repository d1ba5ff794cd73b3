"""What may be published of the partners counted: all counts, and of units and items the public columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from builder.frames import cut
from builder.model import Level, Policy, PublishedPart, Shards
from builder.subjects.partner.count import PartnerCounted
from builder.subjects.partner.tally import COUNTED

__all__ = ["ITEM", "PARTNER", "PartnerPublished", "pieces", "protect"]

PARTNER = ("partner_id", "name", "kind", "contact_post", "work_phone")
ITEM = ("item_id", "category", "title", "from_date", "to_date", "done_date")
"""The tables' columns that a row may show; shown only where they are public."""

PLACE = ("grid_id", "area_id", "branch_id")
DERIVED = ("part", "partner", "partner_kind", "match_title", "match_partner", "match_area", "agreed", "possible")
"""What was worked out for each row, from columns that must be public (needs.py)."""


@dataclass(frozen=True, slots=True)
class PartnerPublished(PublishedPart):
    """`tallies[level]`: unit, category and COUNTED. `partners`, `items`: rows, by the area that they lie in.

    `branch_partners`, `branch_items`: the same rows by their branch, which may be at home in another street.
    """

    tallies: Mapping[Level, pd.DataFrame]
    partners: pd.DataFrame
    items: pd.DataFrame
    branch_partners: pd.DataFrame
    branch_items: pd.DataFrame


def protect(counted: PartnerCounted, policy: Policy) -> PartnerPublished:
    """Return what may be published, column by column."""
    units = [name for name in PARTNER if policy.shows("partner", name) and name in counted.partners]
    rows = [name for name in ITEM if policy.shows("partner_item", name) and name in counted.items]
    partners, items = counted.partners[[*units, *PLACE]], counted.items[[*rows, *PLACE, *DERIVED]]
    return PartnerPublished(
        tallies={level: frame[["unit", "category", *COUNTED]] for level, frame in counted.tallies.items()},
        partners=partners,
        items=items,
        branch_partners=partners,
        branch_items=items,
    )


def pieces(published: PartnerPublished, shards: Shards) -> Callable[[int], PartnerPublished]:
    """Return what belongs to a shard, by its number."""
    tallies = {level: cut(frame, shards, level) for level, frame in published.tallies.items()}
    partners = cut(published.partners, shards, "area", "area_id")
    items = cut(published.items, shards, "area", "area_id")
    branch_partners = cut(published.branch_partners, shards, "branch", "branch_id")
    branch_items = cut(published.branch_items, shards, "branch", "branch_id")
    return lambda number: PartnerPublished(
        tallies={level: piece(number) for level, piece in tallies.items()},
        partners=partners(number),
        items=items(number),
        branch_partners=branch_partners(number),
        branch_items=branch_items(number),
    )
