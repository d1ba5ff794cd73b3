"""What changed from one release to the next: progress, and apart from it corrections of what had been published.

Always holds: every change is of one kind, and whatever is not provably progress is a correction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = [
    "CORRECTIONS", "PROGRESS", "Change", "ChangeHistory", "Changed", "Course", "GridChanges", "MonthOfChanges",
    "ReleaseChanges", "SchemaChange", "corrected",
]  # fmt: skip

CORRECTIONS = ("changed", "late", "gone", "back", "reused", "repeated", "revised", "early")
"""Kinds of corrections: a cell is another one; a day was entered that had passed already when it was published as
empty; a row is gone; a row that was gone is back; its key is back with another content; a row without a key is there
once more; a count has a revision; a row is new in a release that describes an earlier day than the one before."""

PROGRESS = ("new", "closed", "happened", "told", "grown", "left")
"""Kinds of progress: a row is new; it has come to its end; something else happened to it; a cell was filled that had
to wait for that; a sum has grown; the row has left a table that only looks ahead."""


NO_STEPS: Mapping[str, tuple[tuple[str, ...], ...]] = {}


class Course(NamedTuple):
    """How a row of `resource` goes on by itself, although nothing that was published of it had been wrong.

    `events`: days that are empty until something happens; `closes`: the one of them that ends it. `ends`: days that are
    empty until an end is set, which may lie ahead. `steps`: field → the roles of its values, step by step; () are the
    values without a role. `told`: fields that are empty until somebody tells them, while the row is open; `added`: at
    any time. `grows`: sums that only grow. `revision`: the number of a revision, 1 for the first. `leaves`: the day
    after which a row may leave the table.
    """

    resource: str
    events: tuple[str, ...] = ()
    closes: str = ""
    ends: tuple[str, ...] = ()
    steps: Mapping[str, tuple[tuple[str, ...], ...]] = NO_STEPS
    told: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    grows: tuple[str, ...] = ()
    revision: str = ""
    leaves: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it names."""
        named = (*self.events, *self.ends, *self.steps, *self.told, *self.added, *self.grows)
        return frozenset({*named, self.closes, self.revision, self.leaves} - {""})


class Change(NamedTuple):
    """One cell, or one row (`field` ""), as it was and is published, as text. None: what is not quoted.

    `key`: the row's key, its parts with | between them. `grid`: whose page shows the row, "" for none.
    """

    resource: str
    key: str
    field: str
    kind: str
    before: str | None
    after: str | None
    grid: str
    reason: str = ""

    @property
    def is_correction(self) -> bool:
        """Whether something that had been published was not right or is not there any more."""
        return self.kind in CORRECTIONS


class SchemaChange(NamedTuple):
    """Columns or a table that came, went or were renamed: `kind` says which, `names` which columns."""

    kind: str
    resource: str
    names: tuple[str, ...] = ()


class MonthOfChanges(NamedTuple):
    """The releases of a month that are not told one by one any more."""

    month: str
    releases: int
    corrections: int
    progress: int


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """What the release of `as_of` changed since that of `since`, whose id is `since_id` ("" where it has none).

    `counts`: resource → kind → how many; `corrections`: the first of them, one by one.
    """

    as_of: str
    since: str
    since_id: str
    counts: Mapping[str, Mapping[str, int]]
    schema: tuple[SchemaChange, ...] = ()
    corrections: tuple[Change, ...] = ()

    def number(self, kinds: Iterable[str], resource: str = "") -> int:
        """Return how many changes of some kinds there are, in one table or ("") in all."""
        tables = (self.counts.get(resource, {}),) if resource else self.counts.values()
        wanted = frozenset(kinds)
        return sum(count for table in tables for kind, count in table.items() if kind in wanted)

    @property
    def is_backwards(self) -> bool:
        """Whether it describes an earlier day than the one before."""
        return self.as_of < self.since

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.counts and not self.schema

    @property
    def has_data(self) -> bool:
        """Whether somebody handed in something: a row that has left by itself, or another column, is none of it."""
        kinds = {kind for table in self.counts.values() for kind in table}
        return not kinds <= {"left"} or any(change.kind == "table-added" for change in self.schema)


@dataclass(frozen=True, slots=True)
class ChangeHistory:
    """What is carried from release to release: `releases` the newest first, `months` of older ones, and `gone`.

    `gone`: resource → key of a row that is not published any more → a short sum over what it said. `updated`: the day
    of the last release that had new data, "" where nobody knows.
    """

    releases: tuple[ReleaseChanges, ...] = ()
    months: tuple[MonthOfChanges, ...] = ()
    gone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    updated: str = ""


class GridChanges(NamedTuple):
    """What changed of the rows of one grid: `counts` kind → how many of the latest comparison; `corrections` of all.

    `number`: of these corrections, of which the newest are here, each with the day of its release.
    """

    counts: Mapping[str, int]
    corrections: tuple[tuple[str, Change], ...]
    number: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What pages say of changes. `latest`: since the last release; None where there is nothing to compare with.

    `totals`: grid ("": of none) → kind → how many of them. `shown`: releases that are told one by one.
    """

    latest: ReleaseChanges | None = None
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    history: ChangeHistory = ChangeHistory()
    shown: int = 30

    def of_grids(self, most: int) -> Mapping[str, GridChanges]:
        """Return grid → what its page says, with at most so many corrections one by one."""
        first = self.latest is not None and self.history.releases[:1] == (self.latest,)
        found: dict[str, list[tuple[str, Change]]] = {}
        earlier = Counter[str]()
        for place, release in enumerate(self.history.releases):
            for change in release.corrections:
                found.setdefault(change.grid, []).append((release.as_of, change))
                earlier[change.grid] += not (first and place == 0)
        return {
            grid: GridChanges(kinds, tuple(found.get(grid, ())[:most]), earlier[grid] + corrected(kinds))
            for grid in sorted({*found, *self.totals} - {""})
            for kinds in (self.totals.get(grid, {}),)
        }


def corrected(counts: Mapping[str, int]) -> int:
    """Return how many of the changes are corrections."""
    return sum(count for kind, count in counts.items() if kind in CORRECTIONS)
