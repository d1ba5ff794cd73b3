"""Rows of a frame by unit: columns are turned into lists once, and a row is made when it is asked for.

Rows are made by keyword from named columns, so that two columns cannot change places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import pandas as pd

__all__ = ["Listing", "iso", "text"]

Row = TypeVar("Row")


class Listing(Generic[Row]):
    """Rows of a frame by unit, in the frame's order. `columns` has one for each field of the NamedTuple `kind`."""

    def __init__(
        self, units: Sequence[object], columns: Mapping[str, Sequence[Any]], kind: type[Row]
    ) -> None:
        fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]  # NamedTuple cannot bound a type variable
        if set(columns) != set(fields):
            raise ValueError(f"columns that are no fields, or lacking: {set(columns) ^ set(fields)}")
        self.fields = fields
        self.columns = tuple(columns[name] for name in fields)
        self.make: Callable[[Iterable[Any]], Row] = kind._make  # type: ignore[attr-defined]
        self.places: dict[object, list[int]] = {}
        for place, unit in enumerate(units):
            self.places.setdefault(unit, []).append(place)

    def count(self, unit: object) -> int:
        """Return how many rows `unit` has, 0 for an unknown one."""
        return len(self.places.get(unit, ()))

    def rows(self, unit: object, limit: int | None = None) -> tuple[Row, ...]:
        """Return the first `limit` rows of `unit`."""
        return self.made(self.places.get(unit, ())[:limit])

    def newest(self, unit: object, name: str, limit: int) -> tuple[Row, ...]:
        """Return the rows of `unit` that have something in the text column `name`, the largest first, by order."""
        column = self.columns[self.fields.index(name)]
        found = [place for place in self.places.get(unit, ()) if column[place]]
        return self.made(sorted(found, key=column.__getitem__, reverse=True)[:limit])

    def made(self, places: Sequence[int]) -> tuple[Row, ...]:
        """Return the rows at some places of the frame."""
        # column by column: a row's keywords would cost more than its cells
        return tuple(map(self.make, zip(*([column[at] for at in places] for column in self.columns), strict=True)))


def text(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a text column with "" for empty cells and for a column that the package does not have.

    Equal cells share one string: a million dates and names would be a gigabyte.
    """
    if name not in frame:
        return [""] * len(frame)
    codes, values = pd.factorize(frame[name])
    words = [*values.tolist(), ""]
    return [words[code] for code in codes]


def iso(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a column of dates as ISO text, "" for none and where it is not there; each day's text is made once.

    A moment has its time behind the day, as 2026-03-05 08:30; at midnight it has none.
    """
    if name not in frame:
        return [""] * len(frame)
    codes, days = pd.factorize(frame[name])
    moments = pd.DatetimeIndex(days)
    words = [*moments.strftime("%Y-%m-%d"), ""]
    if (moments != moments.normalize()).any():
        times = [*moments.strftime(" %H:%M"), ""]
        words = [day if time == " 00:00" else day + time for day, time in zip(words, times, strict=True)]
    return [words[code] for code in codes]
