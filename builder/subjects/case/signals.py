"""Months in which a street received more cases of a category than chance explains, by its own year before.

The test is the exact conditional one of two Poisson counts (Przyborowski & Wilenski 1940, Biometrika 31:313-323):
given the cases of the month and of the twelve months before it together, each falls into the month with the
probability of its share of the days. All tests of a package are one family, of which Benjamini & Hochberg (1995, JRSS B
57:289-300) keeps the share of false alarms at LEVEL. Both are sums and products (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["BEFORE", "LEVEL", "kept", "stand_out", "upper_tail"]

BEFORE = 12
"""Months of history: each time of the year is in it once."""

LEVEL = 0.05
"""The expected share of false alarms among the months that are named."""

COLUMNS = ["unit", "category_id", "month", "received", "usual"]


class Found(NamedTuple):
    """One test: a unit and category (`row`), the month by number, what was received, and what was usual."""

    row: int
    month: int
    received: int
    usual: float
    chance: float


def stand_out(frame: pd.DataFrame, months: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """Return the months that stand out, the newest first: unit, category_id, month, received, usual (cases a month).

    `frame`: unit, category_id, month, received; a month that is not there had none. `months`: first days of all whole
    months that the data covers, in order; the first BEFORE of them are history only.
    """
    if len(months) <= BEFORE or frame.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = (
        frame.assign(unit=frame["unit"].astype("str"), category_id=frame["category_id"].astype("str"))
        .groupby(["unit", "category_id", "month"])["received"].sum()
        .unstack(fill_value=0).reindex(columns=list(months), fill_value=0)
    )  # fmt: skip
    lengths = np.array([month.days_in_month for month in months])
    tests = tested(table.to_numpy(dtype=np.int64), lengths)
    named = [test for test, is_kept in zip(tests, kept([test.chance for test in tests]), strict=True) if is_kept]
    named.sort(key=lambda test: (-test.month, test.row))
    return pd.DataFrame(
        [(*table.index[test.row], months[test.month], test.received, test.usual) for test in named], columns=COLUMNS
    )


def tested(counts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> list[Found]:
    """Return every test of `counts` (one row a unit and category, one column a month) that has a case at all."""
    found = []
    for month in range(BEFORE, counts.shape[1]):
        here, past = counts[:, month], counts[:, month - BEFORE : month].sum(axis=1)
        days, before = int(lengths[month]), int(lengths[month - BEFORE : month].sum())
        for row in np.flatnonzero(here + past):
            received, total = int(here[row]), int(here[row] + past[row])
            chance = upper_tail(received, total, days / (days + before))
            found.append(Found(int(row), month, received, float(past[row]) * days / before, chance))
    return found


@lru_cache(2**16)
def upper_tail(least: int, total: int, share: float) -> float:
    """Return the probability of `least` or more of `total`, each with the probability `share` (0 < share < 1)."""
    if least <= total * share:
        # more than that is no rarity, and the sum below would be long
        return 1.0
    term = exp(
        lgamma(total + 1) - lgamma(least + 1) - lgamma(total - least + 1)
        + least * log(share) + (total - least) * log1p(-share)
    )  # fmt: skip
    result = 0.0
    for number in range(least, total + 1):
        result += term
        if term < result * 1e-17:
            break
        term *= (total - number) / (number + 1) * share / (1 - share)
    return min(result, 1.0)


def kept(chances: Sequence[float], level: float = LEVEL) -> list[bool]:
    """Return which tests Benjamini and Hochberg's step-up procedure rejects."""
    values = np.array(chances, dtype=np.float64)
    order = np.sort(values)
    below = np.flatnonzero(order <= level * np.arange(1, len(order) + 1) / max(len(order), 1))
    return [bool(value <= order[below[-1]]) for value in values] if len(below) else [False] * len(values)
