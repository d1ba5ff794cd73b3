"""Frames of many rows: text as codes while it waits, and one frame of several."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pandas.api.types import union_categoricals

__all__ = ["compact", "joined", "looked_up"]


def compact(frame: pd.DataFrame, *unique: str) -> pd.DataFrame:
    """Return `frame` with its text as category, save the columns `unique`, whose cells all differ.

    Whole numbers are counts and days here: half as many bytes hold them.
    """
    texts = [name for name in frame if isinstance(frame[name].dtype, pd.StringDtype) and name not in unique]
    numbers = [name for name in frame if frame[name].dtype == "int64"]
    return frame.astype({**dict.fromkeys(texts, "category"), **dict.fromkeys(numbers, "int32")})


def joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all `frames`, which have the same columns, one after the other; category stays category."""
    if len(frames) == 1:
        return frames[0]
    return pd.DataFrame({name: column([frame[name] for frame in frames]) for name in frames[0]})


def column(parts: Sequence[pd.Series]) -> pd.Series:
    if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
        return pd.Series(union_categoricals(list(parts), sort_categories=True))
    return pd.concat(parts, ignore_index=True)


def looked_up(keys: pd.Series, known: pd.Series) -> pd.Series:
    """Return what `known` (key, each once → value) says of each key, empty where it does not know one; its type stays.

    `Series.map` fails for days where nothing is known.
    """
    return known.reindex(keys).set_axis(keys.index)
