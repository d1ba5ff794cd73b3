"""The two sides of the wall: what was counted, and what may be published. Only `protect` goes from one to the other.

Always holds: nothing behind the wall takes a `CountedPart`, and nothing but `protect` makes a `PublishedPart`,
so that mypy refuses a way round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from builder.model.finding import Quote, Remark
from builder.model.package import Package, Resource
from builder.model.shard import Shards
from builder.model.table import plain
from builder.model.tree import Scope

__all__ = [
    "Counted", "CountedPart", "Levels", "Policy", "PublicReport", "Published", "PublishedPart", "PublishedTables",
]  # fmt: skip


class CountedPart:
    """What one subject counted, everything included. Private."""

    __slots__ = ()


class PublishedPart:
    """What may be published of one subject's counts."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything counted: nothing of this is published as it is. `parts`: subject → its counts."""

    scope: Scope
    shards: Shards
    parts: Mapping[str, CountedPart]


@dataclass(frozen=True, slots=True)
class Levels:
    """How openly the rows of a resource may be shown: the values of its column `by`, and which column marks void rows.

    A value that is in neither set is protected: its rows are in no list and in no count.
    """

    by: str
    itemised: frozenset[str]
    counted: frozenset[str]
    void: str

    @property
    def allowed(self) -> frozenset[str]:
        """The values whose rows are counted at all."""
        return self.itemised | self.counted


@dataclass(frozen=True, slots=True)
class Policy:
    """What a package publishes, read once.

    `public`: resource → columns shown as they are; `polls`: resource → columns that hold votes. `levels`: resource →
    how openly its rows may be shown; the rows of any other resource are all published. `quotable`: resources of which a
    cell may be quoted. The minimums are those of `Settings`.
    """

    public: Mapping[str, frozenset[str]]
    polls: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, Levels]
    minimum_denominator: int
    minimum_ballots: int
    minimum_ranked: int
    minimum_cell: int = 5
    quotable: frozenset[str] = frozenset()

    def shows(self, resource: str, field: str) -> bool:
        """Return whether a column may be shown as it is."""
        return field in self.public.get(resource, frozenset())

    def quotes(self, quote: Quote) -> bool:
        """Return whether a cell may stand in a sentence for staff.

        What is quoted is mostly wrong, and what is wrong may be in a wrong place: under a header that was renamed, in a
        row that is one cell short. So of a table that has private columns or rows only that is quoted which has the
        form of its column; votes, which are private where they are few, never.
        """
        is_safe = quote.resource in self.quotable or quote.is_formal
        return is_safe and self.shows(quote.resource, quote.field) and quote.field not in self.votes(quote.resource)

    def votes(self, resource: str) -> tuple[str, ...]:
        """Return the columns of a resource that hold votes."""
        return self.polls.get(resource, ())


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """The tables as they are published, row by row: public columns only, in the schema's order.

    `frames`: dtypes as in `Table`, text as str or category. `left`: resource → rows, of those that are empty here
    because nobody needs their rows any more.
    """

    resources: Mapping[str, Resource]
    frames: Mapping[str, pd.DataFrame]
    left: Mapping[str, int] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.frames

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the published rows of resource `name` with text as str; KeyError when there is no such resource."""
        return plain(self.frames[name])

    def row_count(self, name: str) -> int:
        """Return how many rows of a resource are published."""
        return self.left.get(name, len(self.frames[name]))

    def only(self, names: Collection[str]) -> PublishedTables:
        """Return the tables with the rows of `names`; of the others the columns and the number of rows."""
        left = {name: self.row_count(name) for name in self.frames if name not in names}
        # a copy: a view would keep the rows
        frames = {name: frame.iloc[:0].copy() if name in left else frame for name, frame in self.frames.items()}
        return PublishedTables(self.resources, frames, left)


@dataclass(frozen=True, slots=True)
class PublicReport:
    """What the public may read of the findings: warnings only.

    `counts`: (code, resource) → how many; `remarks`: the first of them, without what may not be published.
    """

    counts: Mapping[tuple[str, str], int]
    remarks: tuple[Remark, ...]

    def of(self, resource: str) -> int:
        """Return the number of warnings about one resource."""
        return sum(count for (_, name), count in self.counts.items() if name == resource)

    @property
    def total(self) -> int:
        """The number of all warnings."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Published:
    """All that may leave: the only input of `measure`, `pages` and `site`. `parts`: subject → what may be published."""

    package: Package
    scope: Scope
    shards: Shards
    parts: Mapping[str, PublishedPart]
    tables: PublishedTables
    report: PublicReport
