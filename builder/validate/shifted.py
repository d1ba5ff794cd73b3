"""Rows whose cells are shifted by one from some column on: told once a row, and not cell by cell.

Someone inserted a cell, or deleted one, in one row. Each cell behind it stands in its neighbour's column, where it is
refused, or worse, taken: a name for a telephone. Nothing of such cells is quoted, and no check sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builder.model import Field, Resource, Severity, Table, TextPart, letter
from builder.validate.cells import BLANK, Defects, judge
from builder.validate.words import SHIFTED, severity

__all__ = ["emptied", "settled"]

LEAST = 2
"""Cells that are refused where they stand and fit their neighbour's column: one may be anything."""

CHUNK = 500
"""Rows that are looked at together; no more are, unless most of these are shifted."""

Rows = npt.NDArray[np.int64]
Places = Mapping[int, Field]
Fits = Mapping[tuple[str, str], bool]


class Shift(NamedTuple):
    """`start`: the position of the first cell that is shifted, or was inserted. `better`: cells that speak for it."""

    better: int
    start: int


def settled(resource: Resource, part: TextPart, places: Mapping[str, str], found: Sequence[Defects]) -> list[Defects]:
    """Return the defects of a file with one for each shifted row in the place of all that it had.

    `places`: field → position of its column. The cells of such a defect are the letters of the columns from which on.
    """
    at = {int(position): resource.schema[name] for name, position in places.items()}
    rows, starts = list[int](), list[int]()
    for row, start in shifted(part, at, doubted(found)):
        rows.append(row)
        starts.append(start)
    if not rows:
        return list(found)
    gone = np.array(rows, dtype=np.int64)
    left = [others(item, gone) for item in found]
    letters = pa.chunked_array([pa.array([letter(start) for start in starts], pa.string())])
    return [*(item for item in left if len(item.rows)), Defects("", SHIFTED, gone, letters)]


def emptied(table: Table, found: Sequence[Sequence[Defects]]) -> Table:
    """Return a typed table without the cells that are shifted. `found`: the defects of each of its files, in order."""
    gone: dict[str, list[int]] = {}
    for part, defects in zip(table.parts, found, strict=True):
        order = {name: position(column) for name, column in part.columns.items() if name in table.frame}
        for item in defects:
            for row, start in zip(item.rows.tolist(), item.cells.to_pylist(), strict=True) if is_shift(item) else ():
                for name in (name for name, place in order.items() if place >= position(start)):
                    gone.setdefault(name, []).append(row + part.start)
    if not gone:
        return table
    frame = table.frame.copy(deep=False)
    for name, rows in gone.items():
        column = frame[name].copy()
        column.iloc[rows] = None
        frame[name] = column
    return replace(table, frame=frame)


def is_shift(item: Defects) -> bool:
    return item.rule == SHIFTED


def position(column: str) -> int:
    """Return the place, from 1, of a column with Excel's letters."""
    return reduce(lambda place, sign: 26 * place + ord(sign) - 64, column, 0)


def doubted(found: Sequence[Defects]) -> Rows:
    """Return the rows of which at least LEAST cells are refused, ascending."""
    refused = [item.rows for item in found if item.rule != BLANK and severity(item.rule) is Severity.ERROR]
    if len(refused) < LEAST:
        return np.array([], dtype=np.int64)
    rows, counts = np.unique(np.concatenate(refused), return_counts=True)
    return np.asarray(rows[counts >= LEAST], dtype=np.int64)


def others(item: Defects, gone: Rows) -> Defects:
    if item.rule == BLANK:
        return item
    is_kept = ~np.isin(item.rows, gone)
    return item._replace(rows=item.rows[is_kept], cells=item.cells.filter(pa.array(is_kept)))


def shifted(part: TextPart, at: Places, rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield the rows that are shifted, each with the position from which on."""
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        cells = [column.take(pa.array(chunk)).to_pylist() for column in part.columns]
        records = list(zip(*cells, strict=True))
        fits = judged(records, at)
        found = [(int(row), start) for row, record in zip(chunk, records, strict=True)
                 if (start := shift(record, at, fits)) is not None]  # fmt: skip
        yield from found
        if 2 * len(found) < len(chunk):
            return


def judged(records: Collection[Sequence[str]], at: Places) -> dict[tuple[str, str], bool]:
    """Return column and text → whether the text fits there, for all cells and the columns beside them."""
    found: dict[tuple[str, str], bool] = {}
    for position, field in at.items():
        near = range(max(0, position - 1), position + 2)
        texts = sorted({record[place] for record in records for place in near if place < len(record)} | {""})
        refused = {
            place for rule, places in judge(texts, field).items() if severity(rule) is Severity.ERROR
            for place in places.tolist()
        }  # fmt: skip
        found |= {(field.name, text): place not in refused for place, text in enumerate(texts)}
    return found


def shift(record: Sequence[str], at: Places, fits: Fits) -> int | None:
    """Return the position from which on the cells of a row are shifted by one; None where they are not."""
    wrong = [place for place, field in at.items() if not fits[field.name, record[place]]]
    shifts = [found for by in (1, -1) if (found := shift_by(by, record, at, fits, min(wrong)))]
    return max(shifts).start if shifts else None


def shift_by(by: int, record: Sequence[str], at: Places, fits: Fits, first: int) -> Shift | None:
    """Return how the cells are shifted, `by` 1 to the right or -1 to the left, if from near `first` on they all are.

    `first`: the position of the first cell that is refused.
    """
    tried = (shift_from(by, start, record, at, fits) for start in beginnings(by, record, at, fits, first))
    return next((found for found in tried if found), None)


def shift_from(by: int, start: int, record: Sequence[str], at: Places, fits: Fits) -> Shift | None:
    """Return the shift if every cell behind `start` fits the column that it comes from."""
    better = formal = 0
    for place in range(start + 1 if by > 0 else start, len(record)):
        text, own, meant = record[place], at.get(place), at.get(place - by)
        if meant is None:
            if text:
                return None  # the last cell of a row to which one was added would have to be empty
            continue
        if not fits[meant.name, text]:
            return None
        is_wrong = own is not None and not fits[own.name, text]
        better += bool(text) and is_wrong
        formal += bool(text) and is_formal(meant) and (is_wrong or own is None or not is_formal(own))
    lost = at.get(len(record) - 1) if by > 0 else None
    if lost is not None and not fits[lost.name, ""]:
        return None
    return Shift(better, start) if better >= LEAST and formal else None


def beginnings(by: int, record: Sequence[str], at: Places, fits: Fits, first: int) -> tuple[int, ...]:
    """Return where a shift may begin of which the cell at `first` is the first that is refused."""
    if by > 0:  # the cell that was inserted is empty, there or before it, or it is refused itself
        return (next((place for place in range(first, -1, -1) if not record[place]), first), first)
    start = first
    while start and record[start - 1]:
        own, meant = at.get(start - 1), at.get(start)
        if own is None or meant is None or is_formal(own) or not is_formal(meant):
            break
        if not fits[meant.name, record[start - 1]]:
            break
        start -= 1
    return (start,)


def is_formal(field: Field) -> bool:
    """Return whether a field takes a few texts only, so that it says something that one fits."""
    return field.type != "string" or bool(field.descriptor.get("constraints", {}).keys() & {"pattern", "enum"})
