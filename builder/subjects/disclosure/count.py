"""Disclosures: what was due by unit and item, what is missing, and what was published.

Who has to disclose is a branch, so branches are counted, and every branch lies in one area: the smallest that has all
the grids which it, or a branch under it, answers for. An area counts the branches in it at any depth, a grid shows the
branch that answers for it. Counted at once: a branch's disclosures may name grids in many streets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from builder.frames import compact
from builder.model import CountedPart, Level, Scope, Status, Tables, Tree
from builder.places import branch_parents, homes
from builder.subjects.disclosure.due import obligations, shown
from builder.subjects.disclosure.tally import COUNTED

__all__ = ["DisclosureCounted", "count"]


@dataclass(frozen=True, slots=True)
class DisclosureCounted(CountedPart):
    """Everything, items that are not for everybody included.

    `tallies[level]`: unit, item_id, COUNTED, next_due_date (the earliest of what is not disclosed yet and due on as_of
    or later; NaT: nothing). `items`: the same of all branches together, without unit. `missing`: one row whatever is
    overdue (see `due.obligations`), with grid_id, which is empty. `rows`: one row a published disclosure, newest
    first, the table's columns and due_date, status, days where it meets an obligation. `members[level]`: branch_id and
    the units that show or count it. `catalogue`: the whole table.
    """

    tallies: Mapping[Level, pd.DataFrame]
    items: pd.DataFrame
    missing: pd.DataFrame
    rows: pd.DataFrame
    members: Mapping[Level, pd.DataFrame]
    catalogue: pd.DataFrame


def count(tables: Tables, scope: Scope) -> DisclosureCounted:
    """Count what was due in the period (and later, as upcoming) by branch, by the grids and by the areas of each."""
    found = obligations(tables, scope.period)
    waiting = found["published_date"].isna() & (found["due_date"] >= pd.Timestamp(scope.as_of))
    found = found.assign(next_due_date=found["due_date"].where(waiting))
    by_branch = summed(found, ["branch_id", "item_id"])
    members = membership(scope.tree, branch_parents(tables))
    missing = found[found["status"] == Status.OVERDUE]
    nowhere = pd.Series(pd.NA, index=missing.index, dtype="str")
    return DisclosureCounted(
        tallies={
            level: compact(summed(by_branch.merge(units, on="branch_id"), ["unit", "item_id"]))
            for level, units in members.items()
        },
        items=summed(by_branch, ["item_id"]),
        missing=missing.assign(grid_id=nowhere).reset_index(drop=True),
        rows=published(tables, found),
        members=members,
        catalogue=tables["catalogue"],
    )


def summed(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up COUNTED by `keys`, and take the earliest next_due_date; sorted by `keys`."""
    how = {**dict.fromkeys(COUNTED, "sum"), "next_due_date": "min"}
    return frame.groupby(keys, sort=True)[[*COUNTED, "next_due_date"]].agg(how).reset_index()


def published(tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """Return the disclosures that have been published, newest first, with what each was due."""
    met = found.dropna(subset="disclosure_id")[["disclosure_id", "due_date", "status", "days"]]
    frame = shown(tables).merge(met, on="disclosure_id", how="left")
    return frame.sort_values(["published_date", "disclosure_id"], ascending=False, ignore_index=True)


def membership(tree: Tree, parents: Mapping[str, str]) -> Mapping[Level, pd.DataFrame]:
    """Return for each level which unit shows or counts which branch: columns branch_id and unit."""
    lying = homes(tree, parents)
    branches = sorted({*parents, *lying})
    found: dict[Level, list[tuple[str, str]]] = {
        "grid": [(branch, grid) for grid, branch in tree.responsible.items()],
        "area": [(branch, area) for branch in branches for area in lying.get(branch, ())],
        "branch": [(branch, branch) for branch in branches],
    }
    return {
        level: pd.DataFrame(rows, columns=["branch_id", "unit"], dtype="str") for level, rows in found.items()
    }
