"""Records to columns of text, in the encoding of Arrow. pyarrow reads CSV here and nowhere else.

A column whose values repeat is dictionary-encoded block by block, so that its text is never held as often as it is
written. One thread reads: only then does pyarrow know the row of a ragged record, and two threads gain little.
"""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
from pyarrow import csv as arrow_csv

__all__ = ["Columns", "columns"]

BLOCK = 2 * 2**20
"""Bytes that pyarrow reads at a time; a line must fit into it."""

LONG_BLOCK = 16 * 2**20
"""The same where a record may have several lines."""

NEARLY_UNIQUE = 0.8
"""Share of different values in the first block from which a column is not worth a dictionary."""

TEXT = pa.string()
ENCODED = pa.dictionary(pa.int32(), TEXT)


class Columns(NamedTuple):
    """The cells of a file by column, as `TextPart` has them; `ragged`: (record, cells), records counted from 1."""

    columns: tuple[pa.ChunkedArray, ...]
    row_count: int
    ragged: list[tuple[int, int]]


def columns(text: bytes, body: slice, count: int, nearly_unique: float = NEARLY_UNIQUE) -> Columns:
    """Cut the records in the part `body` of `text`, a file in UTF-8, into `count` columns."""
    ragged: list[tuple[int, int]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        ragged.append((int(row.number), row.actual_columns))
        return "skip"

    chunks: list[list[pa.Array]] = [[] for _ in range(count)]
    repeats: list[bool] = []
    row_count = 0
    if body.start < body.stop:
        for batch in filter(len, reader(text, body, count, note)):
            repeats = repeats or [is_repeated(column, nearly_unique) for column in batch.columns]
            row_count += len(batch)
            for column, is_encoded, found in zip(batch.columns, repeats, chunks, strict=True):
                found.append(column.dictionary_encode() if is_encoded else column)
    types = [ENCODED if is_encoded else TEXT for is_encoded in repeats] or [TEXT] * count
    return Columns(
        tuple(pa.chunked_array(found, kind).unify_dictionaries() for found, kind in zip(chunks, types, strict=True)),
        row_count, ragged,
    )  # fmt: skip


def reader(text: bytes, body: slice, count: int, note: object) -> arrow_csv.CSVStreamingReader:
    names = [str(number) for number in range(count)]
    has_quotes = b'"' in text
    return arrow_csv.open_csv(
        pa.BufferReader(pa.py_buffer(text).slice(body.start, body.stop - body.start)),
        read_options=arrow_csv.ReadOptions(
            column_names=names, block_size=LONG_BLOCK if has_quotes else BLOCK, use_threads=False
        ),
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=has_quotes, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False),
    )


def is_repeated(column: pa.Array, nearly_unique: float) -> bool:
    return len(column.unique()) < nearly_unique * len(column)
