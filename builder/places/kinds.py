"""Trees of areas: one of the main kind, and others beside it, such as the beats of the police (docs/adr/0017).

The schema says in `roles` which values of `area_kind` are of the main tree; an area without a kind is of it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Field, Issue, Quote, Severity, Tables
from builder.rules import Check, issues

__all__ = ["CHECKS", "in_main_tree", "kinds"]


def kinds(tables: Tables) -> dict[str, str]:
    """Return area_id → its kind, "" for one of the main tree; the kinds in the schema's order, areas by code."""
    frame = tables["area"]
    if "area_kind" not in frame:
        return dict.fromkeys(frame["area_id"].dropna(), "")
    main = tables.values("area", "area_kind", "main")
    found = {
        area: kind if isinstance(kind, str) and kind not in main else ""
        for area, kind in zip(frame["area_id"], frame["area_kind"], strict=True)
        if isinstance(area, str)
    }
    place = {value: number for number, value in enumerate(values(tables.package.resources["area"].schema["area_kind"]))}
    return dict(sorted(found.items(), key=lambda item: (place.get(item[1], len(place)), item[1], item[0])))


def values(field: Field) -> list[str]:
    """Return the values of a column in the order of its schema."""
    return list(field.labels) or list(field.descriptor.get("constraints", {}).get("enum", ()))


def parent_of_other_kind(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the areas whose parent is in another tree."""
    frame, of = tables["area"], kinds(tables)
    above = frame["parent_id"].map(of)
    broken = above.notna() & (above != frame["area_id"].map(of))
    yield from issues(frame, broken, "parent_id")


def in_main_tree(resource: str) -> Check:
    """Return the check that `area_id` of a table names areas of the main tree."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource]
        yield from issues(frame, frame["area_id"].map(kinds(tables)).fillna("") != "", "area_id")

    return Check(
        "area-of-main-tree", Severity.ERROR, resource, (f"{resource}.area_id", "area.area_id", "area.area_kind"),
        mark("Only the table of grids and areas names areas that are not of the main tree."),
        mark("“{value}” is an area of another kind"),
        mark("Write the area of the main tree here; a grid’s other areas stand in the table of grids and areas."), find,
        is_structural=True,
        wrong="320812001", right="NC001",
    )  # fmt: skip


def of_main_kind(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows that put a grid into an area of the main tree: its own row says that already."""
    frame = tables["grid_area"]
    yield from issues(frame, frame["area_id"].map(kinds(tables)) == "", "area_id")


def twice(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the rows that put a grid into a second area of one kind: it would count twice in what lies above both."""
    frame, of = tables["grid_area"], kinds(tables)
    known = pd.DataFrame({"grid_id": frame["grid_id"], "kind": frame["area_id"].map(of), "area_id": frame["area_id"]})
    known = known[known["kind"].fillna("") != ""].drop_duplicates(["grid_id", "area_id"])
    first = known.groupby(["grid_id", "kind"])["area_id"].transform("first")
    again = known.assign(first=first)[known.duplicated(["grid_id", "kind"])]
    for row, area, grid, earlier in again[["area_id", "grid_id", "first"]].itertuples(name=None):
        there = Quote("grid_area", "area_id", earlier)
        yield Issue(int(row), "area_id", {"value": area, "grid_id": grid, "first": there})


CHECKS = (
    Check(
        "area-parent-kind", Severity.ERROR, "area", ("area.area_id", "area.parent_id", "area.area_kind"),
        mark("An area and the area it lies in are of the same kind."),
        mark("“{value}” is an area of another kind"),
        mark("Correct the parent or the kind; the topmost of each kind has no parent."), parent_of_other_kind,
        is_structural=True,
        wrong="{parent_id} 320812001", right="{parent_id} NC",
    ),
    in_main_tree("grid"),
    Check(
        "grid-area-kind", Severity.ERROR, "grid_area", ("grid_area.area_id", "area.area_id"),
        mark("The table of grids and areas names areas of other kinds only."),
        mark("“{value}” is an area of the main tree"),
        mark("Delete the row: the table of grids says in which area of the main tree a grid lies."), of_main_kind,
        extras=("area.area_kind",), is_structural=True,
        wrong="{area_id} 320812001", right="{area_id} NC001",
    ),
    Check(
        "grid-twice-in-tree", Severity.ERROR, "grid_area",
        ("grid_area.grid_id", "grid_area.area_id", "area.area_id", "area.area_kind"),
        mark("A grid lies in at most one area of a kind."),
        mark("grid {grid_id} lies in {first} already, an area of the same kind as “{value}”"),
        mark("Keep the area that the grid lies in directly; those above it follow."), twice, is_structural=True,
        wrong="{grid_id} 320812001001001 ×2", right="{grid_id} 320812001001001 ×1",
    ),
)  # fmt: skip
