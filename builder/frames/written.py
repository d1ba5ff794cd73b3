"""Frames as CSV files: the values as they were received, the same bytes for the same rows."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from builder.model import Field, Resource, plain

__all__ = ["BATCH", "in_words", "moments", "write_csv", "write_parts"]

BATCH = 100_000
"""Rows that are written at a time."""

LEVEL = 5
"""Of zlib: the usual 6 takes half as long again for a twelfth less."""


def write_csv(resource: Resource, frame: pd.DataFrame, path: Path) -> None:
    """Write rows as UTF-8 CSV: dates and times as ISO text, booleans in the schema's own words, an empty cell empty."""
    options = arrow_csv.WriteOptions(quoting_style="needed")
    whole = arrow_table(resource, frame.iloc[:0])
    with opened(path) as sink, arrow_csv.CSVWriter(sink, whole.schema, write_options=options) as writer:
        # as text a million rows are ten times as large
        for start in range(0, len(frame), BATCH):
            writer.write_table(arrow_table(resource, frame.iloc[start : start + BATCH]))


def write_parts(resource: Resource, frame: pd.DataFrame, parts: Iterable[tuple[Path, int, int]]) -> None:
    """Write rows `start` … `end` (not included) of each part (path, start, end) as `write_csv` writes all of them."""
    options, whole = arrow_csv.WriteOptions(quoting_style="needed"), arrow_table(resource, frame)
    for path, start, end in parts:
        sink = pa.BufferOutputStream()
        arrow_csv.write_csv(whole.slice(start, end - start), sink, options)
        path.write_bytes(sink.getvalue())


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """Open a file for writing, compressed if it is called .gz: the same bytes every time, without name or hour."""
    with path.open("wb") as file:
        if path.suffix == ".gz":
            with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
                yield packed
        else:
            yield file


def arrow_table(resource: Resource, frame: pd.DataFrame) -> pa.Table:
    texts = plain(frame)
    return pa.table({str(name): values(texts[name], resource.schema[str(name)]) for name in texts})


def values(column: pd.Series, field: Field) -> pa.Array:
    """Return a column as it is written."""
    if field.type == "date":
        return pa.array(column).cast(pa.date32())
    if field.type == "datetime":
        column = moments(field, column)
    if field.type == "boolean":
        column = in_words(field, column)
    return pa.array(column, from_pandas=True)


def moments(field: Field, values: pd.Series) -> pd.Series:
    """Return days with their time (datetime64) as the field writes them (str)."""
    form = field.descriptor.get("format", "default")
    texts: pd.Series = values.dt.strftime("%Y-%m-%dT%H:%M:%S" if form == "default" else form)
    return texts.astype("str")


def in_words(field: Field, values: pd.Series) -> pd.Series:
    """Return booleans (boolean) in the schema's own words (str)."""
    true, false = (field.descriptor.get(f"{name}Values", [name])[0] for name in ("true", "false"))
    return values.map({True: true, False: false}).astype("str")
