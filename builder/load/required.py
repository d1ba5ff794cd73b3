"""Whether a package has what the engine needs: tables, keys, and columns of the right type that may be used so far.

Nothing here knows a table by name: what is needed is handed in as `Needs`.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.load import descriptor
from builder.model import Field, Needs, Package, Resource, Use

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
    found = descriptor.package(folder)
    known = {item.resource for group in needs for item in group}
    for name in found.resources:
        misspelt(found, name, known)
    for number, group in enumerate(needs):
        partners(found, group, is_tree=number == 0)
        for item in group:
            if item.resource in found.resources:
                fits(found.resources[item.resource], item, schema_of(found, item.resource))
    return found


def misspelt(found: Package, name: str, known: set[str]) -> None:
    """Raise BuilderError for a table that nobody knows and whose name is nearly that of one that is missing."""
    near = difflib.get_close_matches(name, known - set(found.resources), n=1, cutoff=0.75)
    if name not in known and near:
        raise BuilderError(
            mark("datapackage.json: there is a resource “{name}” that the engine does not know"),
            mark("did you mean “{near}”? Its pages are made under that name only"),
            name=name, near=near[0],
        )  # fmt: skip


def partners(found: Package, group: Sequence[Needs], *, is_tree: bool) -> None:
    """Raise BuilderError when a table is missing that the tree, or another table of the group, cannot do without."""
    present = [item.resource for item in group if item.resource in found.resources]
    for item in group:
        if is_tree and not item.optional and item.resource in found.resources:
            not_empty(found.resources[item.resource])
        if item.optional or item.resource in found.resources:
            continue
        if is_tree:
            raise BuilderError(
                mark("datapackage.json: there is no resource “{name}”"),
                mark("add the table; without it the engine cannot place a page"),
                name=item.resource,
            )
        if present and group[0].resource in present:
            raise BuilderError(
                mark("datapackage.json: there is a resource “{name}” but no “{partner}”"),
                mark("add the table “{partner}”, or leave out “{name}”"),
                name=group[0].resource, partner=item.resource,
            )  # fmt: skip


def not_empty(resource: Resource) -> None:
    """Raise BuilderError when a table that every page hangs on may be empty."""
    if resource.minimum_rows < 1:
        raise BuilderError(
            mark("datapackage.json: {name}: minimum_rows is {minimum}"),
            mark("use at least 1; without a row there is no page"),
            name=resource.name, minimum=resource.minimum_rows,
        )  # fmt: skip


def schema_of(found: Package, name: str) -> str:
    """Return the path of a resource's schema, as the descriptor writes it."""
    return next(str(item["schema"]) for item in found.descriptor["resources"] if item["name"] == name)


def fits(resource: Resource, needs: Needs, where: str) -> None:
    """Raise BuilderError unless the schema has the key and the columns, of their types, and lets them be used."""
    schema = resource.schema
    if not schema.primary_key:
        raise BuilderError(
            mark("{where}: there is no primaryKey, so a row that stands there twice would count twice"),
            mark("name the fields that tell one row from another: {key}"),
            where=where, key=", ".join(needs.key) or "…",
        )  # fmt: skip
    if needs.key and set(schema.primary_key) != set(needs.key):
        raise BuilderError(
            mark("{where}: primaryKey is {found}"),
            mark("the engine tells rows apart by {key}"),
            where=where, found=", ".join(schema.primary_key), key=", ".join(needs.key),
        )  # fmt: skip
    for use in needs.uses:
        if use.name in schema:
            usable(schema[use.name], use, where)
        elif not use.optional:
            raise BuilderError(
                mark("{where}: the field “{name}” is missing"),
                mark("the engine needs it; compare with a fresh `mingge demo`"),
                where=where, name=use.name,
            )  # fmt: skip
    for field in schema.fields:
        if field.vote:
            usable(field, Use(field.name, "integer"), where)


def usable(field: Field, use: Use, where: str) -> None:
    """Raise BuilderError unless a column has the type that the engine reads, and may be used as far as it is."""
    types = TYPES.get(use.type, (use.type,))
    if field.type not in types:
        raise BuilderError(
            mark("{where}: the engine reads field {name} as {allowed}, but its type is {type}"),
            mark("declare it with type {allowed}"),
            where=where, name=field.name, type=field.type, allowed=" / ".join(types),
        )  # fmt: skip
    if use.type == "money" and field.descriptor.get("decimals") != CENTS:
        raise BuilderError(
            mark("{where}: field {name} is an amount of money, but its schema does not keep it to the cent"),
            mark("give it “decimals”: {decimals}"),
            where=where, name=field.name, decimals=CENTS,
        )  # fmt: skip
    check_roles(field, use, where)
    if use.optional and not use.figure:
        return
    publish = ("public",) if use.shown else ("public", "counts")
    if field.publish not in publish:
        raise BuilderError(
            mark("{where}: the engine needs field {name}, but its publish is “{publish}”"),
            mark("use {allowed}"),
            where=where, name=field.name, publish=field.publish, allowed=" / ".join(publish),
        )  # fmt: skip


def check_roles(field: Field, use: Use, where: str) -> None:
    """Raise BuilderError for a role that nobody asks for: what should play the right one would count as nothing."""
    for role in field.roles if use.roles else ():
        if role not in use.roles:
            near = difflib.get_close_matches(role, use.roles, n=1)
            raise BuilderError(
                mark("{where}: field {name}: there is no role “{role}”"),
                mark("did you mean “{near}”?") if near else mark("the roles of this field are: {known}"),
                where=where, name=field.name, role=role, near=", ".join(near), known=", ".join(use.roles),
            )  # fmt: skip
    if use.roles and not field.roles:
        raise BuilderError(
            mark("{where}: field {name}: no value plays a role, so nothing could be counted by it"),
            mark("say in “roles” which values play: {known}"),
            where=where, name=field.name, known=", ".join(use.roles),
        )  # fmt: skip
