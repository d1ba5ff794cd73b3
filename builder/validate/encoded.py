"""A column of text as codes and distinct values: what is true of a value is true of every cell that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Encoded", "encoded", "filled", "is_encoded", "joined", "nothing", "same"]

TEXT = pa.string()


class Encoded(NamedTuple):
    """`codes`: one int32 a cell; the cell's text is `values[code]`. Every value is in there once."""

    codes: npt.NDArray[np.int32]
    values: pa.StringArray


def is_encoded(column: pa.ChunkedArray) -> bool:
    """Return whether the column has a dictionary, because its values repeat."""
    return bool(pa.types.is_dictionary(column.type))


def encoded(column: pa.ChunkedArray) -> Encoded:
    """Return the codes and values of a column of dictionary<int32, string> or of string."""
    one = column.unify_dictionaries() if is_encoded(column) else column.dictionary_encode()
    chunks = one.chunks
    codes = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in chunks]
    values = chunks[-1].dictionary if chunks else pa.array([], TEXT)
    return Encoded(np.concatenate(codes) if codes else np.zeros(0, np.int32), values)


def joined(columns: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Return the columns of several files one below the other; text where one of them is."""
    if all(map(is_encoded, columns)):
        return pa.chunked_array([chunk for column in columns for chunk in column.chunks], columns[0].type)
    plain = (pc.cast(column, TEXT) if is_encoded(column) else column for column in columns)
    return pa.chunked_array([chunk for column in plain for chunk in column.chunks], TEXT)


def same(text: str, count: int) -> pa.ChunkedArray:
    """Return a column of `count` cells that hold `text`."""
    return pa.chunked_array([pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([text]))])


def nothing(columns: Sequence[pa.ChunkedArray]) -> npt.NDArray[np.int64]:
    """Return the rows in which every one of `columns` is empty."""
    found: npt.NDArray[np.bool_] | None = None
    # a column with few values says at once that none is empty
    for column in sorted(columns, key=is_encoded, reverse=True):
        is_empty = empty(column)
        found = is_empty if found is None else found & is_empty
        if not found.any():
            break
    return np.flatnonzero([] if found is None else found).astype(np.int64)


def empty(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    if not is_encoded(column):
        return np.asarray(pc.equal(column, "").to_numpy(), dtype=bool)
    codes, values = encoded(column)
    return np.asarray(codes == pc.index(values, "").as_py(), dtype=bool)


def filled(column: pa.ChunkedArray) -> int:
    """Return how many cells are not empty."""
    if pa.types.is_dictionary(column.type):
        column = column.combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
        blank = pc.equal(column.dictionary, "")
        return int(len(column) - pc.sum(pc.take(blank, column.indices)).as_py() if len(column) else 0)
    return int(pc.sum(pc.not_equal(column, "")).as_py() or 0)
