"""Which columns figures are made from, so that no file may leave them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.model import Needs, Package

__all__ = ["figures"]


def figures(package: Package, needs: Sequence[Sequence[Needs]]) -> Mapping[str, frozenset[str]]:
    """Return resource → the columns that figures or the tree are made from; votes are, whatever they are called."""
    known: dict[str, frozenset[str]] = {}
    for item in (item for group in needs for item in group):
        known[item.resource] = known.get(item.resource, frozenset()) | item.figures()
    return {
        name: known.get(name, frozenset()) | {field.name for field in resource.schema.fields if field.vote}
        for name, resource in package.resources.items()
    }
