"""From the counts that may be published to facts: tallies of every unit, and rows that can be asked for by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import Listing, excuses, iso, late, text, walk
from builder.model import Late, Level, Scope, Status, Unit
from builder.subjects.duty.protect import DutyPublished
from builder.subjects.duty.tally import COUNTED, DutyTally

__all__ = ["DutyFacts", "DutyRow", "UnitDuties", "measure"]

STATUS = {status.value: status for status in Status}


class DutyRow(NamedTuple):
    """One duty. `grid_id` "": the branch as a whole. Dates are ISO text; `days` overdue or late, else 0.

    `reason`, `expected_date`: as in `Late`.
    """

    title: str
    category: str
    basis: str
    post: str
    frequency: str
    due_date: str
    done_date: str
    evidence_url: str
    status: Status
    days: int
    grid_id: str
    reason: str | None
    expected_date: str | None


class UnitDuties(NamedTuple):
    """Duties of one unit: all, and by category."""

    tally: DutyTally
    categories: tuple[tuple[str, DutyTally], ...]


NONE = UnitDuties(DutyTally(), ())


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """`units[level]`: unit → its duties. `total`: those of all areas together, `shared`: those of no grid.

    `by_grid` and `by_branch` (its grids' duties included): rows, late first; under ("", branch) `by_grid` holds the
    duties that a branch carries as a whole. `late`: what is overdue, longest first. `has_categories`: each row says its
    category.
    """

    units: Mapping[Level, Mapping[str, UnitDuties]]
    total: DutyTally
    by_grid: Listing[DutyRow]
    by_branch: Listing[DutyRow]
    late: tuple[Late, ...]
    has_categories: bool

    def of(self, unit: Unit) -> UnitDuties:
        """Return the duties of a unit; zeros for one that has none."""
        return self.units[unit.level].get(unit.code, NONE)


def measure(published: DutyPublished, scope: Scope) -> DutyFacts:
    """Return the facts of what may be published."""
    units = {level: tallies(frame) for level, frame in published.tallies.items()}
    rows = published.rows
    columns = row_columns(rows)
    grids, branches = text(rows, "grid_id"), text(rows, "branch_id")
    return DutyFacts(
        units=units,
        total=added([units["area"].get(top, NONE).tally for top in scope.tree.tops]),
        by_grid=Listing([g or ("", b) for g, b in zip(grids, branches, strict=True)], columns, DutyRow),
        by_branch=Listing(branches, columns, DutyRow),
        late=overdue(rows),
        has_categories="category" in rows,
    )


def tallies(frame: pd.DataFrame) -> Mapping[str, UnitDuties]:
    """Return the duties of each unit of a frame sorted by unit."""
    found = {}
    for unit, rows in walk(frame, ["category", *COUNTED]):
        categories = tuple((str(name), tally(numbers)) for name, *numbers in rows)
        found[unit] = UnitDuties(added([item for _, item in categories]), categories)
    return found


def tally(numbers: list[int]) -> DutyTally:
    """Return the tally of `numbers`, which are in the order of COUNTED."""
    return DutyTally(**dict(zip(COUNTED, numbers, strict=True)))


def added(items: list[DutyTally]) -> DutyTally:
    return DutyTally(**{name: sum(getattr(item, name) for item in items) for name in COUNTED})


def row_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of DutyRow by name."""
    words = ("title", "category", "basis", "post", "frequency", "evidence_url", "grid_id")
    return {
        **{name: text(rows, name) for name in words},
        **{name: iso(rows, name) for name in ("due_date", "done_date")},
        **excuses(rows),
        "status": [STATUS[value] for value in rows["status"]],
        "days": rows["days"].tolist(),
    }


def overdue(rows: pd.DataFrame) -> tuple[Late, ...]:
    """Return every overdue duty, longest overdue first."""
    found = rows[rows["status"] == Status.OVERDUE]
    return late(found, "duty", "duty_id", text(found, "title"), "due_date")
