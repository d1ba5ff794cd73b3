"""The tables and fields that the engine cannot do without; everything else a package may leave out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.load import descriptor
from builder.model import Package

__all__ = ["package"]

TABLES = ("area", "grid")
"""Every page is placed by these."""

PARTNERS: Mapping[str, str] = {"case": "case_category", "assessment": "indicator"}
"""table → the table without which it says nothing."""

SHOWN: Mapping[str, tuple[str, ...]] = {
    "area": ("area_id", "name", "level", "parent_id"),
    "grid": ("grid_id", "name"),
    "branch": ("branch_id", "name", "parent_id"),
    "case_category": ("category_id", "name", "group", "disclosure"),
    "indicator": ("indicator_id", "name", "weight", "full_score", "valid_from_date", "valid_to_date"),
}
"""table → the fields that pages show, so they must be public."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "grid": ("area_id",),
    "branch_grid": ("branch_id", "grid_id", "role", "from_date", "to_date"),
    "duty": ("duty_id", "branch_id", "grid_id", "category", "title", "due_date", "done_date"),
    "case_category": ("respond_limit_days", "resolve_limit_days", "day_kind"),
    "case": ("case_id", "grid_id", "category_id", "received_date", "resolved_date"),
    "assessment": ("period", "branch_id", "indicator_id", "score"),
    "grade": ("name", "min_score"),
}
"""table → the fields that figures are made from, so they must at least be counted."""


def package(folder: Path) -> Package:
    """Read a package that has everything the engine needs. Raises BuilderError."""
    found = descriptor.package(folder)
    for name in TABLES:
        if name not in found.resources:
            raise BuilderError(
                mark("datapackage.json: there is no resource “{name}”"),
                mark("add the table; without it the engine cannot place a page"),
                name=name,
            )
    for name, partner in PARTNERS.items():
        if name in found.resources and partner not in found.resources:
            raise BuilderError(
                mark("datapackage.json: there is a resource “{name}” but no “{partner}”"),
                mark("add the table “{partner}”, or leave out “{name}”"),
                name=name, partner=partner,
            )  # fmt: skip
    for item in found.descriptor["resources"]:
        for name in SHOWN.get(item["name"], ()):
            need(found, item, name, ("public",))
        for name in COUNTED.get(item["name"], ()):
            need(found, item, name, ("public", "counts"))
        for field in found.resources[item["name"]].schema.fields:
            if field.vote:
                need(found, item, field.name, ("public", "counts"))
    return found


def need(found: Package, item: Mapping[str, str], name: str, publish: tuple[str, ...]) -> None:
    """Raise BuilderError unless the schema of resource `item` has the field, published in one of these ways."""
    schema, where = found.resources[item["name"]].schema, item["schema"]
    if name not in schema:
        raise BuilderError(
            mark("{where}: the field “{name}” is missing"),
            mark("the engine needs it; compare with a fresh `mingge demo`"),
            where=where, name=name,
        )  # fmt: skip
    if schema[name].publish not in publish:
        raise BuilderError(
            mark("{where}: the engine needs field {name}, but its publish is “{publish}”"),
            mark("use {allowed}"),
            where=where, name=name, publish=schema[name].publish, allowed=" / ".join(publish),
        )  # fmt: skip
