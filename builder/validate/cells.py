"""Every cell against its field, by Frictionless, once per distinct value: equal cells have equal verdicts.

A column of a million rows often has a few hundred values; only they are judged, and the verdicts are carried back to
the rows. The judge is Frictionless' own reader of one cell, so nothing is decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.validate.remarks import remarks
from builder.validate.schema import standard
from builder.validate.typed import typed

__all__ = ["BLANK", "Defects", "Now", "Pending", "judge", "submit"]

P = ParamSpec("P")
T = TypeVar("T")
Rows = npt.NDArray[np.int64]

CHUNK = 50_000
"""Distinct values that one worker judges at a time."""

BLANK = "blank-row"


class Defects(NamedTuple):
    """The rows of a file in which one field is refused, or remarked on, for one reason.

    `rows` counts the file's rows from 0, ascending; `rule` is type, a constraint, the code of a remark, or blank-row
    (with no field).
    """

    field: str
    rule: str
    rows: Rows


class Now(Executor):
    """Runs work at once in this process: for packages too small to be worth another one."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` and return its finished future."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Column(NamedTuple):
    """One column on its way: `codes` says which distinct value each row has, `verdicts` are being made."""

    field: str
    codes: Rows
    verdicts: tuple[Future[list[tuple[int, str]]], ...]


class Pending(NamedTuple):
    """A file whose cells are being judged; `blank`: the rows that have no cell at all."""

    columns: tuple[Column, ...]
    blank: Rows

    def result(self) -> list[Defects]:
        """Return all defects of the file; a blank row has no other."""
        found = [] if not len(self.blank) else [Defects("", BLANK, self.blank)]
        for column in self.columns:
            for rule, values in refused(column.verdicts).items():
                rows = np.flatnonzero(np.isin(column.codes, values))
                rows = np.setdiff1d(rows, self.blank, assume_unique=True) if len(self.blank) else rows
                found += [Defects(column.field, rule, rows)] if len(rows) else []
        return found


def submit(pool: Executor, frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]]) -> Pending:
    """Have the cells of `frame` (text columns named as in `fields`, Table Schema field descriptors) judged."""
    columns = []
    for field in fields:
        codes, values = pd.factorize(frame[field["name"]])
        words = values.to_numpy(dtype=object).tolist()
        chunks = (words[start : start + CHUNK] for start in range(0, len(words), CHUNK))
        futures = tuple(pool.submit(judge, chunk, field) for chunk in chunks)
        columns.append(Column(field["name"], codes.astype(np.int64), futures))
    is_blank = (frame == "").all(axis=1).to_numpy() if len(columns) else np.zeros(0, dtype=bool)
    return Pending(tuple(columns), np.flatnonzero(is_blank))


def refused(verdicts: Sequence[Future[list[tuple[int, str]]]]) -> Mapping[str, list[int]]:
    """Return rule → the distinct values that break it, by their codes."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, future in enumerate(verdicts):
        for place, rule in future.result():
            found[rule].append(number * CHUNK + place)
    return found


def judge(values: Sequence[str], field: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return (place, rule) of every value that `field` refuses, or remarks on; a value may have several."""
    # imported here, so that a worker process pays for it and `mingge --help` does not
    from frictionless import Field

    reader = Field.from_descriptor(standard(field)).create_cell_reader()
    found = [(place, rule) for place, value in enumerate(values) for rule in reader(value)[1] or ()]
    known = {place for place, _ in found}
    found += [(place, "type") for place in lost(values, field) if place not in known]
    return found + [(place, code) for place, value in enumerate(values) for code in remarks(value, field)]


def lost(values: Sequence[str], field: Mapping[str, Any]) -> list[int]:
    """Frictionless takes 1_000, NaN, ３１２ and endless numbers; what we cannot keep must not vanish in silence."""
    kind = field.get("type", "string")
    if kind == "string":
        return []
    column = pd.Series(values, dtype="str")
    # full-width digits are no number for Excel
    foreign = ~column.str.isascii() if kind != "boolean" else False
    unusable: pd.Series = (column != "") & (typed(column, field).isna() | foreign)
    return [int(place) for place in unusable.to_numpy().nonzero()[0]]
