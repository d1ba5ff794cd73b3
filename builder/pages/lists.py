"""Rows of duties and cases, unit by unit: frames are turned into tuples once and then only sliced.

Never filter a frame once per grid: 10,000 grids × 1,000,000 cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import pandas as pd

from builder.facts import Facts
from builder.model import Status, Tables
from builder.pages.context import CaseRow, DutyRow, LateItem, Link

__all__ = [
    "NEWEST_LATE",
    "Listing",
    "Names",
    "as_records",
    "cases",
    "count",
    "day",
    "duties",
    "iso",
    "late_items",
    "present",
]

Row = TypeVar("Row")


class Names:
    """Codes to links. Built once; a code without a name shows itself."""

    def __init__(self, tables: Tables) -> None:
        self.grids = pairs(tables, "grid", "grid_id")
        self.areas = pairs(tables, "area", "area_id")
        self.branches = pairs(tables, "branch", "branch_id")
        self.categories = pairs(tables, "case_category", "category_id")
        self.groups = pairs(tables, "case_category", "category_id", "group")

    def grid(self, code: str) -> Link:
        """Return a grid’s name and page."""
        return Link(self.grids.get(code, code), f"grid/{code}/")

    def area(self, code: str) -> Link:
        """Return an area’s name and page."""
        return Link(self.areas.get(code, code), f"area/{code}/")

    def branch(self, code: str) -> Link:
        """Return a branch’s name and page."""
        return Link(self.branches.get(code, code), f"branch/{code}/")


def pairs(tables: Tables, resource: str, key: str, value: str = "name") -> Mapping[str, str]:
    if resource not in tables or value not in tables[resource]:
        return {}
    frame = tables[resource]
    return dict(zip(frame[key], frame[value].fillna(""), strict=True))


def iso(column: pd.Series) -> list[str]:
    """Return dates as ISO text, "" for none; each day's text is made once and shared."""
    codes, days = pd.factorize(column)
    words = [*pd.DatetimeIndex(days).strftime("%Y-%m-%d"), ""]
    return [words[code] for code in codes]


def iso_of(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a date column as ISO text, "" throughout where it is not there or not shown."""
    return iso(frame[name]) if name in frame else [""] * len(frame)


class Listing(Generic[Row]):
    """Rows of a frame by unit, in the frame's order; rows are made when they are asked for."""

    def __init__(self, units: Sequence[object], columns: Sequence[Sequence[Any]], make: Callable[..., Row]) -> None:
        self.columns, self.make = columns, make
        self.places: dict[object, list[int]] = {}
        for place, unit in enumerate(units):
            self.places.setdefault(unit, []).append(place)

    def count(self, unit: object) -> int:
        """Return how many rows `unit` has, 0 for an unknown one."""
        return len(self.places.get(unit, ()))

    def rows(self, unit: object, limit: int | None = None) -> tuple[Row, ...]:
        """Return the first `limit` rows of `unit`."""
        return tuple(self.at(place) for place in self.places.get(unit, ())[:limit])

    def at(self, place: int) -> Row:
        """Return the row at `place` of the frame, counted from 0."""
        return self.make(*[column[place] for column in self.columns])


def text(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a text column with "" for empty cells and for a column that the package does not have.

    Equal cells share one string: a million dates and names would be a gigabyte.
    """
    if name not in frame:
        return [""] * len(frame)
    codes, values = pd.factorize(frame[name])
    words = [*values, ""]
    return [words[code] for code in codes]


STATUS = {status.value: status for status in Status}


def case_columns(facts: Facts, names: Names) -> list[Sequence[Any]]:
    assert facts.case is not None  # noqa: S101 - callers ask only where there are cases
    frame = facts.case.rows
    return [
        text(frame, "case_id"),
        [names.categories.get(code, code) for code in text(frame, "category_id")],
        text(frame, "channel"),
        iso_of(frame, "received_date"),
        iso_of(frame, "responded_date"),
        iso_of(frame, "resolved_date"),
        iso(frame["limit_date"]),
        text(frame, "stage"),
        text(frame, "handler_kind"),
        text(frame, "method"),
        text(frame, "outcome"),
        [STATUS[value] for value in frame["status"]],
        frame["days"].tolist(),
        frame["days_late"].tolist(),
    ]


def cases(facts: Facts, names: Names) -> Listing[CaseRow]:
    """Return the cases that may be listed, by grid, newest first."""
    assert facts.case is not None  # noqa: S101
    return Listing(text(facts.case.rows, "grid_id"), case_columns(facts, names), CaseRow)


def duties(facts: Facts, names: Names) -> tuple[Listing[DutyRow], Listing[DutyRow]]:
    """Return the duties by grid, and by branch (the duties of its grids included), late first.

    The first listing holds under ("", branch) the duties that a branch carries as a whole.
    """
    assert facts.duty is not None  # noqa: S101
    frame = facts.duty.rows
    grids = text(frame, "grid_id")
    links = {grid: names.grid(grid) if grid else None for grid in set(grids)}
    columns: list[Sequence[Any]] = [
        text(frame, "duty_id"), text(frame, "title"), text(frame, "category"), text(frame, "basis"),
        text(frame, "post"), text(frame, "frequency"), iso_of(frame, "due_date"), iso_of(frame, "done_date"),
        text(frame, "evidence_url"),
        [STATUS[value] for value in frame["status"]], frame["days"].tolist(), [links[grid] for grid in grids],
    ]  # fmt: skip
    units = [grid or ("", branch) for grid, branch in zip(grids, text(frame, "branch_id"), strict=True)]
    return Listing(units, columns, DutyRow), Listing(text(frame, "branch_id"), columns, DutyRow)


def late_items(facts: Facts, names: Names) -> tuple[list[LateItem], list[LateItem]]:
    """Return every overdue duty and every overdue case that may be listed, longest overdue first."""
    found: tuple[list[LateItem], list[LateItem]] = ([], [])
    if facts.duty:
        frame = facts.duty.rows
        frame = frame[(frame["status"] == Status.OVERDUE)].sort_values(["days", "duty_id"], ascending=[False, True])
        columns = (
            text(frame, "title"),
            text(frame, "grid_id"),
            text(frame, "branch_id"),
            iso_of(frame, "due_date"),
            frame["days"],
        )
        for title, grid, branch, due, days in zip(*columns, strict=True):
            link = names.branch(branch)
            found[0].append(LateItem("duty", title, names.grid(grid) if grid else link, link, due, days))
    if facts.case:
        frame = facts.case.rows
        frame = frame[(frame["status"] == Status.OVERDUE)].sort_values(
            ["days_late", "case_id"], ascending=[False, True]
        )
        columns = (
            text(frame, "category_id"),
            text(frame, "grid_id"),
            text(frame, "branch_id"),
            iso(frame["limit_date"]),
            frame["days_late"],
        )
        for category, grid, branch, due, days in zip(*columns, strict=True):
            title = names.categories.get(category, category)
            found[1].append(
                LateItem("case", title, names.grid(grid), names.branch(branch) if branch else None, due, days)
            )
    return found


def as_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one dict a row, column name → cell."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


NEWEST_LATE = 3
"""Overdue items named on a page's first screen; the sections below have them all."""


def present(row: Mapping[str, Any], name: str) -> str:
    """Return a text cell of a record, "" when it is empty or the package does not have the column."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def count(row: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number of a record, None when it is empty or the package does not have the column."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else int(value)


def day(value: Any) -> str:
    """Return a timestamp as ISO text, "" for none."""
    return "" if value is None or pd.isna(value) else value.date().isoformat()
