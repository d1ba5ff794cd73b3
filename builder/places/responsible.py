"""Two nets in one: on any day exactly one branch is responsible for a grid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from builder.frames import looked_up
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, as_text

__all__ = ["CHECKS"]

TERM = tuple(f"branch_grid.{name}" for name in ("grid_id", "branch_id", "role", "from_date", "to_date"))


FAR = pd.Timestamp(9999, 12, 31).as_unit("s")


def terms(tables: Tables, end: pd.Timestamp) -> pd.DataFrame:
    """Return the responsible terms with both codes, by grid and start; an open end is `end`.

    Columns: grid_id, branch_id, from_date, to_date, before (latest end of the terms above, NaT for a grid's first).
    """
    frame = tables["branch_grid"]
    roles = tables.values("branch_grid", "role", "responsible")
    found = frame[frame["role"].isin(roles)].dropna(subset=["grid_id", "from_date"])
    found = found.assign(to_date=found["to_date"].fillna(end))
    found = found.sort_values(["grid_id", "from_date"], kind="stable")
    return found.assign(before=found.groupby("grid_id")["to_date"].cummax().groupby(found["grid_id"]).shift())


UNENDED = mark(
    "from {value} on a second branch is responsible for grid {grid_id}: the one before it has no day on which it ends"
)


def overlapping(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the terms that begin before an earlier one of the same grid has ended."""
    found = terms(tables, FAR)
    broken = found[found["from_date"] <= found["before"]]
    for row, grid, start, before in broken[["grid_id", "from_date", "before"]].itertuples(name=None):
        until = Quote("branch_grid", "to_date", str(as_text(before)))
        values = {"value": as_text(start), "grid_id": grid, "before": until}
        yield Issue(row, "from_date", values, UNENDED if before == FAR else "")


def uncovered(tables: Tables, as_of: date) -> Iterator[Issue]:
    """Yield the grids with a day between opening and closing (or as_of) for which no branch is responsible."""
    free = free_days(terms(tables, pd.Timestamp(as_of)))
    for row, grid, opened, closed in tables["grid"][["grid_id", "opened_date", "closed_date"]].itertuples(name=None):
        if pd.isna(opened) or not isinstance(grid, str):
            continue
        end = min(pd.Timestamp(as_of), closed) if pd.notna(closed) else pd.Timestamp(as_of)
        gaps = ((max(start, opened), min(last, end)) for start, last in free.get(grid, [(opened, end)]))
        gap = next(((start, last) for start, last in gaps if start <= last), None)
        if gap:
            start, last = (Quote("branch_grid", "from_date", str(as_text(day))) for day in gap)
            yield Issue(row, "grid_id", {"value": grid, "start": start, "end": last})


def free_days(found: pd.DataFrame) -> dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]]:
    """Return the first and last day of each stretch without a term, in order; the first and the last are endless."""
    one = timedelta(days=1)
    free: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = {}
    following: dict[str, pd.Timestamp] = {}
    for grid, start, end in found[["grid_id", "from_date", "to_date"]].itertuples(name=None, index=False):
        after = following.get(grid, pd.Timestamp.min)
        free.setdefault(grid, []).append((after, start - one))
        following[grid] = max(after, end + one)
    for grid, after in following.items():
        free[grid].append((after, pd.Timestamp.max))
    return free


BEFORE = mark("the term begins on {value}, before {day}, the day on which grid {grid_id} was opened")
AFTER = mark("the term ends on {value}, after {day}, the day on which grid {grid_id} was closed")
ENDLESS = mark("the term has no end, but grid {grid_id} was closed on {day}")


def outside(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the terms that begin before their grid was opened, or go on after it was closed."""
    frame = tables["branch_grid"]
    grids = tables["grid"].drop_duplicates("grid_id").set_index("grid_id")
    opened, closed = (looked_up(frame["grid_id"], grids[name]) for name in ("opened_date", "closed_date"))
    at = dict(zip(tables["grid"]["grid_id"], tables["grid"].index, strict=True))
    for row in frame.index[frame["from_date"] < opened]:
        grid = (("grid", "opened_date", int(at[frame.at[row, "grid_id"]])),)
        yield Issue(int(row), "from_date", told(frame, row, "from_date", opened), elsewhere=grid)
    for row in frame.index[closed.notna() & ~(frame["to_date"] <= closed)]:
        text = ENDLESS if frame["to_date"].isna()[row] else AFTER
        grid = (("grid", "closed_date", int(at[frame.at[row, "grid_id"]])),)
        yield Issue(int(row), "to_date", told(frame, row, "to_date", closed), text, elsewhere=grid)


def told(frame: pd.DataFrame, row: int, column: str, edge: pd.Series) -> dict[str, object]:
    """Return what is said of a term and the day of its grid."""
    day = Quote("branch_grid", column, str(as_text(edge[row])), is_formal=True)
    return {"value": as_text(frame.at[row, column]), "grid_id": frame.at[row, "grid_id"], "day": day}


CHECKS = (
    Check(
        "responsible-overlap", Severity.ERROR, "branch_grid", TERM,
        mark("On any day at most one branch is responsible for a grid."),
        mark(
            "from {value} on a second branch is responsible for grid {grid_id}: "
            "the one before it lasts until {before}"
        ),
        mark("End the earlier term the day before the later one begins."), overlapping,
        groups=("branch_grid.grid_id",),
        wrong="{from_date} 2024-01-01, {to_date} – | {from_date} 2025-06-01",
        right="{from_date} 2024-01-01, {to_date} 2025-05-31 | {from_date} 2025-06-01",
    ),
    Check(
        "responsible-missing", Severity.ERROR, "grid",
        (*TERM, "grid.grid_id", "grid.opened_date", "grid.closed_date"),
        mark("On every day a grid is open, a branch is responsible for it."),
        mark("from {start} to {end} no branch is responsible for grid {value}"),
        mark("Add the term to the table of branches and grids."), uncovered,
        groups=("grid.grid_id", "branch_grid.grid_id"), blames=(),
        wrong="{branch_grid.to_date} 2025-05-31 | –",
        right="{branch_grid.to_date} 2025-05-31 | {branch_grid.from_date} 2025-06-01",
    ),
    Check(
        "term-outside-grid", Severity.ERROR, "branch_grid",
        ("branch_grid.grid_id", "branch_grid.from_date", "branch_grid.to_date",
         "grid.grid_id", "grid.opened_date", "grid.closed_date"),
        mark("A branch has a grid only while the grid is open."), BEFORE,
        mark("Correct the day, or that of the grid in the table of grids."), outside,
        blames=("from_date", "to_date"),
        wrong="{from_date} 2020-01-01; 2020-11-01 –", right="{from_date} 2020-11-01; 2020-11-01 –",
    ),
)  # fmt: skip
