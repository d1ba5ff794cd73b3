"""Two counts that are shown together or not at all, satisfied and dissatisfied, under a count that anyone can make.

What always holds, against a reader who knows every shown pair, the tree, `upper`, `k` and this very algorithm: of a
hidden pair, a side that may be under `k` may be every value 0…min(k−1, upper), and each side spans at least `k`, or
as many as its `upper` leaves beside the pairs that are shown below it. Zeros are as telling as ones here: “nobody was
dissatisfied” is somebody's answer.

It is made like `tree.protected`: what is hidden beside is chosen by public order, and a total is shown only if each
hidden pair below it keeps its core. The core of a pair is two arms, either side being small; what is not rated is a
third count of the same cells, so that a hidden pair always fills its `upper`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from builder.control.tree import Status, Tree, Values

__all__ = ["protected_pairs"]


def protected_pairs(
    first: Values, second: Values, parent: Values, upper: Values, k: int, *, order: Values | None = None
) -> npt.NDArray[np.int8]:
    """Return of every node whether its pair is SHOWN or WITHHELD, int8[n]; no label says which side is small.

    `first`, `second`, `upper` int64[n]: additive up the forest `parent`; first + second <= upper, which is public, at
    every node. A pair is shown only if both are at least `k`, or if `upper` is 0. `order`: see `protected`.

    Raises ValueError for a `k` below 2, sums that are none, more ratings than `upper`.
    """
    if k < 2:
        raise ValueError(f"k = {k} hides nothing")
    if np.any(first + second > upper):
        raise ValueError("more is rated than there is")
    trees = [Tree.of(values, parent, None, order) for values in (first, second, upper)]
    return _Pairs(trees[0], first.tolist(), second.tolist(), upper.tolist(), k).run()


@dataclass(frozen=True, slots=True)
class _Core:
    """A hidden pair: each side is its base and more, both at most `room` more, and one of them at most `arm`."""

    base: tuple[int, int]
    room: int
    arm: int
    is_bent: bool  # only one side of the two may be long: both sides are wanted down to the base

    def raised(self, first: int, second: int) -> _Core:
        return _Core((self.base[0] + first, self.base[1] + second), self.room, self.arm, self.is_bent)


@dataclass(slots=True)
class _Group:
    """The hidden pairs below one parent and what they really add up to."""

    first: int = 0
    second: int = 0
    upper: int = 0
    cores: list[_Core] = field(default_factory=list)

    @property
    def base(self) -> tuple[int, int]:
        return sum(core.base[0] for core in self.cores), sum(core.base[1] for core in self.cores)

    @property
    def room(self) -> int:
        return sum(core.room for core in self.cores)


class _Pairs:
    """One table of pairs on its way up the tree."""

    def __init__(self, tree: Tree, first: list[int], second: list[int], upper: list[int], k: int) -> None:
        self.tree, self.first, self.second, self.upper, self.k = tree, first, second, upper, k
        self.status = np.full(len(first), Status.SHOWN, np.int8)
        self.cores: dict[int, _Core] = {}
        self.shown_over: dict[int, _Core | None] = {}

    def run(self) -> npt.NDArray[np.int8]:
        for leaf in range(len(self.upper)):
            if self.tree.is_leaf(leaf) and self.upper[leaf] and min(self.first[leaf], self.second[leaf]) < self.k:
                room = self.upper[leaf]
                self._hide(leaf, _Core((0, 0), room, min(self.k - 1, room), True))
        for node in self.tree.bottom_up:
            self._decide(node)
        return self.status

    def _decide(self, node: int) -> None:
        """Show a node over its children, hiding more of these if need be, or hide it."""
        children = self.tree.below(node)
        hidden = [child for child in children if child in self.cores]
        if not hidden:
            return
        group = _Group()
        for child in hidden:
            self._add(group, child, self.cores[child])
        for candidate in (*self._candidates(children), None):
            if self._keeps(group):
                self.shown_over[node] = self._as_complement(group).raised(*self._rest(node, group))
                return
            group.cores = [self._collapsed(group)]
            if candidate is None:
                break
            self._add(group, candidate, self._withhold(candidate))
        self._hide(node, group.cores[0].raised(*self._rest(node, group)))

    def _add(self, group: _Group, node: int, core: _Core) -> None:
        group.first += self.first[node]
        group.second += self.second[node]
        group.upper += self.upper[node]
        group.cores.append(core)

    def _rest(self, node: int, group: _Group) -> tuple[int, int]:
        return self.first[node] - group.first, self.second[node] - group.second

    def _collapsed(self, group: _Group) -> _Core:
        """Return the core of hidden pairs whose sum is hidden: one of the two sides adds up to `k` at most."""
        if len(group.cores) == 1:
            return group.cores[0]
        return _Core(group.base, group.room, min(self.k, sum(core.arm for core in group.cores)), True)

    def _keeps(self, group: _Group) -> bool:
        """Return whether every core below can be had in full, the sum being shown."""
        arms = sum(core.arm for core in group.cores)
        straight = [core.arm for core in group.cores if not core.is_bent]
        bent = max((core.room for core in group.cores if core.is_bent), default=0)
        spare = max(max((core.arm for core in group.cores if core.is_bent), default=0), self.k if straight else 0)
        if len(group.cores) < 2 or any(arms - arm < self.k for arm in straight):
            return False
        first, second = group.first - group.base[0], group.second - group.base[1]
        unrated = group.room - first - second
        return min(first, second) > self.k and any(
            small <= arms - spare and unrated + small >= bent for small in (first, second)
        )

    def _as_complement(self, group: _Group) -> _Core:
        """Return the core of a shown sum that is hidden for another's sake, room being kept for what lies below."""
        bent = max((core.room for core in group.cores if core.is_bent), default=0)
        spare = max(max((core.arm for core in group.cores if core.is_bent), default=0), self.k)
        least = self.k + 1
        room = max(0, group.room - 2 * least - bent)
        arm = max(0, min(room, sum(core.arm for core in group.cores) - spare - least))
        return _Core((group.base[0] + least, group.base[1] + least), room, arm, False)

    def _hide(self, node: int, core: _Core) -> None:
        self.status[node] = Status.WITHHELD
        self.cores[node] = core

    def _candidates(self, children: list[int]) -> list[int]:
        """Return the shown children that can move by `k`, in public order."""
        return [child for child in children if child not in self.cores and self._offer(child).arm >= self.k]

    def _offer(self, node: int) -> _Core:
        """Return the core that a shown node would have if it were hidden."""
        if not self.upper[node]:
            return _Core((0, 0), 0, 0, False)
        if (over := self.shown_over.get(node)) is not None:
            return over
        if self.tree.is_leaf(node):
            room = max(0, self.upper[node] - 2 * self.k)
            return _Core((self.k, self.k), room, room, False)
        below = self.tree.below(node)
        for child in self._candidates(below):
            return self._offer(child).raised(
                self.first[node] - self.first[child], self.second[node] - self.second[child]
            )
        return _Core((0, 0), 0, 0, False)

    def _withhold(self, node: int) -> _Core:
        """Hide a shown node for another's sake, down to a pair that may be anything, and return its core."""
        core = self._offer(node)
        if node not in self.shown_over and not self.tree.is_leaf(node):
            self._withhold(self._candidates(self.tree.below(node))[0])
        self._hide(node, core)
        return core
