"""Rows that say the same but for their code: one row that was pasted again and numbered on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from builder.language import mark
from builder.model import Issue, Severity, Tables, plain
from builder.rules.check import Check

__all__ = ["copies"]


def copies(resource: str, key: str, *told: str, least: int = 2) -> Check:
    """Return the check that no `least` rows in a row are the same in every column but `key`.

    `told`: columns without which rows that are the same say nothing.
    """

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        table = tables.tables[resource]
        if any(field.publish == "never" for field in table.resource.schema.fields):
            return  # rows may differ in what nobody publishes, and so nobody sees here
        frame = table.frame.drop(columns=key)
        number = runs(frame)
        sizes = np.bincount(number) if len(number) else number
        for run in np.flatnonzero(sizes >= least):
            rows = np.flatnonzero(number == run)
            if frame.loc[rows[0], list(told)].notna().all():
                first, last = table.address(int(rows[0])), table.address(int(rows[-1]))
                values = {"count": len(rows), "first": first.row, "last": last.row, "path": first.path}
                yield Issue(int(rows[1]), key, values)

    return Check(
        "row-copied", Severity.WARNING, resource,
        (f"{resource}.{key}", *(f"{resource}.{name}" for name in told)),
        mark("Rows that stand below each other differ in more than their code."),
        mark("the {count} rows from {first} to {last} are the same but for their code"),
        mark("Delete the rows that were pasted again; if all of them are meant, nothing needs to be done."),
        find, extras=(f"{resource}.*",), rests=(), blames=(),
        wrong=f"{{{key}}} 000001, 000002, 000003", right=f"{{{key}}} 000001",
        effect=mark("It counts several times in every figure."),
    )  # fmt: skip


def runs(frame: pd.DataFrame) -> np.ndarray:
    """Return the same number for rows that follow each other and are equal in every column."""
    hashes = np.zeros(len(frame), dtype=np.uint64)
    for name in frame:
        # equal hashes are looked at once more below: two rows may have one by chance
        hashes = hashes * np.uint64(1_000_003) + pd.util.hash_array(coded(frame[name]))
    is_new = np.ones(len(frame), dtype=bool)
    is_new[1:] = hashes[1:] != hashes[:-1]
    places = np.flatnonzero(~is_new)
    if len(places):
        # None, because whether two missing values are equal pandas does not say
        here, before = (
            cells.where(cells.notna(), None).to_numpy()
            for cells in (plain(frame.iloc[at]).astype(object) for at in (places, places - 1))
        )
        is_same = here == before
        is_new[places[~is_same.all(axis=1)]] = True
    return np.cumsum(is_new) - 1


def coded(column: pd.Series) -> np.ndarray:
    """Return a number for each cell, the same for equal ones."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64)
    return pd.factorize(column)[0].astype(np.int64)
