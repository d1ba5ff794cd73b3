"""What happens in a grid happens while it is open, and is the business of the branch that is responsible for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.frames import looked_up
from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables, ancestry
from builder.places.tree import branch_parents, responsible_on
from builder.rules import Check, as_text

__all__ = ["by_responsible", "while_open"]

MANY = 3
"""Rows of one grid that break a rule in the same way: it is the table of grids or of terms that is wrong."""

BEFORE = mark("{value} is before {day}, the day on which grid {grid_id} was opened")
AFTER = mark("{value} is after {day}, the day on which grid {grid_id} was closed")
OFTEN_BEFORE = mark("{count} rows of grid {grid_id} are from before {day}, the day on which it was opened")
OFTEN_AFTER = mark("{count} rows of grid {grid_id} are from after {day}, the day on which it was closed")
DAY = mark("Correct the date, or the code of the grid.")
GRID = mark("Correct the day in the table of grids; or the codes of the grid, if these rows are of another.")


def while_open(resource: str, column: str) -> Check:
    """Return the check that `column` of `resource` is a day on which the row's grid was open."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource][["grid_id", column]].dropna()
        grids = tables["grid"].drop_duplicates("grid_id").set_index("grid_id")
        places = dict(zip(tables["grid"]["grid_id"], tables["grid"].index, strict=True))
        days = frame[column].dt.floor("D")
        for name, text, often in (("opened_date", BEFORE, OFTEN_BEFORE), ("closed_date", AFTER, OFTEN_AFTER)):
            edge = looked_up(frame["grid_id"], grids[name])
            broken = frame[days < edge] if name == "opened_date" else frame[days > edge]
            for grid, rows in broken.groupby("grid_id", sort=False):
                quote = Quote("grid", name, str(as_text(edge[rows.index[0]])))
                values = {"grid_id": grid, "day": quote, "count": len(rows)}
                is_often = len(rows) >= MANY
                for row, cell in rows[column].iloc[: 1 if is_often else None].items():
                    value = {"value": as_text(cell)}
                    at = (("grid", name, int(places[grid])),) if is_often else ()
                    yield Issue(int(str(row)), column, {**value, **values},
                                often if is_often else text, GRID if is_often else DAY, at)  # fmt: skip

    return Check(
        "grid-not-open", Severity.ERROR, resource,
        (f"{resource}.grid_id", f"{resource}.{column}", "grid.grid_id", "grid.opened_date", "grid.closed_date"),
        mark("What happens in a grid happens while the grid is open."), BEFORE, DAY, find,
        wrong=f"{{{column}}} 2019-03-05; 2020-11-01 –", right=f"{{{column}}} 2026-03-05; 2020-11-01 –",
        effect=mark("It counts for a grid, but for no branch."),
    )  # fmt: skip


def by_responsible(resource: str, column: str) -> Check:
    """Return the check that a row of a branch in a grid is of a branch that has a term there on the day in `column`.

    Or of one above the branch that is responsible.
    """

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource][["branch_id", "grid_id", column]].dropna()
        days = frame[column].dt.floor("D")
        due = responsible_on(tables, frame["grid_id"], days)
        others = frame[due.notna() & (due != frame["branch_id"])].assign(day=days, due=due)
        others = others[~(taking_part(tables, others) | above(tables, others))]
        for (grid, branch), rows in others.groupby(["grid_id", "branch_id"], sort=False):
            is_often = len(rows) >= MANY
            for row, day, responsible in rows[["day", "due"]].iloc[: 1 if is_often else None].itertuples(name=None):
                quote = Quote(resource, "branch_id", responsible, is_formal=True)
                values = {"value": branch, "grid_id": grid, "day": Quote(resource, column, str(as_text(day)))}
                if not is_often:
                    yield Issue(int(row), "branch_id", {**values, "mended": quote})
                    continue
                terms = tables["branch_grid"]
                held = terms.index[(terms["grid_id"] == grid) & (terms["branch_id"] == responsible)]
                at = tuple(("branch_grid", "branch_id", int(place)) for place in held)
                values |= {"other": quote, "count": len(rows)}
                yield Issue(int(row), "branch_id", values, OTHERS, TERM, at)

    return Check(
        "branch-not-responsible", Severity.ERROR, resource,
        (f"{resource}.branch_id", f"{resource}.grid_id", f"{resource}.{column}", "branch.branch_id", "branch.parent_id",
         *(f"branch_grid.{name}" for name in ("branch_id", "grid_id", "role", "from_date", "to_date"))),
        mark("What is to be done in a grid is the business of a branch that has a term there on that day."),
        mark("on {day}, {mended} is responsible for grid {grid_id}, not {value}"),
        mark("Correct the code of the branch or of the grid, or the day."), find,
        groups=(f"{resource}.grid_id", "branch_grid.grid_id"), blames=("branch_id", "grid_id"),
        wrong="{branch_id} B32081200200101, {grid_id} 320812001001001",
        right="{branch_id} B32081200100101, {grid_id} 320812001001001",
        effect=mark("It stands on the page of a branch that has nothing to do with it."),
    )  # fmt: skip


OTHERS = mark("{count} rows of grid {grid_id} are of {value}, but {other} is responsible for the grid")
TERM = mark("Correct the term in the table of branches and grids, or the codes of the branch here.")


def taking_part(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of a branch with a term of any role in the grid on the row's day."""
    terms = tables["branch_grid"][["branch_id", "grid_id", "from_date", "to_date"]]
    pairs = rows.reset_index(names="row").merge(terms, on=["branch_id", "grid_id"])
    during = (pairs["from_date"] <= pairs["day"]) & ~(pairs["to_date"] < pairs["day"])
    return pd.Series(rows.index.isin(pairs.loc[during, "row"]), index=rows.index, dtype=bool)


def above(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of a branch above the responsible one."""
    parents = branch_parents(tables)
    found = [branch in ancestry(parents, due) for branch, due in zip(rows["branch_id"], rows["due"], strict=True)]
    return pd.Series(found, index=rows.index, dtype=bool)
