"""Which parts of the tree can be worked on alone.

A street is the area that the communities of grids lie in: the last but one above a grid, but never the topmost. A
street's pages show what is in it and link to the rest by name, so nothing else of the package need be at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from builder.model import Level, Shard, Shards, Term, Tree

__all__ = ["shards", "street"]

FEWEST = 150
"""Grids of a shard, unless there are no more: neighbouring streets are put together, as each shard has its cost."""


def shards(
    tree: Tree, terms: Iterable[Term], branch_parent: Mapping[str, str], others: Iterable[Tree] = ()
) -> Shards:
    """Return the shards of a tree. `branch_parent`: branch_id → the branch above it, of every branch.

    `others`: the trees of other kinds; their areas span streets, so their pages are made with the rest.
    """
    streets = outermost({street(areas) for areas in tree.areas_of.values() if areas}, tree)
    packed = dict(pack(streets, tree))
    count = max(packed.values(), default=-1) + 1
    areas = {code: next((packed[a] for a in tree.path(code) if a in packed), count) for code in tree.parent}
    grids = {grid: areas[path[-1]] if path else count for grid, path in tree.areas_of.items()}
    branches = homes(grids, terms, branch_parent, count)
    owner: Mapping[Level, Mapping[str, int]] = {"area": areas, "grid": grids, "branch": branches}
    members = {level: collected(codes) for level, codes in owner.items()}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for code, number in packed.items():
        names[number].append(code)
    return Shards(
        tuple(
            Shard(
                number=number, name=", ".join(names[number]), areas=members["area"].get(number, ()),
                grids=members["grid"].get(number, ()), branches=members["branch"].get(number, ()),
            )
            for number in range(count + 1)
        ),
        owner,
        elsewhere(tree, grids, branches),
        frozenset(
            (*(grid for top in tree.tops for grid in tree.grids.get(top, ())),
             *(grid for other in others for grid in other.areas_of))
        ),
    )  # fmt: skip


def elsewhere(tree: Tree, grids: Mapping[str, int], branches: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return branch_id → the shards besides its own in which it answers for a grid, of those that have any."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for grid, branch in tree.responsible.items():
        if grid in grids and grids[grid] != branches.get(branch):
            found[branch].add(grids[grid])
    return {branch: tuple(sorted(numbers)) for branch, numbers in found.items()}


def street(areas: tuple[str, ...]) -> str:
    """Return the street of a grid that lies in `areas`, the topmost first."""
    last = len(areas) - 1
    return areas[max(min(1, last), last - 1)]


def outermost(found: set[str], tree: Tree) -> list[str]:
    """Return the streets that lie in no other one, by code."""
    return sorted(code for code in found if not found & set(tree.path(code)[:-1]))


def pack(streets: Iterable[str], tree: Tree) -> Iterator[tuple[str, int]]:
    """Yield each street with the number of its shard."""
    sizes = dict.fromkeys(streets, 0)
    for areas in tree.areas_of.values():
        for area in areas:
            if area in sizes:
                sizes[area] += 1
    number = held = 0
    for code, size in sizes.items():
        if held >= FEWEST:
            number, held = number + 1, 0
        yield code, number
        held += size


def homes(
    grids: Mapping[str, int], terms: Iterable[Term], branch_parent: Mapping[str, str], rest: int
) -> dict[str, int]:
    """Return branch_id → its shard: that of the first grid it answers for or takes part in, else that of a branch
    under it, else the rest.
    """
    found: dict[str, int] = {}
    for term in sorted(terms, key=lambda item: (not item.is_responsible, item.grid_id)):
        if term.grid_id in grids:
            found.setdefault(term.branch_id, grids[term.grid_id])
    for branch in sorted(found):
        number, seen = found[branch], {branch}
        while (branch := branch_parent.get(branch, "")) and branch not in seen:
            seen.add(branch)
            found.setdefault(branch, number)
    return {branch: found.get(branch, rest) for branch in {**branch_parent, **found}}


def collected(owner: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """Return number → the codes of that shard, sorted."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for code in sorted(owner):
        found[owner[code]].append(code)
    return {number: tuple(codes) for number, codes in found.items()}
