"""What is overdue, by grid and by branch, the longest overdue first; and as it is shown on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model import Late, LateItem, Unit
from builder.subjects.edition import Edition
from builder.subjects.facts import Facts
from builder.subjects.subject import AnySubject

if TYPE_CHECKING:
    from builder.pages.sources import Sources

__all__ = ["LateIndex", "LateLine", "index", "items", "line", "overdue_count", "with_deadlines"]

FIRST = 3
"""Overdue items named on a page's first screen; the sections below have them all."""


@dataclass(frozen=True, slots=True)
class LateIndex:
    """Everything overdue that may be listed, each tuple the longest overdue first.

    `shared`: what belongs to a branch as a whole, hence to no grid and no area.
    """

    everything: tuple[Late, ...]
    by_grid: Mapping[str, tuple[Late, ...]]
    by_branch: Mapping[str, tuple[Late, ...]]
    shared: tuple[Late, ...]

    def in_grids(self, grids: Iterable[str]) -> tuple[Late, ...]:
        """Return what is overdue in any of `grids`."""
        return longest(item for grid in grids for item in self.by_grid.get(grid, ()))


@dataclass(frozen=True, slots=True)
class LateLine:
    """What is overdue on a page: the first `items` of `count`, and where all of it stands ("": nowhere else)."""

    items: tuple[LateItem, ...]
    count: int
    more: str


def longest(items: Iterable[Late]) -> tuple[Late, ...]:
    """Return `items` by days; those of the same length stay as they were."""
    return tuple(sorted(items, key=lambda item: -item.days))


def index(facts: Facts, subjects: Sequence[AnySubject]) -> LateIndex:
    """Return what is overdue in the subjects that have deadlines."""
    found = longest(
        item
        for subject in subjects
        if subject.deadlines
        for item in subject.deadlines.listed(facts.parts[subject.name])
    )
    by_grid: defaultdict[str, list[Late]] = defaultdict(list)
    by_branch: defaultdict[str, list[Late]] = defaultdict(list)
    for item in found:
        by_grid[item.grid].append(item)
        by_branch[item.branch].append(item)
    shared = tuple(by_grid.pop("", ()))
    by_branch.pop("", None)
    return LateIndex(
        everything=found,
        by_grid={grid: tuple(items) for grid, items in by_grid.items()},
        by_branch={branch: tuple(items) for branch, items in by_branch.items()},
        shared=shared,
    )


def with_deadlines(source: Sources) -> tuple[AnySubject, ...]:
    """Return the subjects in which something can be overdue."""
    return tuple(
        subject
        for subject in source.subjects
        if subject.deadlines and subject.deadlines.can_be(source.facts(subject))
    )


def overdue_count(source: Sources, unit: Unit) -> int:
    """Return how much of a unit is overdue, what may not be listed included."""
    return sum(
        subject.deadlines.count(source.facts(subject), unit) for subject in source.subjects if subject.deadlines
    )


def items(source: Sources, found: Sequence[Late]) -> tuple[LateItem, ...]:
    """Return overdue items with names and links."""
    words = {s.name: source.edition.translate(s.deadlines.word) for s in source.subjects if s.deadlines}
    return tuple(shown(source.edition, item, words[item.subject]) for item in found)


def shown(edition: Edition, item: Late, word: str) -> LateItem:
    branch = edition.names.branch(item.branch) if item.branch else None
    place = edition.names.grid(item.grid) if item.grid else edition.names.branch(item.branch)
    return LateItem(
        what=word, title=item.title, place=place, branch=branch, limit_date=item.limit_date, days=item.days
    )


def line(source: Sources, found: Sequence[Late], count: int, more: str) -> LateLine:
    """Return the first of what is overdue; `more` is needed only when there is more."""
    first = items(source, found[:FIRST])
    return LateLine(items=first, count=count, more=more if len(first) < count else "")
