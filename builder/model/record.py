"""Records that are filed by years: what an index counts of them, and what one year has."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from builder.model.measure import Status

__all__ = ["Entry", "Records"]


class Entry(NamedTuple):
    """One record as an index counts it: its `year` ("" for none), its group's `anchor` and name ("" for no group).

    `status` None: nothing is due of such a record.
    """

    year: str
    anchor: str
    group: str
    status: Status | None


class Records(Protocol):
    """A block of every record of a unit that is listed one by one; shown as other blocks are."""

    @property
    def template(self) -> str:
        """The template that shows it."""

    @property
    def anchor(self) -> str:
        """Its heading's id."""

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each record."""

    def of(self, year: str, *, is_folded: bool) -> Records:
        """Return the same with the records of one year; `is_folded`: its groups are closed until somebody opens one."""
