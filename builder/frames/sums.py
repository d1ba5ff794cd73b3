"""Sums of rows by several columns, over one whole number a row: a million texts need not be hashed once a grouping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["summed"]

Ints: TypeAlias = npt.NDArray[np.int64]


def summed(frame: pd.DataFrame, keys: Sequence[str], counted: Sequence[str]) -> pd.DataFrame:
    """Return the sums of `counted` by `keys`, in the order of these: columns *keys (text as category), *counted.

    A row that lacks one of the keys is in no sum. `counted`: counts, which become int32 (as keys that are numbers do),
    or money, which is Int64 and remains so.
    """
    columns = [coded(frame[name]) for name in keys]
    numbers = np.zeros(len(frame), dtype=np.int64)
    is_whole = np.ones(len(frame), dtype=np.bool_)
    for codes, values in columns:
        numbers = numbers * len(values) + codes
        is_whole &= codes >= 0
    rows = slice(None) if is_whole.all() else is_whole
    places, found = pd.factorize(numbers[rows], sort=True)
    result: dict[str, Any] = {name: total(frame[name][rows], places, len(found)) for name in counted}
    for name, (_, values) in zip(reversed(keys), reversed(columns), strict=True):
        found, codes = np.divmod(found, max(len(values), 1))
        result[name] = decoded(codes, values)
    return pd.DataFrame({name: result[name] for name in (*keys, *counted)})


def coded(column: pd.Series) -> tuple[Ints, pd.Index]:
    """Return for each cell the place of its value among the distinct values, which are in order; -1 for none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        ordered = column.array
        if not ordered.categories.is_monotonic_increasing:
            ordered = ordered.reorder_categories(ordered.categories.sort_values())
        return ordered.codes.astype(np.int64), ordered.categories
    codes, values = pd.factorize(column, sort=True)
    return codes, pd.Index(values)


def decoded(codes: Ints, values: pd.Index) -> pd.Categorical[Any] | pd.Index:
    """Return the values of `codes`, text as a category that has no value that is not there."""
    if values.dtype.kind != "O":
        return values.take(codes).astype("int32" if values.dtype == "int64" else values.dtype)
    is_used = np.bincount(codes, minlength=len(values)) > 0
    if not is_used.all():
        codes, values = (np.cumsum(is_used) - 1)[codes], values[is_used]
    return pd.Categorical.from_codes(codes, categories=values.astype("str"))


def total(column: pd.Series, places: Ints, size: int) -> npt.NDArray[np.int32] | pd.Series:
    """Return the sum of the cells of each place, 0 … `size` - 1."""
    if isinstance(column.dtype, pd.Int64Dtype):
        # money, which never becomes a float
        return column.groupby(places).sum().reset_index(drop=True)
    # a float holds the number of any rows exactly
    return np.bincount(places, weights=column.to_numpy(), minlength=size).astype(np.int32)
