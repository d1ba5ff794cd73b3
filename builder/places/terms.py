"""Who takes part where, from the private table of terms to what pages may say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.frames import cut_mapping
from builder.model import CountedPart, Policy, PublishedPart, PublishedTables, Scope, Shards, Tables, Term
from builder.places.homes import homes
from builder.places.reported import reported
from builder.places.tree import branch_parents, terms

__all__ = ["PlacesCounted", "PlacesPublished", "ShownTerm", "count", "pieces", "protect"]


@dataclass(frozen=True, slots=True)
class PlacesCounted(CountedPart):
    """`terms`: all of them, by grid and start. `partners`: grid_id → branches that help there at as_of.

    `held`: grid_id → the branches that are responsible at as_of; None in a package without branch_grid. `homes`:
    branch_id → the areas that it lies in.
    """

    terms: tuple[Term, ...]
    partners: Mapping[str, tuple[str, ...]]
    held: Mapping[str, tuple[str, ...]] | None
    homes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A branch's time with a grid as it may be shown: a column that is not public is "" or None."""

    branch_id: str
    grid_id: str
    role: str
    from_date: date | None
    to_date: date | None


@dataclass(frozen=True, slots=True)
class PlacesPublished(PublishedPart):
    """`terms`: branch_id → its terms, by grid. `partners`: grid_id → branches that help there at as_of.

    `held`: as counted. `reported`: resource → area_id → published rows of the period.
    """

    terms: Mapping[str, tuple[ShownTerm, ...]]
    partners: Mapping[str, tuple[str, ...]]
    held: Mapping[str, tuple[str, ...]] | None
    reported: Mapping[str, Mapping[str, int]]


def count(tables: Tables, scope: Scope) -> PlacesCounted:
    """Return who takes part where."""
    found = terms(tables)
    held = holders(found, scope) if "branch_grid" in tables else None
    lying = homes(scope.tree, branch_parents(tables))
    return PlacesCounted(terms=found, partners=partners(found, scope), held=held, homes=lying)


def holders(found: Sequence[Term], scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """Return grid_id → the branches that are responsible at as_of, in the order of terms."""
    result: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for term in found:
        if term.is_responsible and lasts(term, scope.as_of):
            result[term.grid_id][term.branch_id] = None
    return {grid: tuple(branches) for grid, branches in result.items()}


def lasts(term: Term, day: date) -> bool:
    """Return whether a term is under way on a day."""
    return term.from_date <= day and (term.to_date is None or term.to_date >= day)


def partners(found: Sequence[Term], scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """Return grid_id → the branches that help there at as_of, without the responsible one, in the order of terms."""
    result: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for term in found:
        is_helper = not term.is_responsible and term.branch_id != scope.tree.responsible.get(term.grid_id)
        if lasts(term, scope.as_of) and is_helper:
            result[term.grid_id][term.branch_id] = None
    return {grid: tuple(branches) for grid, branches in result.items()}


def protect(counted: PlacesCounted, policy: Policy, tables: PublishedTables, scope: Scope) -> PlacesPublished:
    """Return the terms with the public columns of branch_grid, and how many rows of `tables` each area reported."""
    role, start, end = (policy.shows("branch_grid", name) for name in ("role", "from_date", "to_date"))
    shown: defaultdict[str, list[ShownTerm]] = defaultdict(list)
    for term in counted.terms:
        shown[term.branch_id].append(
            ShownTerm(
                branch_id=term.branch_id,
                grid_id=term.grid_id,
                role=term.role if role else "",
                from_date=term.from_date if start else None,
                to_date=term.to_date if end else None,
            )
        )
    return PlacesPublished(
        terms={branch: tuple(items) for branch, items in shown.items()},
        partners=dict(counted.partners),
        held=None if counted.held is None else dict(counted.held),
        reported=reported(tables, scope, counted.homes),
    )


def pieces(published: PlacesPublished, shards: Shards) -> Callable[[int], PlacesPublished]:
    """Return what belongs to a shard, by its number."""
    terms = cut_mapping(published.terms, shards.owner["branch"], len(shards.every))
    partners = cut_mapping(published.partners, shards.owner["grid"], len(shards.every))
    # what the page of the whole alone shows stays with the rest, which is given all of it
    return lambda number: PlacesPublished(terms=terms[number], partners=partners[number], held=None, reported={})
