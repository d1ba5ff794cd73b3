"""What subjects measure of each branch, period by period, so that the formulas of another subject can name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["Measured"]


@dataclass(frozen=True, slots=True)
class Measured:
    """`names`: every measure that this package has → what it counts (message id).

    `values`: period → one row a branch that has any (index: branch_id), a column for each measure that was asked for;
    a branch that is not there has 0 of everything. `reads`: the columns, as `table.field`, that they are counted from.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
