"""Codes that Excel counted on when a cell was dragged down: one that should have stayed the same goes up by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from builder.language import mark
from builder.model import Issue, Table

__all__ = ["dragged", "numbered"]

NUMBERED = mark(
    "from row {first} to {last} the codes go up by one from row to row, and {count} of them do not exist: they were "
    "dragged down in Excel, which counted on"
)
COPY = mark("Copy the codes again from where they came from. To fill in the same code, hold Ctrl while you drag.")

DRAGGED = 3
"""Codes that go up by one and do not exist, from which on it is no chance."""

MOST = 5_000
"""Wrong codes that are looked at: where there are more, something else is wrong with all of them."""

ENDING = re.compile(r"(.*?)([0-9]{1,9})")


def dragged(cells: pd.Series, wrong: Sequence[int]) -> list[list[int]]:
    """Return the rows, in runs, that hold `wrong` codes which go up by one from row to row, as Excel fills them in."""
    found: list[list[int]] = []
    seen: set[int] = set()
    lost = set(wrong)
    for row in wrong if len(wrong) <= MOST else ():
        if row in seen:
            continue
        run = [row]
        while run[-1] + 1 < len(cells) and follows(cells[run[-1]], cells[run[-1] + 1]):
            run.append(run[-1] + 1)
        seen.update(run)
        if len(run) >= DRAGGED:
            found.append([item for item in run if item in lost])
    return [run for run in found if len(run) >= DRAGGED]


def follows(one: object, other: object) -> bool:
    """Return whether a code is the next after another: the same but for its digits at the end, which are one more."""
    first, second = re.fullmatch(ENDING, str(one)), re.fullmatch(ENDING, str(other))
    return bool(first and second) and str(other) == f"{first[1]}{int(first[2]) + 1:0{len(first[2])}d}"  # type: ignore[index]


def numbered(table: Table, field: str, run: Sequence[int], value: str) -> Issue:
    """Return the issue about codes that were numbered on."""
    rows = tuple((table.resource.name, field, row) for row in run[1:])
    values = {
        "value": value, "count": len(run), "first": table.address(run[0]).row, "last": table.address(run[-1]).row,
    }  # fmt: skip
    return Issue(run[0], field, values, NUMBERED, COPY, rows)
