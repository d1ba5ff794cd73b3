"""What may be published of the projects counted: all counts, and of each row the public columns that pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from builder.frames import EXCUSES, cut, cut_rows, with_areas
from builder.model import Level, Policy, PublishedPart, Shards
from builder.subjects.project.count import ProjectCounted
from builder.subjects.project.stages import STAGES, actual, planned
from builder.subjects.project.tally import COUNTED, MONEY

__all__ = ["DERIVED", "OWN", "ProjectPublished", "pieces", "protect", "regrouped"]

OWN = (
    "project_id", "branch_id", "grid_id", "title", "category", "source", *MONEY, "result", "photo", *EXCUSES,
    *(name(stage) for stage in STAGES for name in (planned, actual)),
)  # fmt: skip
"""The table's columns that a row may show; shown only where they are public."""

DERIVED = ("status", "late_stage", "late_date", "days")
"""What was worked out for each row."""


@dataclass(frozen=True, slots=True)
class ProjectPublished(PublishedPart):
    """`tallies[level]`: unit, category and COUNTED. `rows`: the public ones of OWN, and DERIVED."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def protect(counted: ProjectCounted, policy: Policy) -> ProjectPublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("project", name) and name in counted.rows]
    return ProjectPublished(
        tallies={level: frame[["unit", "category", *COUNTED]] for level, frame in counted.tallies.items()},
        rows=counted.rows[[*shown, *DERIVED]],
    )


def regrouped(published: ProjectPublished, within: Mapping[str, tuple[str, ...]]) -> ProjectPublished:
    """Return the same with the areas of other trees: `within` has grid_id → those it lies in."""
    return replace(published, tallies=with_areas(published.tallies, within, ["category"], COUNTED))


def pieces(published: ProjectPublished, shards: Shards) -> Callable[[int], ProjectPublished]:
    """Return what belongs to a shard, by its number."""
    tallies = {level: cut(frame, shards, level) for level, frame in published.tallies.items()}
    rows = cut_rows(published.rows, shards)
    return lambda number: ProjectPublished(
        tallies={level: piece(number) for level, piece in tallies.items()}, rows=rows(number)
    )
