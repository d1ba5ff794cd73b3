"""From the shifts that may be published to facts: shifts that can be asked for by grid and by branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from builder.frames import Listing, text
from builder.model import Scope
from builder.subjects.roster.protect import RosterPublished

__all__ = ["RosterFacts", "Shift", "measure"]


class Shift(NamedTuple):
    """One shift; `start` and `end` as 2026-03-05 08:00. `status`: open when it is of as_of itself."""

    start: str
    end: str
    post: str
    place: str
    work_phone: str
    note: str
    branch_id: str
    grid_id: str
    status: str


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """Shifts of the week `monday` … `sunday` by grid and by branch, in the order of time within a grid."""

    monday: date
    sunday: date
    by_grid: Listing[Shift]
    by_branch: Listing[Shift]


def measure(published: RosterPublished, scope: Scope) -> RosterFacts:
    """Return the facts of what may be published."""
    rows = published.rows
    words = ("post", "place", "work_phone", "note", "branch_id", "grid_id", "status")
    columns = {
        **{name: text(rows, name) for name in words},
        **{name: moments(rows[name]) for name in ("start", "end")},
    }
    monday = scope.as_of - timedelta(days=scope.as_of.weekday())
    return RosterFacts(
        monday=monday,
        sunday=monday + timedelta(days=6),
        by_grid=Listing(columns["grid_id"], columns, Shift),
        by_branch=Listing(columns["branch_id"], columns, Shift),
    )


def moments(column: pd.Series) -> list[str]:
    """Return times as text; each is written once."""
    codes, values = pd.factorize(column)
    words = pd.DatetimeIndex(values).strftime("%Y-%m-%d %H:%M").tolist()
    return [words[code] for code in codes]
