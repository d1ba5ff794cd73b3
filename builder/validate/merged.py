"""Cells that are empty because a spreadsheet merged them with the one above: only the first row has their value."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.model import Field

__all__ = ["MERGED", "merged"]

MERGED = "merged-cells"

LONGEST = 50
"""Rows that anybody merges; a longer gap is a column that was not filled in."""

Rows = npt.NDArray[np.int64]


def merged(cells: pa.ChunkedArray, empty: Rows, field: Field) -> tuple[Rows, pa.ChunkedArray]:
    """Return which of the `empty` rows (ascending) may have been merged with a cell above, and the text of that cell.

    A single gap in a column of days or of few words is more likely a cell that was forgotten.
    """
    is_empty = np.zeros(len(cells), dtype=bool)
    is_empty[empty] = True
    filled = np.maximum.accumulate(np.where(is_empty, -1, np.arange(len(cells))))
    above = filled[empty]
    gaps = np.bincount(above + 1)[above + 1]
    is_merged = (above >= 0) & (gaps <= LONGEST)
    if field.type != "string" or "enum" in field.descriptor.get("constraints", {}):
        is_merged &= gaps > 1
    elif is_merged.any():
        counts = pc.value_counts(cells.combine_chunks().cast(pa.string()) if len(cells) else cells)
        often = {item["values"].as_py() for item in counts if item["counts"].as_py() > 1}
        words = cells.take(pa.array(np.maximum(above, 0))).to_pylist()
        is_merged &= (gaps > 1) | np.array([word in often for word in words], dtype=bool)
    rows = empty[is_merged]
    return rows, cells.take(pa.array(above[is_merged]))
