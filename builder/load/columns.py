"""Records to columns of text, in the encoding of Arrow. pyarrow reads CSV here and nowhere else.

A column whose values repeat is dictionary-encoded block by block, so that its text is never held as often as it is
written. One thread reads: only then does pyarrow know the row of a ragged record. Another one encodes meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import NamedTuple

import pyarrow as pa
from pyarrow import csv as arrow_csv

__all__ = ["Columns", "columns", "compact"]

BLOCK = 2 * 2**20
"""Bytes that pyarrow reads at a time; a line must fit into it."""

LONG_BLOCK = 8 * 2**20
"""The same where a record may have several lines: a million characters of four bytes."""

NEARLY_UNIQUE = 0.8
"""Share of different values in the first block from which a column is not worth a dictionary."""

LAST = 20
"""Ragged records of which the text is kept: notes below a table have a few lines."""

AHEAD = 4
"""Blocks that may wait to be encoded; each is held as text."""


class Columns(NamedTuple):
    """The cells of a file by column, as `TextPart` has them; `ragged`: (record, cells), records counted from 1.

    `last`: the last LAST of the ragged records by their number, each as it is written.
    """

    columns: tuple[pa.ChunkedArray, ...]
    row_count: int
    ragged: list[tuple[int, int]]
    last: Mapping[int, str] = {}


def columns(
    text: bytes, body: slice, count: int, separator: str = ",", nearly_unique: float = NEARLY_UNIQUE
) -> Columns:
    """Cut the records in the part `body` of `text`, a file in UTF-8, into `count` columns at `separator`."""
    ragged: list[tuple[int, int]] = []
    last: deque[tuple[int, str]] = deque(maxlen=LAST)

    def note(row: arrow_csv.InvalidRow) -> str:
        ragged.append((int(row.number), row.actual_columns))
        last.append((int(row.number), row.text))
        return "skip"

    batches: list[list[pa.Array]] = []
    if body.start < body.stop:
        with ThreadPoolExecutor(1) as encoder:
            batches = list(encoded(filter(len, reader(text, body, count, separator, note)), nearly_unique, encoder))
    types = [column.type for column in batches[0]] if batches else [pa.string()] * count
    found = tuple(
        pa.chunked_array([batch[number] for batch in batches], kind).unify_dictionaries()
        for number, kind in enumerate(types)
    )
    return Columns(found, sum(len(batch[0]) for batch in batches), ragged, dict(last))


def encoded(
    batches: Iterator[pa.RecordBatch], nearly_unique: float, encoder: Executor
) -> Iterator[list[pa.Array]]:
    """Yield the columns of each batch, encoded where values repeat, while the next batches are being read."""
    waiting: deque[Future[list[pa.Array]]] = deque()
    repeats: list[bool] = []
    for batch in batches:
        repeats = repeats or [len(column.unique()) < nearly_unique * len(column) for column in batch.columns]
        waiting.append(encoder.submit(encode, batch.columns, repeats))
        if len(waiting) > AHEAD:
            yield waiting.popleft().result()
    for work in waiting:
        yield work.result()


def encode(columns: list[pa.Array], repeats: list[bool]) -> list[pa.Array]:
    return [column.dictionary_encode() if is_repeated else column
            for column, is_repeated in zip(columns, repeats, strict=True)]  # fmt: skip


def compact(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column in as few pieces as Arrow can: what it leaves between small ones is a third of the memory."""
    return pa.table([column], ["0"]).combine_chunks().column(0)


def reader(text: bytes, body: slice, count: int, separator: str, note: object) -> arrow_csv.CSVStreamingReader:
    types = dict.fromkeys(map(str, range(count)), pa.string())
    has_quotes = b'"' in text
    return arrow_csv.open_csv(
        pa.BufferReader(pa.py_buffer(text).slice(body.start, body.stop - body.start)),
        read_options=arrow_csv.ReadOptions(
            column_names=list(types), block_size=LONG_BLOCK if has_quotes else BLOCK, use_threads=False
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=separator, newlines_in_values=has_quotes, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )

