"""What may be published of the duties counted: all counts, and of each row the public columns that pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from builder.frames import EXCUSES, cut, cut_rows, with_areas
from builder.model import Level, Policy, PublishedPart, Shards
from builder.subjects.duty.count import DutyCounted
from builder.subjects.duty.tally import COUNTED

__all__ = ["DERIVED", "OWN", "DutyPublished", "pieces", "protect", "regrouped"]

OWN = (
    "duty_id", "branch_id", "grid_id", "category", "title", "basis", "post", "frequency", "due_date", "done_date",
    "evidence_url", *EXCUSES,
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public."""

DERIVED = ("status", "days")
"""What was worked out for each row."""


@dataclass(frozen=True, slots=True)
class DutyPublished(PublishedPart):
    """`tallies[level]`: unit, category and COUNTED. `rows`: the public ones of OWN, and DERIVED."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def protect(counted: DutyCounted, policy: Policy) -> DutyPublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("duty", name) and name in counted.rows]
    return DutyPublished(
        tallies={level: frame[["unit", "category", *COUNTED]] for level, frame in counted.tallies.items()},
        rows=counted.rows[[*shown, *DERIVED]],
    )


def regrouped(published: DutyPublished, within: Mapping[str, tuple[str, ...]]) -> DutyPublished:
    """Return the same with the areas of other trees: `within` has grid_id → those it lies in."""
    return replace(published, tallies=with_areas(published.tallies, within, ["category"], COUNTED))


def pieces(published: DutyPublished, shards: Shards) -> Callable[[int], DutyPublished]:
    """Return what belongs to a shard, by its number."""
    tallies = {level: cut(frame, shards, level) for level, frame in published.tallies.items()}
    rows = cut_rows(published.rows, shards)
    return lambda number: DutyPublished(
        tallies={level: piece(number) for level, piece in tallies.items()}, rows=rows(number)
    )
