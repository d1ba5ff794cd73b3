"""Which tables are meant, by whatever name staff know them, and which others a form of one is made from."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Package, Resource, plain_header

__all__ = ["needed", "resources"]


def resources(package: Package, names: Sequence[str]) -> tuple[Resource, ...]:
    """Return the tables that `names` mean, each once: a table's name, its title or its file. Raises BuilderError."""
    return tuple({item.name: item for item in (resource(package, name) for name in names)}.values())


def resource(package: Package, name: str) -> Resource:
    known = {plain_header(text): item for item in package.resources.values() for text in (item.path, item.title)}
    known |= {plain_header(item.name): item for item in package.resources.values()}
    meant = plain_header(name)
    if meant in known:
        return known[meant]
    near = difflib.get_close_matches(meant, known, n=1)
    listed = tuple(f"{item.name} ({item.title})" for item in package.resources.values())
    raise BuilderError(
        mark("there is no table “{name}”"),
        mark("did you mean “{near}”?") if near else mark("the tables are: {known}"),
        name=name, near=known[near[0]].name if near else "", known=listed,
    )  # fmt: skip


def needed(package: Package, resource: Resource) -> tuple[str, ...]:
    """Return the names of the tables that its form is made from: itself, what it points at, and what that points at."""
    found, new = [resource.name], [resource.name]
    for _ in range(2):  # a grid's list says in which community it lies
        new = [key.target or name for name in new for key in package.resources[name].schema.foreign_keys]
        found += new
    return tuple(dict.fromkeys(found))
