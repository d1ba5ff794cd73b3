"""Somebody who has what was published and the program: every table there is, published, is held against what was seen.

A table that looks the same when it is published is possible; no other is. Nothing is sharper than this, and nothing
slower: tables of a few cells only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from builder.control import Status

Values = npt.NDArray[np.int64]


def sums_up_to(count: int, total: int) -> Iterator[tuple[int, ...]]:
    """Yield every tuple of so many counts that add up to `total` at most."""
    if not count:
        yield ()
        return
    for first in range(total + 1):
        for rest in sums_up_to(count - 1, total - first):
            yield (first, *rest)


def added_up(parts: Sequence[int], at: Sequence[int], parent: Values) -> Values:
    """Return the values of a tree whose nodes `at` have these parts of their own."""
    values = np.zeros(len(parent), np.int64)
    for node, part in zip(at, parts, strict=True):
        while node >= 0:
            values[node] += part
            node = int(parent[node])
    return values


def told_by_the_program(
    publish: Callable[[Values], npt.NDArray[np.int8]],
    parent: Values,
    own: Sequence[int],
    k: int,
    lowest: int,
    most: int,
) -> tuple[int, list[str]]:
    """Return how many publications there are of a tree with one root and at most `most` in all, and what they tell.

    A table with a hidden root is judged only if it is so small that all that look like it were tried.
    """
    at = [node for node in range(len(parent)) if node not in parent] + list(own)
    seen: dict[tuple[bytes, bytes], list[Values]] = defaultdict(list)
    for parts in sums_up_to(len(at), most):
        values = added_up(parts, at, parent)
        status = publish(values)
        seen[status.tobytes(), np.where(status == Status.SHOWN, values, -1).tobytes()].append(values)
    told = []
    for (labels, _), alike in seen.items():
        status, values = np.frombuffer(labels, np.int8), np.array(alike)
        if status[0] != Status.SHOWN and values[:, 0].min() > most - 3 * k:
            continue
        for node in np.flatnonzero(status):
            possible = set(values[:, node].tolist())
            if status[node] == Status.FEWER and possible != set(range(lowest, k)):
                told.append(f"{values[0]} {status}: cell {node} is one of {possible}")
            if status[node] == Status.WITHHELD and max(possible) - min(possible) < k:
                told.append(f"{values[0]} {status}: cell {node} is one of {possible}")
    return len(seen), told
