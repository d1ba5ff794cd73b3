"""Somebody who has everything that was published and works out what was not.

Knows nothing of the engine: cells with what their labels allow, equations between them, and a solver. Linear programs
for a screen; integer programs where an interval comes out narrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

Cell = Hashable
Interval = tuple[float, float]  # infinite where there is no end
ANY = (0.0, np.inf)


@dataclass
class Knowledge:
    """What is known of cells, over any number of tables, quantities and releases."""

    bounds: dict[Cell, Interval] = field(default_factory=dict)
    equations: list[tuple[Mapping[Cell, int], int]] = field(default_factory=list)

    def learn(self, cell: Cell, low: float, high: float) -> None:
        """Note that a cell lies between two values, besides what is known of it."""
        before = self.bounds.get(cell, (-np.inf, np.inf))
        self.bounds[cell] = (max(low, before[0]), min(high, before[1]))

    def learn_sum(self, whole: Cell, parts: Iterable[Cell]) -> None:
        """Note that one cell is the sum of others."""
        self.equations.append(({whole: -1, **dict.fromkeys(parts, 1)}, 0))

    def learn_difference(self, change: Cell, new: Cell, old: Cell) -> None:
        """Note that one cell is what another has more than a third."""
        self.learn(change, -np.inf, np.inf)
        self.equations.append(({new: 1, old: -1, change: -1}, 0))

    def intervals(self, wanted: Iterable[Cell], narrow: float = 0) -> Iterator[tuple[Cell, Interval]]:
        """Yield the least and greatest value of each wanted cell; in integers where that spans less than `narrow`."""
        systems = self._systems()
        for cell in wanted:
            low, high = self.bounds[cell]
            if low == high:
                yield cell, (low, high)
                continue
            system = systems[cell]
            found = system.interval(cell, exact=False)
            yield cell, system.interval(cell, exact=True) if found[1] - found[0] < narrow else found

    def _systems(self) -> dict[Cell, System]:
        """Return the equations that hang together, by each unknown cell in them."""
        by_cell: dict[Cell, list[int]] = defaultdict(list)
        for number, (terms, _) in enumerate(self.equations):
            for cell in terms:
                if self.bounds[cell][0] != self.bounds[cell][1]:
                    by_cell[cell].append(number)
        found: dict[Cell, System] = {}
        for first in [cell for cell, (low, high) in self.bounds.items() if low != high]:
            if first in found:
                continue
            cells, numbers, todo = {first: 0}, set[int](), [first]
            while todo:
                for number in by_cell[todo.pop()]:
                    if number not in numbers:
                        numbers.add(number)
                        new = [c for c in self.equations[number][0] if c in by_cell and c not in cells]
                        cells |= {cell: len(cells) + index for index, cell in enumerate(new)}
                        todo += new
            system = System.of(self, cells, sorted(numbers))
            found |= dict.fromkeys(cells, system)
        return found


@dataclass(frozen=True)
class System:
    """Unknown cells that hang together: matrix @ cells == right."""

    cells: Mapping[Cell, int]
    matrix: csr_array
    right: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, knowledge: Knowledge, cells: Mapping[Cell, int], numbers: list[int]) -> System:
        rows, columns, values, right = [], [], [], np.zeros(len(numbers))
        for row, number in enumerate(numbers):
            terms, right[row] = knowledge.equations[number]
            for cell, factor in terms.items():
                if cell in cells:
                    rows.append(row)
                    columns.append(cells[cell])
                    values.append(factor)
                else:
                    right[row] -= factor * knowledge.bounds[cell][0]
        matrix = csr_array((values, (rows, columns)), shape=(len(numbers), len(cells)))
        limits = np.array([knowledge.bounds[cell] for cell in cells])
        return cls(cells, matrix, right, limits[:, 0], limits[:, 1])

    def interval(self, cell: Cell, *, exact: bool) -> Interval:
        """Return the least and the greatest value of a cell, of integers if `exact`."""
        goal = np.zeros(len(self.cells))
        goal[self.cells[cell]] = 1
        return self._least(goal, exact=exact), -self._least(-goal, exact=exact)

    def _least(self, goal: np.ndarray, *, exact: bool) -> float:
        if not len(self.right):
            return float(np.where(goal > 0, self.low, -self.high)[goal != 0][0])
        if exact:
            rule = LinearConstraint(self.matrix, self.right, self.right)
            answer = milp(goal, constraints=rule, bounds=Bounds(self.low, self.high), integrality=np.ones(len(goal)))
        else:
            answer = linprog(goal, A_eq=self.matrix, b_eq=self.right, bounds=np.column_stack([self.low, self.high]))
        if answer.status == 3 or (answer.status == 4 and not exact):
            return -np.inf
        assert answer.status == 0, f"what is published contradicts itself: {answer.message}"
        return round(float(answer.fun), 6) + 0.0


def breached(interval: Interval, wanted: Interval, span: float) -> bool:
    """Return whether a reader knows more of a cell than its label says: not all of `wanted`, or less than a `span`."""
    low, high = interval
    return low > wanted[0] or high < wanted[1] or high - low < span


def tells_of_few(interval: Interval, k: int) -> bool:
    """Return whether a change is known to be one of a few persons, more or less."""
    low, high = interval
    return high - low < k and (low != high or 0 < abs(low) < k)
