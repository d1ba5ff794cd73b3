"""A frame sorted by unit, walked unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

__all__ = ["walk"]


def walk(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield unit and its rows (tuples of `columns`) of a frame sorted by its column `unit`: one walk, no filtering."""
    units = frame["unit"].tolist()
    rows = list(zip(*(frame[name].tolist() for name in columns), strict=True))
    start = 0
    for end in range(1, len(units) + 1):
        if end == len(units) or units[end] != units[start]:
            yield units[start], rows[start:end]
            start = end
