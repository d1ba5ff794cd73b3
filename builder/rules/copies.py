"""Rows that say the same but for their code: one row that was pasted again and numbered on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.language import mark
from builder.model import Issue, Resource, Severity, Tables, plain
from builder.rules.check import Check

__all__ = ["RARE", "copies", "hashes", "is_private"]

RARE = 1_000
"""One row among so many may be the same as another, and is told; where there are more, rows say little."""


def copies(resource: str, key: str, *told: str, least: int = 2) -> Check:
    """Return the check that no `least` rows in a row are the same in every column but `key`.

    `told`: columns without which rows that are the same say nothing.
    """

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        table = tables.tables[resource]
        if is_private(tables, resource):
            return
        frame = table.frame.drop(columns=key)
        number = runs(frame)
        sizes = np.bincount(number) if len(number) else number
        found = np.flatnonzero(sizes >= least)
        if len(found) > 1 and len(found) * RARE > len(frame) and has_private(table.resource):
            return  # rows that differed in what nobody publishes are alike now, here and there
        for run in found:
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
    # equal hashes are looked at once more below: two rows may have one by chance
    numbers = hashes(frame)
    is_new = np.ones(len(frame), dtype=bool)
    is_new[1:] = numbers[1:] != numbers[:-1]
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


def hashes(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """Return a number for each row, the same for rows that are equal in every column."""
    found = np.zeros(len(frame), dtype=np.uint64)
    for name in frame:
        found = found * np.uint64(1_000_003) + pd.util.hash_array(coded(frame[name]))
    return found


def has_private(resource: Resource) -> bool:
    """Return whether a table has columns that nobody publishes."""
    return any(field.publish == "never" for field in resource.schema.fields)


def is_private(tables: Tables, resource: str) -> bool:
    """Return whether rows may differ in what nobody publishes, and so nobody sees here."""
    table = tables.tables[resource]
    never = {field.name for field in table.resource.schema.fields if field.publish == "never"}
    return not tables.package.settings.is_public and any(not never.isdisjoint(part.columns) for part in table.parts)


def coded(column: pd.Series) -> np.ndarray:
    """Return a number for each cell, the same for equal ones."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64)
    return pd.factorize(column)[0].astype(np.int64)
