"""Rows of one state on a page: what is overdue stands open, the longest first; everything else is folded, newest first.

Always holds: `total` is what the page says, `first` and `rows` are its beginning; the rest is on the page of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from builder.subjects.edition import NEWEST

__all__ = ["FIRST", "KindOfLate", "Shown", "by_kind", "late_first", "newest_first", "nothing"]

Row = TypeVar("Row")

FIRST = 3
"""Overdue rows that stand open on a page: those below them are one touch away."""


class Shown(NamedTuple, Generic[Row]):
    """The rows of one state: `first` open, `rows` folded, of `total`."""

    first: tuple[Row, ...]
    rows: tuple[Row, ...]
    total: int

    @property
    def all(self) -> tuple[Row, ...]:
        """Every row that is on the page."""
        return self.first + self.rows

    @property
    def folded(self) -> int:
        """How many rows do not stand open, those that are not on the page included."""
        return self.total - len(self.first)

    @property
    def is_whole(self) -> bool:
        """Whether every row is on the page."""
        return len(self.first) + len(self.rows) == self.total


class KindOfLate(NamedTuple, Generic[Row]):
    """What was finished late of one kind: `late` of `total` that had to be finished, and the rows of it on the page."""

    name: str
    late: int
    total: int
    rows: tuple[Row, ...]


def nothing() -> Shown[Any]:
    """Return no rows: those of a unit whose rows are not listed on its page."""
    return Shown((), (), 0)


def late_first(rows: Iterable[Row], days: Callable[[Row], int]) -> Shown[Row]:
    """Return overdue rows, the longest first."""
    found = tuple(sorted(rows, key=lambda row: -days(row)))
    return Shown(found[:FIRST], found[FIRST:NEWEST], len(found))


def newest_first(rows: Iterable[Row], day: Callable[[Row], str] | None = None) -> Shown[Row]:
    """Return rows to be folded, the newest by `day` first; without it they are in this order already."""
    found = tuple(sorted(rows, key=day, reverse=True) if day else rows)
    return Shown((), found[:NEWEST], len(found))


def by_kind(
    counts: Iterable[tuple[str, int, int]], rows: Sequence[Row], kind: Callable[[Row], str]
) -> tuple[KindOfLate[Row], ...]:
    """Return what was finished late by kind; `counts`: (kind, late, all that had to be finished), in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(kind(row), []).append(row)
    return tuple(KindOfLate(name, late, total, tuple(found.get(name, ()))) for name, late, total in counts if late)
