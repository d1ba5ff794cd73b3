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

GAPS, AGAIN = 4, 0.5
"""Gaps, and the share of those whose value stands elsewhere too, from which on cells were lost and none was merged."""

FEWEST = 5
"""Rows of the only gap, at the end of a table, from which on it is more likely lost."""

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
    if is_lost(cells, above):
        return empty[:0], cells.slice(0, 0)
    words = cells.take(pa.array(np.maximum(above, 0))).to_pylist()
    # a row that is empty all over is not among the gaps, and nothing is merged with it
    is_merged = (above >= 0) & (gaps <= LONGEST) & np.array([bool(word and word.strip()) for word in words], dtype=bool)
    if field.type != "string" or "enum" in field.descriptor.get("constraints", {}):
        is_merged &= gaps > 1
    elif is_merged.any():
        counts = pc.value_counts(plain(cells))
        often = {item["values"].as_py() for item in counts if item["counts"].as_py() > 1}
        is_merged &= (gaps > 1) | np.array([word in often for word in words], dtype=bool)
    rows = empty[is_merged]
    return rows, cells.take(pa.array(above[is_merged]))


def is_lost(cells: pa.ChunkedArray, above: Rows) -> bool:
    """Return whether cells of a column were lost, so that those above say nothing of them.

    Cells are merged in a table that is sorted by them: what stands above one gap stands nowhere else.
    """
    heads = np.unique(above[above >= 0])
    if len(heads) == 1 and len(above) >= FEWEST and int(above[-1]) + len(above) == len(cells) - 1:
        return True
    if len(heads) < GAPS:
        return False
    words = cells.take(pa.array(heads)).to_pylist()
    counts = {item["values"].as_py(): item["counts"].as_py() for item in pc.value_counts(plain(cells))}
    return bool(sum(counts[word] > 1 for word in words) > AGAIN * len(words))


def plain(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return cells.combine_chunks().cast(pa.string()) if len(cells) else cells
