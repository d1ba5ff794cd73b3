"""What may be published of disclosures: nothing of an item that is not for everybody, neither a row nor a count.

What is not published yet is no disclosure: that something is missing is told by the names in the catalogue, and never
by its title or text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from builder.frames import cut, cut_rows
from builder.model import NEWS, Level, Policy, PublishedPart, Shards, Tables
from builder.subjects.disclosure.count import DisclosureCounted
from builder.subjects.disclosure.needs import STEPS
from builder.subjects.disclosure.tally import COUNTED

__all__ = ["CATALOGUE", "OWN", "RECENT", "DisclosurePublished", "mask", "pieces", "protect"]

OWN = (
    "disclosure_id", "item_id", "branch_id", "grid_id", "title", "text", "attachment", *STEPS, "period_start_date",
    "period_end_date",
)  # fmt: skip
"""The table's columns that a page may show; shown only where they are public."""

DRAFT = ("title", "text", "attachment")
"""What nobody may read before it is published."""

CATALOGUE = (
    "item_id", "first_level", "second_level", "content", "basis", "time_limit", "publisher", "channel", "audience",
    "method", "level", "time_type", "frequency",
)  # fmt: skip
"""The columns of the catalogue that its page shows."""

MISSING = (
    "branch_id", "item_id", "grid_id", "period_start_date", "period_end_date", "formed_date", "due_date", "status",
    "days",
)  # fmt: skip
DERIVED = ("due_date", "status", "days")
SUMS = (*COUNTED, "next_due_date")

RECENT = NEWS
"""Disclosures that a unit names as its newest: on its page, and in its feed."""


@dataclass(frozen=True, slots=True)
class DisclosurePublished(PublishedPart):
    """`tallies`, `items`, `missing`: as counted. `rows`: the public ones of OWN, and DERIVED, newest first.

    `recent[level]`: unit and the newest RECENT of its rows (disclosure_id, branch_id, title, published_date), newest
    first. `catalogue`: the public ones of CATALOGUE, of every item; `open`: the items that are for everybody.
    `index`: disclosure_id, branch_id and title of every row of the whole package, to be looked up by.
    """

    tallies: Mapping[Level, pd.DataFrame]
    items: pd.DataFrame
    missing: pd.DataFrame
    rows: pd.DataFrame
    recent: Mapping[Level, pd.DataFrame]
    catalogue: pd.DataFrame
    open: frozenset[str]
    index: pd.DataFrame


def protect(counted: DisclosureCounted, policy: Policy) -> DisclosurePublished:
    """Return what may be published, column by column."""
    everybody = policy.levels["disclosure"].itemised

    def kept(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["item_id"].isin(everybody)].reset_index(drop=True)

    columns = [name for name in OWN if policy.shows("disclosure", name) and name in counted.rows]
    rows = kept(counted.rows)[[*columns, *DERIVED]]
    return DisclosurePublished(
        tallies={level: kept(frame)[["unit", "item_id", *SUMS]] for level, frame in counted.tallies.items()},
        items=kept(counted.items)[["item_id", *SUMS]],
        missing=kept(counted.missing)[list(MISSING)],
        rows=rows,
        recent={level: newest(rows, level, units) for level, units in counted.members.items()},
        catalogue=counted.catalogue[
            [name for name in CATALOGUE if policy.shows("catalogue", name) and name in counted.catalogue]
        ],
        open=everybody,
        index=rows[["disclosure_id", "branch_id", "title"]],
    )


def newest(rows: pd.DataFrame, level: Level, units: pd.DataFrame) -> pd.DataFrame:
    """Return the newest rows of each unit of a level, sorted by unit. What is about one grid is shown at that grid."""
    rows = rows[["disclosure_id", "branch_id", "grid_id", "title", "published_date"]]
    placed = rows.iloc[:0] if level != "grid" else rows[rows["grid_id"].notna()]
    spread = rows.drop(placed.index).merge(units[["branch_id", "unit"]], on="branch_id")
    found = pd.concat([spread, placed.assign(unit=placed["grid_id"])]).drop(columns="grid_id")
    order = ["unit", "published_date", "disclosure_id"]
    found = found.sort_values(order, ascending=[True, False, False], ignore_index=True)
    return found.groupby("unit", sort=False).head(RECENT).reset_index(drop=True)


def mask(resource: str, frame: pd.DataFrame, _policy: Policy, _tables: Tables) -> pd.DataFrame:
    """Return the rows with title, text and attachment empty where nothing is published yet."""
    if resource != "disclosure":
        return frame
    draft = frame["published_date"].isna()
    return frame.assign(**{name: frame[name].mask(draft, pd.NA) for name in DRAFT if name in frame})


def pieces(published: DisclosurePublished, shards: Shards) -> Callable[[int], DisclosurePublished]:
    """Return what belongs to a shard, by its number; the index belongs to the rest."""
    tallies = {level: cut(frame, shards, level) for level, frame in published.tallies.items()}
    recent = {level: cut(frame, shards, level) for level, frame in published.recent.items()}
    missing, rows = cut_rows(published.missing, shards), cut(published.rows, shards, "branch", "branch_id")

    def piece(number: int) -> DisclosurePublished:
        is_rest = number == shards.rest.number
        return DisclosurePublished(
            tallies={level: found(number) for level, found in tallies.items()},
            items=published.items,
            missing=missing(number),
            rows=rows(number),
            recent={level: found(number) for level, found in recent.items()},
            catalogue=published.catalogue,
            open=published.open,
            index=published.index if is_rest else published.index.iloc[:0],
        )

    return piece
