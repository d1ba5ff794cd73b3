"""A published table as text: every cell as it stands in the file, an empty cell empty."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from builder.changes.previous import Stored, refuse

__all__ = ["BLOCK", "TEXT", "column", "keys", "names", "parsed", "read"]

BLOCK = 1 << 23
"""Bytes that are read at a time: no row may be longer."""

BETWEEN = "|"
TEXT = pa.large_string()

def read(table: Stored) -> pa.Table:
    """Return the rows of a published table, all columns large_string and no cell null; also of a compressed file.

    Raises BuilderError when it is damaged.
    """
    return parsed(table, str(table.path))


def parsed(table: Stored, source: str | pa.NativeFile) -> pa.Table:
    """Return the rows in a file, or in a part of one that has its header."""
    wanted = names(table)
    try:
        found = csv.read_csv(
            source,
            read_options=csv.ReadOptions(block_size=BLOCK),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(wanted, TEXT), strings_can_be_null=False),
        )
    except (pa.ArrowInvalid, OSError):
        refuse(table.path)
    if found.column_names != wanted:
        refuse(table.path)
    return found


def names(table: Stored) -> list[str]:
    """Return the columns of a published table in order."""
    return [str(field["name"]) for field in table.schema["fields"]]


def keys(text: pa.Table, names: tuple[str, ...]) -> pa.Array:
    """Return the key of each row as one text: the cells of the columns `names`, with | between them.

    Two rows have the same key only if these cells are the same: a | in a cell of a longer key is written twice over.
    """
    columns = [column(text, name) for name in names]
    if len(columns) == 1:
        return columns[0]
    parts = [pc.replace_substring(pc.replace_substring(each, "\\", "\\\\"), BETWEEN, "\\|") for each in columns]
    return pc.binary_join_element_wise(*parts, pa.scalar(BETWEEN, TEXT))


def column(text: pa.Table, name: str) -> pa.Array:
    """Return a column in one piece."""
    return text[name].combine_chunks()
