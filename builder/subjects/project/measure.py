"""From the counts that may be published to facts: tallies of every unit, and projects that can be asked for by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import Listing, iso, late, text, walk
from builder.model import Late, Level, Scope, Status, Unit
from builder.subjects.project.protect import ProjectPublished
from builder.subjects.project.stages import STAGES, actual, planned
from builder.subjects.project.tally import COUNTED, MONEY, ProjectTally, added

__all__ = ["ProjectFacts", "ProjectRow", "UnitProjects", "measure"]

STATUS = {status.value: status for status in Status}


class ProjectRow(NamedTuple):
    """One project. `planned` and `actual`: a day of each stage, ISO text, "" for none. Amounts in cents.

    `late_stage`: the first stage whose day has passed and that is not done, "" for none, by `days`.
    """

    project_id: str
    title: str
    category: str
    source: str
    grid_id: str
    planned: tuple[str, ...]
    actual: tuple[str, ...]
    budget: int | None
    contract: int | None
    paid: int | None
    result: str
    photo: str
    delay_reason: str
    expected_date: str
    status: Status
    late_stage: str
    days: int
    branch_id: str = ""


class UnitProjects(NamedTuple):
    """Projects of one unit: all, and by category."""

    tally: ProjectTally
    categories: tuple[tuple[str, ProjectTally], ...]


NONE = UnitProjects(ProjectTally(), ())


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """`units[level]`: unit → its projects. `total`: those of all areas together.

    `by_grid`, `by_branch`: rows, late first; under ("", branch) `by_grid` holds those that lie in no single grid.
    `late_by_area`: only those that have a late stage, as a page of an area names no others. `late`: the same as values.
    """

    units: Mapping[Level, Mapping[str, UnitProjects]]
    total: ProjectTally
    by_grid: Listing[ProjectRow]
    by_branch: Listing[ProjectRow]
    late_by_area: Listing[ProjectRow]
    late: tuple[Late, ...]

    def of(self, unit: Unit) -> UnitProjects:
        """Return the projects of a unit; zeros for one that has none."""
        return self.units[unit.level].get(unit.code, NONE)


def measure(published: ProjectPublished, scope: Scope) -> ProjectFacts:
    """Return the facts of what may be published."""
    units = {level: tallies(frame) for level, frame in published.tallies.items()}
    rows = published.rows
    columns = row_columns(rows)
    grids, branches = text(rows, "grid_id"), text(rows, "branch_id")
    overdue = rows[rows["status"] == Status.OVERDUE].sort_values(["days", "project_id"], ascending=[False, True])
    above = [(row, area) for row, grid in enumerate(text(overdue, "grid_id")) for area in scope.above(grid)]
    placed = overdue.iloc[[row for row, _ in above]]
    return ProjectFacts(
        units=units,
        total=added([units["area"].get(top, NONE).tally for top in scope.tree.tops]),
        by_grid=Listing([g or ("", b) for g, b in zip(grids, branches, strict=True)], columns, ProjectRow),
        by_branch=Listing(branches, columns, ProjectRow),
        late_by_area=Listing([area for _, area in above], row_columns(placed), ProjectRow),
        late=late(overdue, "project", "project_id", text(overdue, "title"), "late_date"),
    )


def tallies(frame: pd.DataFrame) -> Mapping[str, UnitProjects]:
    """Return the projects of each unit of a frame sorted by unit."""
    found = {}
    for unit, rows in walk(frame, ["category", *COUNTED]):
        categories = tuple((str(name), ProjectTally(*map(int, numbers))) for name, *numbers in rows)
        found[unit] = UnitProjects(added([item for _, item in categories]), categories)
    return found


def row_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of ProjectRow by name."""
    words = (
        "project_id", "title", "category", "source", "grid_id", "result", "photo", "delay_reason", "late_stage",
        "branch_id",
    )  # fmt: skip
    return {
        **{name: text(rows, name) for name in words},
        "planned": days(rows, [planned(stage) for stage in STAGES]),
        "actual": days(rows, [actual(stage) for stage in STAGES]),
        **{name: amounts(rows, name) for name in MONEY},
        "expected_date": iso(rows, "expected_date"),
        "status": [STATUS[value] for value in rows["status"]],
        "days": rows["days"].tolist(),
    }


def days(rows: pd.DataFrame, names: list[str]) -> list[tuple[str, ...]]:
    """Return the days of each row, in the order of `names`."""
    return list(zip(*(iso(rows, name) for name in names), strict=True))


def amounts(rows: pd.DataFrame, name: str) -> list[int | None]:
    """Return cents as integers, None for none and where the column is not there."""
    if name not in rows:
        return [None] * len(rows)
    return [None if cell is pd.NA else int(cell) for cell in rows[name].tolist()]
