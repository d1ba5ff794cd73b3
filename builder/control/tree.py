"""Small values of one tree of sums are hidden, with enough beside them that nobody works them out.

What always holds, against a reader who knows every shown value, every label, the tree, `k` and this very algorithm: a
cell labelled FEWER may still be every value that the label allows, and the possible values of a WITHHELD cell span at
least `k`. It holds because what is hidden follows from what stays possible, not from what is hidden:

- Which neighbour is hidden is decided by the public order of the cells, never by its size.
- Every hidden cell has a *core*: values that it can take, the others being in theirs, without any decision falling
  otherwise. A total is shown only if each core below it can be had in full with that total.
- A total too small for that is hidden, or joined by another cell, which tells a reader that it was too small. So the
  bar is one higher than it need be, and everything below remains possible with totals under the bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

__all__ = ["Status", "Suppression", "Tree", "Values", "least_small", "protected"]

Values = npt.NDArray[np.int64]
Core = tuple[int, int | None]  # the least value, and the greatest; None: no end, and any `k` beyond the least will do


class Status(IntEnum):
    """What is printed in place of a value."""

    SHOWN = 0
    FEWER = 1  # under k
    WITHHELD = 2  # hidden for another's sake: the label says nothing but that


def protected(
    values: Values,
    parent: Values,
    k: int,
    *,
    zero_is_sensitive: bool = False,
    own: npt.NDArray[np.bool_] | None = None,
    order: Values | None = None,
) -> npt.NDArray[np.int8]:
    """Return the Status of every node of a forest of sums, int8[n].

    `values` int64[n] of the nodes, `parent` int64[n]: index of the node that each is part of, −1 of a root. A node is
    the sum of its children, or at least that where `own` (bool[n]) is true: what else it has is published nowhere.
    `order` int64[n]: which of several cells is hidden first, the lowest; without it the one that stands first. It must
    not depend on `values`: codes, households, what was shown of an earlier quarter.
    `k` is at least 4, or 2 where zeros are sensitive: below that “fewer” is one value or two.

    Raises ValueError for a `k` too low, a negative value, a parent that is not the sum, a circle.
    """
    lowest = least_small(k, zero_is_sensitive)
    return Suppression(Tree.of(values, parent, own, order), values, k, lowest).run()


def least_small(k: int, zero_is_sensitive: bool) -> int:
    """Return the least value that “fewer” may mean; raise ValueError where the label would leave one value or two."""
    if k < (2 if zero_is_sensitive else 4):
        raise ValueError(f"k = {k} hides nothing")
    return 0 if zero_is_sensitive else 1


@dataclass(frozen=True, slots=True)
class Tree:
    """Who is whose child, in public order."""

    parent: Values
    bottom_up: list[int]  # nodes with children, each after those below it
    start: list[int]  # children of node i: children[start[i]:start[i + 1]]
    children: list[int]
    is_open: list[bool]

    @classmethod
    def of(cls, values: Values, parent: Values, own: npt.NDArray[np.bool_] | None, order: Values | None) -> Tree:
        """Return the tree of `parent`; raise ValueError if `values` do not add up on it."""
        count = len(values)
        is_open = np.zeros(count, bool) if own is None else own
        below = parent >= 0
        sums = np.zeros(count, np.int64)
        np.add.at(sums, parent[below], values[below])
        sizes = np.bincount(parent[below], minlength=count)
        rest = values - sums
        if count and (values.min() < 0 or np.any(rest[sizes > 0] < 0) or np.any(rest[(sizes > 0) & ~is_open])):
            raise ValueError("a parent is not the sum of its children")
        depth = _depths(parent)
        rank = np.arange(count) if order is None else np.lexsort((np.arange(count), order)).argsort()
        by_parent = np.lexsort((rank, parent))
        inner = np.flatnonzero(sizes)
        return cls(
            parent,
            inner[np.lexsort((inner, -depth[inner]))].tolist(),
            np.concatenate(([0], np.cumsum(sizes))).tolist(),
            by_parent[np.count_nonzero(~below) :].tolist(),
            is_open.tolist(),
        )

    def below(self, node: int) -> list[int]:
        """Return the children of a node in public order."""
        return self.children[self.start[node] : self.start[node + 1]]

    def is_leaf(self, node: int) -> bool:
        """Return whether nothing lies below a node."""
        return self.start[node] == self.start[node + 1]


def _depths(parent: Values) -> Values:
    """Return how far below its root each node lies."""
    depth = np.zeros(len(parent), np.int64)
    at = parent.copy()
    for _ in range(len(parent) + 1):
        below = at >= 0
        if not below.any():
            return depth
        depth += below
        at = np.where(below, parent[at], -1)
    raise ValueError("an area lies in itself")


@dataclass(slots=True)
class _Group:
    """The hidden cells below one parent: what they add up to at least, and how far each of them may move."""

    low: int = 0
    widths: int = 0  # of the cores that have an end, added up
    longest: int = 0  # of these, but for the small cells; 0: there are none but small cells
    endless: int = 0
    is_open: bool = False  # a part without end that is published nowhere and needs no protection
    total: int = 0  # the real one: public if the parent is shown

    def add_small(self, few: tuple[int, int], total: int, count: int) -> None:
        self.low += few[0] * count
        self.widths += (few[1] - few[0]) * count
        self.total += total

    def add(self, core: Core, value: int) -> None:
        low, high = core
        self.low += low
        self.total += value
        if high is None:
            self.endless += 1
        else:
            self.widths += high - low
            self.longest = max(self.longest, high - low)

    @property
    def high(self) -> int | None:
        return None if self.endless or self.is_open else self.low + self.widths


class Suppression:
    """One table on its way up the tree; `must` bool[n]: what is hidden whatever its value."""

    def __init__(
        self, tree: Tree, values: Values, k: int, lowest: int, must: npt.NDArray[np.bool_] | None = None
    ) -> None:
        self.tree, self.k, self.lowest = tree, k, lowest
        self.must: list[bool] = [False] * len(values) if must is None else must.tolist()
        self.values: list[int] = values.tolist()
        is_small = (values >= lowest) & (values < k)
        sizes = np.diff(np.array(tree.start))
        leaf = sizes == 0
        self.status = np.where(leaf & is_small, Status.FEWER, Status.SHOWN).astype(np.int8)
        small = np.flatnonzero((self.status == Status.FEWER) & (tree.parent >= 0))
        self.small_count: list[int] = np.bincount(tree.parent[small], minlength=len(values)).tolist()
        sums = np.zeros(len(values), np.int64)
        np.add.at(sums, tree.parent[small], values[small])
        self.small_sum: list[int] = sums.tolist()
        self.hidden_below: dict[int, list[int]] = {}  # nodes with children that are hidden, by their parent
        self.cores: dict[int, Core] = {}
        self.shown_over: dict[int, Core] = {}  # shown nodes with hidden children: what else might be shown there
        for node in () if must is None else np.flatnonzero(must & leaf & ~is_small).tolist():
            self._hide(node, Status.WITHHELD, (k, None))

    def run(self) -> npt.NDArray[np.int8]:
        """Return the Status of every node."""
        for node in self.tree.bottom_up:
            self._decide(node)
        return self.status

    def _decide(self, node: int) -> None:
        """Show a node over its children, hiding more of these if need be, or hide it."""
        value, k, few = self.values[node], self.k, (self.lowest, self.k - 1)
        hidden = self.hidden_below.get(node, ())
        number = self.small_count[node] + len(hidden)
        if not number:
            if self.lowest <= value < k:  # of its own: with children it would have hidden ones
                self._hide(node, Status.FEWER, few)
            elif self.must[node]:
                self._hide(node, Status.WITHHELD, self._withhold(node))
            return
        group = _Group(is_open=self.tree.is_open[node])
        group.add_small(few, self.small_sum[node], self.small_count[node])
        for child in hidden:
            if self.status[child] == Status.FEWER:
                group.add_small(few, self.values[child], 1)
            else:
                group.add(self.cores[child], self.values[child])
        shown = self._shown_sum(node) if group.is_open else value - group.total
        group.total = value - shown
        if number == 1 and not shown and (not hidden or self.status[hidden[0]] == Status.FEWER):
            if value < k:
                self._hide(node, Status.FEWER, few)
                return
            group.low = k  # or it would be under k itself
        for candidate in (*self._candidates(node), None):
            if self._may_be_shown(group):
                bar, end = group.low + k + 1, self._end(group)
                if bar <= group.total and (end is None or group.total <= end):
                    self._show(node, (bar + shown, None if end is None else end + shown))
                    return
                group = _Group(group.low, k, k, total=group.total)
            if candidate is None:
                break
            group.add(self._withhold(candidate), self.values[candidate])
            shown -= self.values[candidate]
        high = group.high
        self._hide(node, Status.WITHHELD, (group.low + shown, None if high is None else high + shown))

    def _end(self, group: _Group) -> int | None:
        """Return the greatest total at which every cell below keeps its core."""
        wanted = self.k if group.longest else self.k - 1 - self.lowest
        return None if group.high is None else group.high - wanted

    def _may_be_shown(self, group: _Group) -> bool:
        """Return whether there are totals at which every cell below keeps its core; if so, they span `k`."""
        if group.is_open or group.endless > 1:
            return True
        if group.endless:
            return group.widths >= self.k  # the others must let it move
        end = self._end(group)
        is_movable = not group.longest or group.widths - group.longest >= self.k
        return is_movable and end is not None and end - (group.low + self.k + 1) >= self.k

    def _show(self, node: int, over: Core) -> None:
        """Show a node over hidden cells, or hide it all the same if it must be."""
        self.shown_over[node] = over
        if self.must[node]:
            self._hide(node, Status.WITHHELD, over)

    def _hide(self, node: int, status: Status, core: Core) -> None:
        self.status[node] = status
        self.cores[node] = core
        above = int(self.tree.parent[node])
        if above >= 0:
            self.hidden_below.setdefault(above, []).append(node)

    def _withhold(self, node: int) -> Core:
        """Hide a shown node for another's sake, down to a cell that may be anything, and return its core."""
        self.status[node] = Status.WITHHELD
        if node in self.shown_over:
            return self.shown_over[node]
        if self.tree.is_leaf(node):
            return self.k, None
        if self.tree.is_open[node]:
            return max(self.k, self._shown_sum(node)), None
        first = (self._candidates(node) or self.tree.below(node))[0]
        low, high = self._withhold(first)
        rest = self.values[node] - self.values[first]
        return low + rest, None if high is None else high + rest

    def _candidates(self, node: int) -> Sequence[int]:
        """Return the children that are shown and not zero, so `k` or more, in public order."""
        return [child for child in self.tree.below(node) if self._is_shown(child) and self.values[child]]

    def _is_shown(self, node: int) -> bool:
        return bool(self.status[node] == Status.SHOWN)

    def _shown_sum(self, node: int) -> int:
        return sum(self.values[child] for child in self.tree.below(node) if self._is_shown(child))
