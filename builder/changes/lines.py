"""Of two large files of the same columns, the rows that are not line for line in both: the others have not changed.

A line is a row as long as no cell has a line break; a file with such cells is read whole instead. That a key is there
once is what the checks before a release have seen to.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from builder.changes.previous import Stored
from builder.changes.text import BLOCK, TEXT, names, parsed

__all__ = ["LARGE", "rest"]

Places = npt.NDArray[np.int64]

LARGE = 20_000
"""Rows. Smaller tables are read whole: that takes no time."""

WINDOW = 1 << 15
"""Lines that are looked up at a time."""

NEVER = "\x1f"
"""Stands between the cells of no file: all of a line is one cell."""


def rest(before: Stored, now: Stored) -> tuple[pa.Table, pa.Table] | None:
    """Return the rows of each file that the other does not have; None where they must be read whole to tell."""
    if names(before) != names(now) or not now.schema.get("primaryKey"):
        return None
    with ThreadPoolExecutor(2) as pool:  # what reads text lets go of Python's lock
        old, new = pool.map(lines, (before, now))
    if old is None or new is None or min(len(old), len(new)) < LARGE or old[0] != new[0]:
        return None
    header = old[0].as_py()
    left, came = without_common(old[1:], new[1:])
    # a line that both files have has as many quotation marks in both
    if has_odd(old) or has_odd(came):
        return None
    return part(before, header, left), part(now, header, came)


def without_common(old: pa.ChunkedArray, new: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return the lines that only one of two files has; one that is there twice in one and once in the other remains.

    Files of two nights are mostly in the same order: a window of one is looked up in a window of the other, which is
    as fast as its lines lie close together in memory, and whatever remains in all of what remains.
    """
    is_left, is_new = np.ones(len(old), dtype=bool), np.ones(len(new), dtype=bool)
    start = 0
    for at in range(0, len(new), WINDOW):
        found, wanted = match(old.slice(start, WINDOW), new.slice(at, WINDOW))
        is_left[start + found], is_new[at + wanted] = False, False
        start += int(found[-1]) + 1 if len(found) else WINDOW
    left, came = old.filter(pa.array(is_left)).combine_chunks(), new.filter(pa.array(is_new)).combine_chunks()
    found, wanted = match(left, came)
    return without(left, found), without(came, wanted)


def match(old: pa.Array, new: pa.Array) -> tuple[Places, Places]:
    """Return where the lines that both have lie in each, every line once."""
    at = pc.index_in(new, value_set=old)
    found = at.drop_null().to_numpy().astype(np.int64)
    wanted = np.flatnonzero(at.is_valid().to_numpy(zero_copy_only=False))
    once, first = np.unique(found, return_index=True)
    return (found, wanted) if len(once) == len(found) else (found[np.sort(first)], wanted[np.sort(first)])


def without(values: pa.Array, places: Places) -> pa.Array:
    kept = np.ones(len(values), dtype=bool)
    kept[places] = False
    return values.filter(pa.array(kept))


def lines(table: Stored) -> pa.ChunkedArray | None:
    """Return the lines of a file, its header first; None where it is not to be read like that."""
    try:
        return csv.read_csv(
            table.path,
            read_options=csv.ReadOptions(column_names=["line"], block_size=BLOCK),
            parse_options=csv.ParseOptions(delimiter=NEVER, quote_char=False),
            convert_options=csv.ConvertOptions(column_types={"line": TEXT}, strings_can_be_null=False),
        )["line"]
    except (pa.ArrowInvalid, OSError):  # whatever it is, reading it whole says it
        return None


def has_odd(found: pa.ChunkedArray | pa.Array) -> bool:
    """Return whether a line has an odd number of quotation marks, so that a cell goes on behind its end."""
    return bool(pc.any(pc.equal(pc.bit_wise_and(pc.count_substring(found, '"'), 1), 1)).as_py())


def part(table: Stored, header: str, rows: pa.Array) -> pa.Table:
    """Return some lines of a file as its rows."""
    text = "\n".join([header, *rows.to_pylist(), ""])
    return parsed(table, pa.BufferReader(text.encode()))
