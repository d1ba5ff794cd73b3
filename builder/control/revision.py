"""A table that was published once is published again, corrected.

What always holds, against a reader who has both: a value that is seen in both has not changed, or by `k` at least; what
was hidden stays hidden; what changed by fewer than `k` is hidden now, with enough beside it that its value (so its
change, too) spans at least `k`, or all that “fewer” allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builder.control.tree import Status, Suppression, Tree, Values, least_small

__all__ = ["Revision", "revisable"]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a correction may show: `status` int8[n] of the new values, or None if a cell stands in the way.

    `in_the_way` int64[m]: nodes that were shown and changed by fewer than `k`. Only where a root is among them the
    correction has to wait: its change is that of the whole tree, and nothing else can be mistaken for it.
    """

    status: npt.NDArray[np.int8] | None
    in_the_way: Values


def revisable(
    old_values: Values,
    old_status: npt.NDArray[np.int8],
    new_values: Values,
    parent: Values,
    k: int,
    *,
    zero_is_sensitive: bool = False,
    own: npt.NDArray[np.bool_] | None = None,
    order: Values | None = None,
) -> Revision:
    """Return whether `new_values` may follow `old_values`, shown as `old_status` says, and how.

    All arrays are of the same nodes in the same order (a node that is new or gone counts as 0); see `protected`.
    """
    change = np.abs(new_values - old_values)
    was_shown = old_status == Status.SHOWN
    in_the_way = np.flatnonzero(was_shown & (change > 0) & (change < k))
    if np.any(parent[in_the_way] < 0):
        return Revision(None, in_the_way)
    tree = Tree.of(new_values, parent, own, order)
    lowest = least_small(k, zero_is_sensitive)
    must = ~was_shown
    must[in_the_way] = True
    return Revision(Suppression(tree, new_values, k, lowest, must).run(), in_the_way)
