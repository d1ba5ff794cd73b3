"""Everything that is overdue, by grid and by branch, the longest overdue first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.model import Late
from builder.subjects.facts import Facts
from builder.subjects.subject import AnySubject

__all__ = ["LateIndex", "index"]


@dataclass(frozen=True, slots=True)
class LateIndex:
    """Everything that is overdue, each tuple the longest overdue first.

    `by_branch` has under "" what no branch answers for. `shared`: what belongs to a branch as a whole, hence to no grid
    and no area.
    """

    everything: tuple[Late, ...]
    by_grid: Mapping[str, tuple[Late, ...]]
    by_branch: Mapping[str, tuple[Late, ...]]
    shared: tuple[Late, ...]


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
    return LateIndex(
        everything=found,
        by_grid={grid: tuple(items) for grid, items in by_grid.items()},
        by_branch={branch: tuple(items) for branch, items in by_branch.items()},
        shared=shared,
    )
