"""Columns of a demonstration table: numpy arrays in, values that pandas writes as plain CSV out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from builder.demo.plan import Plan

__all__ = ["Dates", "Flags", "Floats", "Ints", "Texts", "days", "draw", "excuses", "pick", "toss"]

Dates = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Texts = NDArray[np.str_]


def pick(words: Sequence[str], codes: Ints, where: Flags | None = None) -> pd.Categorical[str]:
    """Return `words[code]` for each code, empty where `where` is false. The words must differ."""
    chosen: Ints = codes if where is None else np.where(where, codes, -1).astype(np.int64)
    return pd.Categorical.from_codes(chosen, pd.Index(words))


def draw(rng: Generator, shares: Sequence[float], count: int) -> Ints:
    """Return `count` positions drawn with probability proportional to `shares`."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(count), side="right").astype(np.int64)


def toss(rng: Generator, chance: float | Floats, count: int) -> Flags:
    """Return `count` flags, each true with probability `chance`."""
    return np.asarray(rng.random(count) < chance)


REASONS = (
    "施工方排期推迟,材料未到", "需要多个部门会商,方案未定", "连续降雨,现场无法作业", "经费已申请,等待批复",
    "人手不足,安排在下一轮", "涉及多户意见,仍在协商",
)  # fmt: skip


def excuses(rng: Generator, plan: Plan, is_late: Flags) -> dict[str, pd.Series | pd.Categorical[str]]:
    """Return delay_reason and expected_date of what is overdue: some give both, some one, some nothing."""
    count = len(is_late)
    reason, expected = is_late & toss(rng, 0.55, count), is_late & toss(rng, 0.45, count)
    day = plan.today + rng.integers(3, 75, count)
    return {
        "delay_reason": pick(REASONS, rng.integers(0, len(REASONS), count), reason),
        "expected_date": days(np.where(expected, day, np.datetime64("NaT", "D"))),
    }


def days(values: Dates) -> pd.Series:
    """Return dates as a column that is written YYYY-MM-DD, and empty for NaT."""
    return pd.Series(values.astype("datetime64[s]"))
