"""Two releases of a table joined by key, column by column: which rows came, which went, and which cells differ.

No row is looked at by itself: a million of them are a hash join and a comparison a column (tests/bench/changes.py).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from builder.changes.layout import Layout
from builder.changes.text import column, keys

__all__ = ["Joined", "joined"]

Places = npt.NDArray[np.int64]
TWICE = "\x00"
"""Stands between a key and the number of a row that has it again: no cell has such a character."""


class Joined(NamedTuple):
    """`came`, `went`: rows that only one release has. `before`, `now`: those of both that differ, side by side.

    Frames of text whose index is the key; columns as they are called now. `again`: of the rows that came, those whose
    key another row has as well. `differs`: column → which of the rows of both differ in it.
    """

    came: pd.DataFrame
    again: npt.NDArray[np.bool_]
    went: pd.DataFrame
    before: pd.DataFrame
    now: pd.DataFrame
    differs: dict[str, npt.NDArray[np.bool_]]


def joined(before: pa.Table, now: pa.Table, plan: Layout) -> Joined:
    """Return two tables joined by the key of their layout; a key that several rows have is numbered."""
    old, new = keys(before, tuple(was for _, was in plan.key)), keys(now, tuple(name for name, _ in plan.key))
    (once, _), (wanted, again) = numbered(old), numbered(new)
    at = pc.index_in(wanted, value_set=once)
    known = at.is_valid().to_numpy(zero_copy_only=False)
    there, here = at.drop_null().to_numpy().astype(np.int64), np.flatnonzero(known)
    left = np.ones(len(once), dtype=bool)
    left[there] = False
    differs = {}
    for name, was in plan.pairs if plan.has_key else ():
        if (name, was) not in plan.key:
            found = pc.not_equal(taken(column(now, name), here), taken(column(before, was), there))
            differs[name] = found.to_numpy(zero_copy_only=False)
    some = np.zeros(len(here), dtype=bool)
    for found in differs.values():
        some |= found
    rows = np.flatnonzero(some)
    rename, coming = {was: name for name, was in plan.pairs}, np.flatnonzero(~known)
    return Joined(
        came=frame(now, new, coming, {}),
        again=again[coming],
        went=frame(before, old, np.flatnonzero(left), rename),
        before=frame(before, old, there[rows], rename),
        now=frame(now, new, here[rows], {}),
        differs={name: found[rows] for name, found in differs.items()},
    )


def taken(values: pa.Array, places: Places) -> pa.Array:
    """Return the values at `places`, without copying where these are all of them, in their order."""
    if len(places) == len(values) and (places == np.arange(len(places))).all():
        return values
    return values.take(pa.array(places))


def numbered(values: pa.Array) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """Return keys of which no two are alike, and which of them were met before."""
    again = np.zeros(len(values), dtype=bool)
    if pc.count_distinct(values).as_py() == len(values):
        return values, again
    texts = pd.Series(values.to_pylist(), dtype=object)
    number = texts.groupby(texts).cumcount()
    again = (number > 0).to_numpy()
    told = texts.where(~again, texts + TWICE + number.astype(str))
    return pa.array(told, pa.large_string()), again


def frame(text: pa.Table, names: pa.Array, places: Places, rename: dict[str, str]) -> pd.DataFrame:
    """Return some rows as a frame of text (object)."""
    at = pa.array(places)
    data = {rename.get(name, name): np.array(column(text, name).take(at).to_pylist(), dtype=object)
            for name in text.column_names}  # fmt: skip
    return pd.DataFrame(data, index=pd.Index(names.take(at).to_pylist(), dtype=object), dtype=object)
