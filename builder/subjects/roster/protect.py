"""What may be published of the roster: of each shift the public columns that pages show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from builder.frames import cut_rows
from builder.model import Policy, PublishedPart, Shards
from builder.subjects.roster.count import RosterCounted

__all__ = ["OWN", "RosterPublished", "pieces", "protect"]

OWN = ("branch_id", "grid_id", "start", "end", "post", "place", "work_phone", "note")
"""The table's columns that a shift may show; shown only where they are public."""


@dataclass(frozen=True, slots=True)
class RosterPublished(PublishedPart):
    """`rows`: the public ones of OWN, and status."""

    rows: pd.DataFrame


def protect(counted: RosterCounted, policy: Policy) -> RosterPublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("roster", name) and name in counted.rows]
    return RosterPublished(rows=counted.rows[[*shown, "status"]])


def pieces(published: RosterPublished, shards: Shards) -> Callable[[int], RosterPublished]:
    """Return what belongs to a shard, by its number."""
    rows = cut_rows(published.rows, shards)
    return lambda number: RosterPublished(rows=rows(number))
