"""Areas of trees beside the main one: what their pages are made from, and where other pages name them.

Always holds: their figures are sums over what is published of grids (docs/adr/0017); totals, breadcrumbs, search, what
is overdue and coverage stay with the main tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from builder.model import Link
from builder.pages.sources import Sources

__all__ = ["OtherTree", "around", "every", "kind_label", "left_out", "of_grid", "tops", "views"]


class OtherTree(NamedTuple):
    """What a page names of one tree: the kind of its areas, and some of them with links. `anchor`: its heading's id."""

    anchor: str
    kind: str
    areas: tuple[Link, ...]


def view(source: Sources, kind: str) -> Sources:
    """Return `source` as pages of the areas of one kind see it: their tree is the tree."""
    edition = source.edition
    scope = replace(edition.scope, tree=edition.scope.others[kind])
    return replace(source, edition=replace(edition, scope=scope, places=source.others[kind]))


def views(source: Sources) -> Iterator[Sources]:
    """Yield `source` as it is, and in the rest as the pages of each other tree see it."""
    return (found for found, _ in every(source))


def around(source: Sources, area: str) -> Sources:
    """Return `source` as the page of an area sees it."""
    return next((found for found in views(source) if area in found.edition.tree.parent), source)


def every(source: Sources) -> Iterator[tuple[Sources, tuple[str, ...]]]:
    """Yield the areas whose pages are made here, with what they see: those of a shard, all others with the rest."""
    yield source, source.shard.areas
    yield from ((view(source, kind), tuple(source.edition.scope.others[kind].parent)) for kind in source.others)


def kind_label(source: Sources, kind: str) -> str:
    """Return what a kind of areas is called."""
    return source.edition.package.resources["area"].schema["area_kind"].label(kind)


def left_out(source: Sources) -> tuple[str, ...]:
    """Return what areas of the present tree have no figures of, by title; nothing in the main one."""
    has = source.having("area")
    return tuple(source.edition.title(subject.name) for subject in source.subjects if subject not in has)


def tops(source: Sources) -> Iterator[OtherTree]:
    """Yield the topmost areas of each other tree."""
    for number, found in enumerate(view(source, kind) for kind in source.others):
        tree, names = found.edition.tree, source.edition.names
        links = tuple(names.area(top) for top in tree.tops)
        yield OtherTree(f"tree-{number + 1}", kind_label(source, tree.kind), links)


def of_grid(source: Sources, grid: str) -> tuple[OtherTree, ...]:
    """Return the areas of other trees that a grid lies in, from the top down."""
    trees, names = source.edition.scope.others, source.edition.names
    return tuple(
        OtherTree("", kind_label(source, kind), tuple(names.area(area) for area in areas))
        for kind, tree in trees.items()
        if (areas := tree.areas_of.get(grid))
    )
