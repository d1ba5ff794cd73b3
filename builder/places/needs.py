"""What the tree needs of a package: areas and grids always, branches and other trees where there are any."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS", "OFFICERS"]

OFFICERS = ("secretary", "deputy_secretary", "organisation_officer", "publicity_officer", "discipline_officer")
"""Columns of table branch that name who holds a post; a package has those that it has."""

NEEDS: tuple[Needs, ...] = (
    Needs(
        "area",
        ("area_id",),
        (
            Use("area_id", shown=True), Use("name", shown=True), Use("level", shown=True), Use("parent_id", shown=True),
            Use("area_kind", shown=True, optional=True, roles=("main",)),
        ),
    ),
    Needs(
        "grid",
        ("grid_id",),
        (
            Use("grid_id", shown=True), Use("name", shown=True), Use("area_id", shown=True),
            *extra("household_count", type="integer", figure=True),
            *extra("opened_date", "closed_date", type="date", figure=True),
            *extra("kind", "extent", "leader", "worker", "work_phone", "supervision_phone"),
            *extra("aliases", "estates", "roads"),
        ),
    ),
    Needs(
        "branch",
        ("branch_id",),
        (
            Use("branch_id", shown=True), Use("name", shown=True), Use("parent_id", shown=True),
            *extra("member_count", "committee_count", type="integer"), *extra("term_end_date", type="date"),
            *extra("kind", *OFFICERS, "office_phone"),
        ),
        optional=True,
    ),
    Needs(
        "branch_grid",
        (),
        (
            Use("branch_id", shown=True), Use("grid_id", shown=True), Use("role", roles=("responsible",)),
            Use("from_date", "date"), Use("to_date", "date"),
        ),
        optional=True,
    ),
    Needs(
        "grid_area", ("grid_id", "area_id"), (Use("grid_id", shown=True), Use("area_id", shown=True)), optional=True,
    ),
)  # fmt: skip
