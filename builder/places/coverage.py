"""How whole the two nets are: who lacks whom on the day the data describes, counted up the tree and by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from builder.frames import count, records
from builder.language import mark
from builder.model import Definition, PublishedTables, Ratio, Schema, Tree

__all__ = [
    "DEFINITIONS", "GRID", "MEMBERS", "REPORTED", "RESPONSIBLE", "TERM", "WITH_GRID", "Coverage", "Tally", "coverage",
]  # fmt: skip

FEWEST = 3
"""Members: with fewer, there is no branch."""

COUNTS = {"covered": mark("as it should be"), "lacking": mark("not as it should be")}


def defined(
    anchor: str, name: str, meaning: str, exclusions: str, source: str, needs: tuple[str, ...] = ()
) -> Definition:
    """Return the definition of a share of those that are as they should be."""
    return Definition(
        anchor=anchor, name=name, meaning=meaning, numerator=("covered",), denominator=("covered", "lacking"),
        counts=COUNTS, exclusions=exclusions, source=source, needs=needs,
    )  # fmt: skip


CLOSED = mark("grids that were closed before that day, or opened after it")
GRID = defined(
    "coverage-grid", mark("Areas with places in them"),
    mark("Of the areas that have no areas below them, how many have at least one place in them."), CLOSED,
    mark("tables area and grid"),
)  # fmt: skip
RESPONSIBLE = defined(
    "coverage-responsible", mark("Grids with one responsible branch"),
    mark("Of the grids, how many have exactly one responsible branch on the day the data describes."), CLOSED,
    mark("table branch_grid: role, from_date, to_date"),
    needs=("branch_grid",),
)  # fmt: skip
WITH_GRID = defined(
    "coverage-branch", mark("Branches with a grid"),
    mark("Of the branches of the kinds that should answer for a grid, how many answer for one that day."),
    mark("branches of other kinds: the schema names the kinds as the role answers of branch.kind"),
    mark("table branch: kind; table branch_grid"),
    needs=("branch",),
)  # fmt: skip
MEMBERS = defined(
    "coverage-members", mark("Branches with at least three members"),
    mark("Of the branches of these kinds, how many have three members or more."),
    mark("branches whose number of members is not known"), mark("table branch: member_count"),
    needs=("branch",),
)  # fmt: skip
TERM = defined(
    "coverage-term", mark("Branches within their term"),
    mark("Of the branches, how many have a committee whose term has not ended."),
    mark("branches whose term is not known"), mark("table branch: term_end_date"),
    needs=("branch",),
)  # fmt: skip
REPORTED = defined(
    "coverage-reported", mark("Streets that have reported"),
    mark("Of the areas just below the topmost, how many have a published row of the table in the period: by the first "
         "date of the table that is published."),
    mark("tables without a grid or without a date; rows that may not be listed"), mark("all tables with grid_id"),
)  # fmt: skip
DEFINITIONS = (GRID, RESPONSIBLE, WITH_GRID, MEMBERS, TERM, REPORTED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are as they should be, and how many are not. Counts add up."""

    covered: int = 0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One question: the definition, the tally of each area at any depth ({} for branches), and of all; by code who is
    not as it should be, with a number that says how (responsible branches, members; None: nothing to say).
    """

    definition: Definition
    total: Tally
    by_area: Mapping[str, Tally]
    lacking: Mapping[str, int | None]

    @property
    def ratio(self) -> Ratio:
        """The share of those that are as they should be."""
        return self.definition.of(self.total)


def coverage(
    tree: Tree, held: Mapping[str, tuple[str, ...]] | None, tables: PublishedTables, as_of: date
) -> tuple[Coverage, ...]:
    """Return the answers to every question that the package has the columns for.

    `held`: grid_id → the branches that are responsible at as_of; None in a package without branch_grid.
    """
    grids = open_grids(tree, tables, as_of)
    leaves = [area for area in tree.parent if not tree.children.get(area)]
    with_grid = {tree.areas_of[grid][-1] for grid in grids if tree.areas_of[grid]}
    ways = {area: tree.path(area) for area in leaves}
    found = [counted(GRID, {area: (area in with_grid, None) for area in leaves}, ways)]
    if held is not None:
        holders = {grid: len(held.get(grid, ())) for grid in grids}
        found.append(
            counted(RESPONSIBLE, {grid: (number == 1, number) for grid, number in holders.items()}, tree.areas_of)
        )
    return (*found, *of_branches(held, tables, as_of))


def open_grids(tree: Tree, tables: PublishedTables, as_of: date) -> list[str]:
    """Return the grids that were open at `as_of`, as far as the published table says."""
    day, frame = pd.Timestamp(as_of), tables["grid"]
    away = pd.Series(False, index=frame.index)
    if "closed_date" in frame:
        away |= frame["closed_date"] < day
    if "opened_date" in frame:
        away |= frame["opened_date"] > day
    gone = set(frame.loc[away, "grid_id"])
    return [grid for grid in tree.areas_of if grid not in gone]


def of_branches(
    held: Mapping[str, tuple[str, ...]] | None, tables: PublishedTables, as_of: date
) -> Iterable[Coverage]:
    """Yield the questions about branches."""
    if "branch" not in tables:
        return
    rows, frame = records(tables["branch"]), tables["branch"]
    kinds = answering(tables.resources["branch"].schema)
    mine = [row for row in rows if row.get("kind") in kinds]
    if held is not None and mine:
        busy = {branch for branches in held.values() for branch in branches}
        yield counted(WITH_GRID, {row["branch_id"]: (row["branch_id"] in busy, None) for row in mine}, {})
    if "member_count" in frame and mine:
        sizes = {row["branch_id"]: count(row, "member_count") for row in mine}
        known = {code: size for code, size in sizes.items() if size is not None}
        yield counted(MEMBERS, {code: (size >= FEWEST, size) for code, size in known.items()}, {})
    if "term_end_date" in frame:
        ends = {row["branch_id"]: row["term_end_date"] for row in rows if pd.notna(row["term_end_date"])}
        yield counted(TERM, {code: (end >= pd.Timestamp(as_of), None) for code, end in ends.items()}, {})


def answering(schema: Schema) -> frozenset[str]:
    """Return the kinds of branches that should answer for a grid."""
    return schema.values("kind", "answers")


def counted(
    definition: Definition, found: Mapping[str, tuple[bool, int | None]], ways: Mapping[str, tuple[str, ...]]
) -> Coverage:
    """Return the answer: `found` has code → whether it is as it should be, and a number; `ways` code → its areas."""
    good: dict[str, int] = {}
    bad: dict[str, int] = {}
    for code, (is_fine, _) in found.items():
        for area in ways.get(code, ()):
            counts = good if is_fine else bad
            counts[area] = counts.get(area, 0) + 1
    fine = sum(is_fine for is_fine, _ in found.values())
    return Coverage(
        definition=definition,
        total=Tally(fine, len(found) - fine),
        by_area={area: Tally(good.get(area, 0), bad.get(area, 0)) for area in sorted({*good, *bad})},
        lacking={code: number for code, (is_fine, number) in sorted(found.items()) if not is_fine},
    )
