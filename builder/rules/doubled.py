"""Rows that were put into a table a second time under other codes: an export pasted again, or one matter entered twice.

By chance rows are the same where they say little. So only rows that follow each other in the same order somewhere else
are told, and a single one only where hardly any rows of the table are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from builder.language import mark
from builder.model import Issue, Severity, Table, Tables
from builder.rules.check import Check
from builder.rules.copies import RARE, hashes, is_private

__all__ = ["doubled"]

LEAST = 3
"""Rows in the same order that are no chance."""

FEWEST, DAYS = 50, 3
"""Rows of a table, and days of a row, from which on a single row that is the same says something."""

ONE = mark("the row is the same as row {first} of {path} but for its code")
MANY = mark("the {count} rows from {row} on are the same as those from row {first} of {path} on but for their codes")

Rows = npt.NDArray[np.int64]


def doubled(resource: str, key: str, *told: str) -> Check:
    """Return the check that no rows stand in a table again under other codes; `told`: see `copies`."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        table = tables.tables[resource]
        if is_private(tables, resource):
            return
        frame = table.frame.drop(columns=key)
        before = twins(hashes(frame))
        before[frame[list(told)].isna().any(axis=1).to_numpy()] = -1
        here = np.flatnonzero(before >= 0)
        if not len(here):
            return
        # rows that follow each other, each as far from the one that it is the same as
        breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(here - before[here]) != 0)) + 1
        for run in np.split(here, breaks):
            far = int(run[0] - before[run[0]])
            is_block = len(run) >= LEAST and far >= LEAST
            if is_block or (len(run) == 1 and is_telling(table, int(run[0]), len(here))):
                yield issue(table, key, run, int(before[run[0]]))

    return Check(
        "rows-doubled", Severity.WARNING, resource, (f"{resource}.{key}", *(f"{resource}.{name}" for name in told)),
        mark("No rows stand in a table a second time under other codes."), MANY,
        mark("If they were put in twice, delete them; if all of them are meant, nothing needs to be done."),
        find, extras=(f"{resource}.*",), rests=(), blames=(),
        wrong=f"{{{key}}} 000001, 000002, 000003 = 000101, 000102, 000103", right=f"{{{key}}} 000001, 000002, 000003",
        effect=mark("They count twice in every figure."),
    )  # fmt: skip


def twins(numbers: npt.NDArray[np.uint64]) -> Rows:
    """Return the last row before each that has the same number, -1 for none."""
    order = np.argsort(numbers, kind="stable")
    same = numbers[order][1:] == numbers[order][:-1]
    found = np.full(len(numbers), -1, dtype=np.int64)
    found[order[1:][same]] = order[:-1][same]
    return found


def is_telling(table: Table, row: int, count: int) -> bool:
    """Return whether a row says so much that another one is hardly the same by chance."""
    size = len(table.frame)
    if size < FEWEST or (count > 1 and count * RARE > size):
        return False
    days = [field.name for field in table.resource.schema.fields if field.type == "date" and field.name in table.frame]
    return sum(bool(table.frame[name].notna().iloc[row]) for name in days) >= DAYS


def issue(table: Table, key: str, run: Rows, first: int) -> Issue:
    place = table.address(first)
    values = {
        "count": len(run), "row": table.address(int(run[0])).row, "first": place.row, "path": place.path,
    }  # fmt: skip
    return Issue(int(run[0]), key, values, ONE if len(run) == 1 else "")
