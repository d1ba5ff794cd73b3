"""Whether a package has what the engine needs: tables, keys, and columns of the right type that may be used so far.

Nothing here knows a table by name: what is needed is handed in as `Needs`. All that is missing is told at once, with
what else is wrong; a table of which something is wrong already is not looked at: what it lacks may follow from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.language import mark
from builder.load import descriptor
from builder.load.near import nearest
from builder.load.properties import Properties
from builder.model import Field, Needs, Package, Schema, Use

__all__ = ["package"]

NUMBERS = ("number", "integer")
CENTS = 2
"""The decimals of an amount of money."""
TYPES = {"number": NUMBERS, "money": ("number",), "moment": ("date", "datetime")}
"""What a column may be declared as instead: a moment is a day, or a day with its time."""


def package(folder: Path, needs: Sequence[Sequence[Needs]]) -> Package:
    """Read a package that has everything the engine needs. Raises BuilderError.

    Each group of `needs` belongs together: a table of a group that the package has asks for the group's others
    that are not optional. A group's first table may be absent, unless it is the first group of all.
    """
    found = descriptor.read(folder)
    known = {item.resource for group in needs for item in group}
    renamed = {near for name in found.resources if (near := misspelt(found, name, known))}
    schemas = {
        name: Columns(each.schema, each.resource.schema) for name, each in found.resources.items() if each.is_whole
    }
    descriptor.check_references(found, frozenset(renamed))
    for number, group in enumerate(needs):
        partners(found, group, renamed, is_tree=number == 0)
        for item in group:
            if item.resource in schemas:
                fits(schemas[item.resource], item)
    for each in schemas.values():
        refuse_unseen(each)
    found.mistakes.settle()
    return found.package


def misspelt(found: descriptor.Read, name: str, known: set[str]) -> str:
    """Note a table that nobody knows and whose name is nearly that of one that is missing. Returns that one, or ""."""
    near = nearest(name, known - found.names, 0.75)
    if name in known or not near:
        return ""
    found.resources[name].source.refuse(
        "name", mark("{where}: there is a resource “{name}” that the engine does not know"),
        mark("did you mean “{near}”? Its pages are made under that name only"), name=name, near=near,
    )  # fmt: skip
    return near


def partners(found: descriptor.Read, group: Sequence[Needs], renamed: set[str], *, is_tree: bool) -> None:
    """Note a table that is missing and that the tree, or another table of the group, cannot do without."""
    present = [item.resource for item in group if item.resource in found.names]
    for item in group:
        if is_tree and not item.optional and item.resource in found.resources:
            not_empty(found.resources[item.resource])
        if item.optional or item.resource in found.names | renamed:
            continue
        if is_tree:
            found.source.refuse(
                "resources", mark("{where}: there is no resource “{name}”"),
                mark("add the table; without it the engine cannot place a page"), name=item.resource,
            )  # fmt: skip
        elif present and group[0].resource in present:
            found.source.refuse(
                "resources", mark("{where}: there is a resource “{name}” but no “{partner}”"),
                mark("add the table “{partner}”, or leave out “{name}”"),
                name=group[0].resource, partner=item.resource,
            )  # fmt: skip


def not_empty(found: descriptor.Found) -> None:
    """Note a table that every page hangs on and that may be empty."""
    if found.resource.minimum_rows < 1:
        found.source.refuse(
            "minimum_rows", mark("{where}: minimum_rows is {minimum}"),
            mark("use at least 1; without a row there is no page"), minimum=found.resource.minimum_rows,
        )  # fmt: skip


class Columns:
    """A schema, and where in its file each field is described. `told`: the fields of which something was noted here."""

    def __init__(self, source: Properties, schema: Schema) -> None:
        self.source = source
        self.schema = schema
        self.told: set[str] = set()

    def refuse(self, field: str, key: str, message: str, hint: str, **values: object) -> None:
        """Note what is wrong with one property of a field."""
        self.told.add(field)
        way = ("fields", self.schema.names.index(field), key)
        self.source.refuse_at(way, message, hint, name=field, **values)


def fits(found: Columns, needs: Needs) -> None:
    """Note what the schema lacks: the key, and the columns, of their types, as far as they must be used."""
    schema, source = found.schema, found.source
    has_key = not needs.key or set(schema.primary_key) == set(needs.key)
    if not schema.primary_key:
        source.refuse_at(
            ("primaryKey",),
            mark("{where}: there is no primaryKey, so a row that stands there twice would count twice"),
            mark("name the fields that tell one row from another: {key}"), key=", ".join(needs.key) or "…",
        )  # fmt: skip
    elif not has_key:
        source.refuse_at(
            ("primaryKey",), mark("{where}: primaryKey is {found}"), mark("the engine tells rows apart by {key}"),
            found=", ".join(schema.primary_key), key=", ".join(needs.key),
        )  # fmt: skip
    for use in needs.uses:
        if use.name in schema:
            usable(found, schema[use.name], use)
        elif not use.optional and (has_key or use.name not in needs.key):
            near = nearest(use.name, set(schema.names) - {item.name for item in needs.uses}, 0.75)
            source.refuse(
                "fields", mark("{where}: the field “{name}” is missing"),
                mark("is it the field “{near}”? The engine knows it under its own name only")
                if near
                else mark("the engine needs it; compare with a fresh `mingge demo`"),
                name=use.name, near=near,
            )  # fmt: skip
    for field in schema.fields:
        if field.vote:
            usable(found, field, Use(field.name, "integer"))


def refuse_unseen(found: Columns) -> None:
    """Note a field that must be filled in though its cells may stand in no package: no file could be right."""
    for field in found.schema.fields:
        if field.required and field.publish == "never" and field.name not in found.told:
            found.refuse(
                field.name, "constraints",
                mark("{where}: field {name} is required, but it is never published, so no file may have its cells"),
                mark("give it “publish”: “public” or “counts”, or take “required” out"),
            )  # fmt: skip


def usable(found: Columns, field: Field, use: Use) -> None:
    """Note a column that has not the type that the engine reads, or may not be used as far as it is."""
    types = TYPES.get(use.type, (use.type,))
    if field.type not in types:
        found.refuse(
            field.name, "type", mark("{where}: the engine reads field {name} as {allowed}, but its type is {type}"),
            mark("declare it with type {allowed}"), type=field.type, allowed=" / ".join(types),
        )  # fmt: skip
        return
    if use.type == "money" and field.descriptor.get("decimals") != CENTS:
        found.refuse(
            field.name, "decimals",
            mark("{where}: field {name} is an amount of money, but its schema does not keep it to the cent"),
            mark("give it “decimals”: {decimals}"), decimals=CENTS,
        )  # fmt: skip
    check_roles(found, field, use)
    if use.optional and not use.figure:
        return
    publish = ("public",) if use.shown else ("public", "counts")
    if field.publish not in publish:
        found.refuse(
            field.name, "publish",
            mark("{where}: the engine needs field {name}, but its publish is “{publish}”"),
            mark("use {allowed}"), publish=field.publish, allowed=" / ".join(publish),
        )  # fmt: skip


def check_roles(found: Columns, field: Field, use: Use) -> None:
    """Note a role that nobody asks for: what should play the right one would count as nothing."""
    for role in field.roles if use.roles else ():
        if role not in use.roles:
            near = nearest(role, use.roles)
            found.refuse(
                field.name, "roles", mark("{where}: field {name}: there is no role “{role}”"),
                mark("did you mean “{near}”?") if near else mark("the roles of this field are: {known}"),
                role=role, near=near, known=", ".join(use.roles),
            )  # fmt: skip
    if use.roles and not field.roles:
        found.refuse(
            field.name, "roles",
            mark("{where}: field {name}: no value plays a role, so nothing could be counted by it"),
            mark("say in “roles” which values play: {known}"), known=", ".join(use.roles),
        )  # fmt: skip
