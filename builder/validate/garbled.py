"""A file that was saved in a wrong encoding: one error for all of it, and none for each of its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.language import mark
from builder.mend import garbled
from builder.model import Address, Finding, Message, Resource, Severity, TextPart
from builder.validate.cells import Defects
from builder.validate.merged import MERGED

__all__ = ["GARBLED", "garbled_file"]

GARBLED = "garbled-file"
FEWEST = 5
"""Cells that are garbled; of fewer each is told by itself."""

CHINESE = r"\p{Han}|\x{FFFD}"


def garbled_file(
    resource: Resource, part: TextPart, defects: Sequence[Defects]
) -> tuple[tuple[Finding, ...], Sequence[Defects]]:
    """Return the error about a file of which most Chinese cells are garbled, and what else is wrong with its cells."""
    masks = [illegible(item) for item in defects]
    if sum(map(np.count_nonzero, masks)) < FEWEST:
        return (), defects
    rows: dict[str, set[int]] = defaultdict(set)
    for item, mask in zip(defects, masks, strict=True):
        rows[item.field].update(item.rows[mask].tolist())
    count = sum(map(len, rows.values()))
    every = sum(int(pc.sum(pc.match_substring_regex(texts(column), CHINESE)).as_py() or 0) for column in part.columns)
    if 2 * count <= every:
        return (), defects
    message = Message(
        mark("the file is garbled: {count} of its {all} cells with Chinese words are not legible"),
        mark("Take the file from where it came from and save it as “CSV UTF-8”; do not mend it cell by cell."),
        {"count": count, "all": max(count, every)},
    )
    return (Finding(GARBLED, Severity.ERROR, resource.name, Address(part.path), message),), [
        item._replace(rows=item.rows[~mask], cells=item.cells.filter(pa.array(~mask)) if item.field else item.cells)
        for item, mask in zip(defects, masks, strict=True) if not mask.all()
    ]  # fmt: skip


def illegible(item: Defects) -> npt.NDArray[np.bool_]:
    """Return which cells of a defect are garbled; a row without cells is not."""
    if not item.field or item.rule == MERGED:
        return np.zeros(len(item.rows), dtype=bool)
    words = [text for text in item.cells.unique().to_pylist() if text and garbled(text) is not None]
    return np.asarray(pc.is_in(texts(item.cells), pa.array(words, pa.string())).to_numpy(), dtype=bool)


def texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())
