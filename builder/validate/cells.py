"""Every cell against its field, by Frictionless, once per distinct value: equal cells have equal verdicts.

A column of a million rows often has a few hundred values; only they are judged, and the verdicts are carried back to
the rows. Where values hardly repeat, only the cells that `screen` doubts are. The judge is Frictionless' own reader of
one cell, so nothing is decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from builder.mend import diagnose
from builder.model import Field
from builder.patterns import matcher
from builder.validate.encoded import Encoded, encoded, is_encoded, nothing
from builder.validate.merged import MERGED, merged
from builder.validate.remarks import faults, remarks
from builder.validate.schema import PATTERN, reader
from builder.validate.screen import doubtful
from builder.validate.typed import typed

__all__ = ["BLANK", "CHUNK", "Column", "Defects", "Looked", "Pending", "judge", "look", "submit"]

Rows = npt.NDArray[np.int64]
Verdicts = Mapping[str, Rows]
"""Rule → the places, counted from 0, of the values that break it."""

CHUNK = 50_000
"""Distinct values that one worker judges at a time."""

FEW = 50_000
"""Distinct values that are judged here sooner than another process has started."""

BLANK = "blank-row"


class Defects(NamedTuple):
    """The rows of a file in which one field is refused, or remarked on, for one reason.

    `rows` counts the file's rows from 0, ascending, `cells` is the text of each (of merged cells that of the one
    above); `rule` is type, a constraint, the code of a diagnosis or of a remark; or, with no field, blank-row,
    or shifted-row, whose cells are the letters of the columns from which on the rows are shifted.
    """

    field: str
    rule: str
    rows: Rows
    cells: pa.ChunkedArray

    def first(self, limit: int) -> Defects:
        """Return the first `limit` of them."""
        return self._replace(rows=self.rows[:limit], cells=self.cells[:limit])


class Column(NamedTuple):
    """The cells of one column that Frictionless shall judge, and where they are: None means that they are all.

    `is_key`: the field is the primary key or a part of it, so its cells are not merged.
    """

    field: Field
    cells: pa.ChunkedArray
    judged: Encoded
    rows: Rows | None
    is_key: bool = False


class Pending(NamedTuple):
    """A file whose cells are being judged; `blank`: the rows that have no cell at all."""

    columns: tuple[tuple[Column, tuple[Future[Verdicts], ...]], ...]
    blank: Rows

    def result(self) -> list[Defects]:
        """Return all defects of the file; a blank row has no other."""
        found = [] if not len(self.blank) else [Defects("", BLANK, self.blank, pa.chunked_array([], pa.string()))]
        for column, futures in self.columns:
            for rule, places in refused(futures).items():
                rows = rows_of(column, places)
                rows = np.setdiff1d(rows, self.blank, assume_unique=True) if len(self.blank) else rows
                if rule == "required" and len(rows) and not column.is_key:
                    merged_rows, above = merged(column.cells, rows, column.field)
                    found += [Defects(column.field.name, MERGED, merged_rows, above)] if len(merged_rows) else []
                    rows = np.setdiff1d(rows, merged_rows, assume_unique=True)
                if len(rows):
                    found.append(Defects(column.field.name, rule, rows, column.cells.take(pa.array(rows))))
        return found


def rows_of(column: Column, places: Rows) -> Rows:
    """Return the rows of the file whose cells hold the values at `places`."""
    is_meant = np.zeros(len(column.judged.values), dtype=bool)
    is_meant[places] = True
    cells = np.flatnonzero(is_meant[column.judged.codes])
    return np.asarray(cells if column.rows is None else column.rows[cells], dtype=np.int64)


class Looked(NamedTuple):
    """A file that Arrow is looking at: its columns, and its rows that have no cell at all."""

    columns: tuple[Future[Column], ...]
    blank: Future[Rows]


def look(
    threads: Executor, columns: Sequence[pa.ChunkedArray], fields: Sequence[Field], key: Collection[str] = ()
) -> Looked:
    """Have it found out what is to be judged of a file's `columns`; `key`: the fields of the primary key."""
    return Looked(
        tuple(
            threads.submit(column_of, cells, field, field.name in key)
            for cells, field in zip(columns, fields, strict=True)
        ),
        threads.submit(nothing, columns),
    )


def column_of(cells: pa.ChunkedArray, field: Field, is_key: bool) -> Column:
    if is_encoded(cells):
        return Column(field, cells, encoded(cells), None, is_key)
    rows = doubtful(cells, field.descriptor)
    return Column(field, cells, encoded(cells.take(pa.array(rows))), rows, is_key)


def submit(pool: Executor | None, looked: Looked) -> Pending:
    """Have the columns of a file judged, by `pool` where it has many distinct values."""
    columns = [column.result() for column in looked.columns]
    is_small = sum(len(column.judged.values) for column in columns) < FEW
    return Pending(
        tuple((column, judging(None if is_small else pool, column)) for column in columns), looked.blank.result()
    )


def judging(pool: Executor | None, column: Column) -> tuple[Future[Verdicts], ...]:
    chunks = chunks_of(column.judged.values)
    if pool is None:
        return tuple(done(judge(chunk, column.field)) for chunk in chunks)
    return tuple(pool.submit(judge, chunk, column.field) for chunk in chunks)


def chunks_of(values: pa.StringArray) -> Iterator[list[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK].to_pylist()


def done(verdicts: Verdicts) -> Future[Verdicts]:
    future: Future[Verdicts] = Future()
    future.set_result(verdicts)
    return future


def refused(futures: Sequence[Future[Verdicts]]) -> Verdicts:
    """Return rule → the distinct values that break it, by their codes."""
    found: defaultdict[str, list[Rows]] = defaultdict(list)
    for number, future in enumerate(futures):
        for rule, places in future.result().items():
            found[rule].append(places + number * CHUNK)
    return {rule: np.concatenate(places) for rule, places in found.items()}


def judge(values: Sequence[str], field: Field) -> Verdicts:
    """Return rule → places of the values that `field` refuses, or remarks on.

    A damaged value has one rule, the code of what happened to it; one whose damage is not known may break several.
    """
    read = reader(field.descriptor)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        for rule in broken(read, value):
            found[rule].append(place)
    if misshapen := unlike(values, field.descriptor, set(found.get("type", ()))):
        found[PATTERN] = misshapen
    known = {place for places in found.values() for place in places}
    if vanishing := [place for place in lost(values, field.descriptor) if place not in known]:
        found["type"] = sorted([*found["type"], *vanishing])
    causes = told(values, field, known.union(vanishing))
    for rule, places in found.items():
        found[rule] = [place for place in places if place not in causes]
    for place, codes in causes.items():
        for code in codes:
            found[code].append(place)
    return {rule: np.array(places, dtype=np.int64) for rule, places in found.items() if places}


def told(values: Sequence[str], field: Field, refused: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return place → the code of what happened to a value, or what is to be said of one that is not `refused`."""
    causes: dict[int, tuple[str, ...]] = {}
    for place, value in enumerate(values):
        if fault := faults(value, field):
            causes[place] = (fault,)
        elif place not in refused:
            causes[place] = tuple(remarks(value, field))
        elif found := diagnose(value, field):
            causes[place] = (found.code,)
    return {place: codes for place, codes in causes.items() if codes}


def broken(read: Callable[[str], Any], value: str) -> Iterable[str]:
    """Return the rules that Frictionless says a value breaks; it cannot compare a time that has a zone with a limit."""
    try:
        return read(value)[1] or ()
    except TypeError:
        return ("type",)


def unlike(values: Sequence[str], field: Mapping[str, Any], no_values: set[int]) -> list[int]:
    """Return the places of the texts that the field's pattern does not match; an empty cell needs none."""
    pattern = field.get("constraints", {}).get(PATTERN)
    if pattern is None:
        return []
    matches = matcher(pattern)
    return [n for n, value in enumerate(values) if value and n not in no_values and not matches(value)]


def lost(values: Sequence[str], field: Mapping[str, Any]) -> list[int]:
    """Frictionless takes 1_000, NaN, ３１２ and endless numbers; what we cannot keep must not vanish in silence."""
    if field.get("type", "string") == "string":
        return []
    column = pd.Series(values, dtype="str")
    unusable: pd.Series = (column != "") & typed(column, field).isna()
    return [int(place) for place in unusable.to_numpy().nonzero()[0]]
