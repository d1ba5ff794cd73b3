"""What a subject is: everything that is particular to duty, to cases, to assessment, in one value.

A subject goes through the stages like this; each function takes what the one before it returned and nothing else:

    tables ─ count ─▶ C (private) ─ protect ─▶ P (published) ─ measure ─▶ F (facts) ─ block ─▶ B, for one page

`Subject` is generic in these four, so that mypy refuses a subject whose `measure` takes what was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from builder.demo.world import World
from builder.model import (
    Block,
    CountedPart,
    Course,
    Definition,
    Event,
    Figure,
    Json,
    Kind,
    Late,
    Needs,
    News,
    OnDuty,
    Package,
    Period,
    Pledge,
    Policy,
    PublishedPart,
    Ratio,
    Recent,
    Records,
    Scope,
    Search,
    Shards,
    Tables,
    Tree,
    Unit,
)
from builder.rules import Check
from builder.subjects.edition import Edition

__all__ = [
    "AnySubject", "Asked", "Closing", "Column", "Deadlines", "Demo", "Disclosure", "Kept", "Measures", "Shown",
    "Statistics", "Subject", "distinct", "present",
]  # fmt: skip

C = TypeVar("C", bound=CountedPart)
P = TypeVar("P", bound=PublishedPart)
F = TypeVar("F")
B = TypeVar("B", bound=Block)


class Disclosure(NamedTuple):
    """How openly each row of `resource` is shown: the row's `by` is a `key` of `table`, whose `level` plays a role.

    The roles are itemised, counted and protected. Rows whose `void` is true are shown nowhere; "" for none. `minimum`:
    the column of `table` with the smallest count that is shown of a category, where it has one of its own; "" where
    nothing is counted. `title`: the column of `table` that names a category.
    """

    resource: str
    by: str
    table: str
    key: str
    level: str
    void: str = ""
    minimum: str = ""
    title: str = "name"


class Column(NamedTuple, Generic[F]):
    """One column of the table that puts children side by side. `order`: how the table in its order is called, or "".

    A cell is a ratio, a plain count (denominator -1), or words.
    """

    label: str
    definition: str
    cell: Callable[[F, Unit], Ratio | str]
    order: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines(Generic[F]):
    """A subject whose rows can be overdue. `word`: what one such row is called (message id).

    `can_be`: whether anything can be overdue at all; `count`: how much of a unit is; `listed`: all of it one by one,
    the longest overdue first.
    """

    word: str
    can_be: Callable[[F], bool]
    count: Callable[[F, Unit], int]
    listed: Callable[[F], Sequence[Late]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of each branch that formulas of other subjects may name. `names`: name → what it counts (message id).

    `reads`: the columns, as `table.field`, that they are counted from. `count`: one row a branch (index: branch_id) and
    a column a name, of what falls in a period, as it stood on its last day; tables may hold defects. Only what the
    subject itself publishes may be counted: a count may be printed as an input of a formula.
    """

    names: Mapping[str, str]
    reads: tuple[str, ...]
    count: Callable[[Tables, Period], pd.DataFrame]


class Asked(NamedTuple):
    """Measures that a subject computes from in one period. `name`: that of the period, `names`: of the measures."""

    name: str
    period: Period
    names: frozenset[str]


class Closing(NamedTuple):
    """A quarter or year that has closed: `name` is 2026-Q3 or 2026. `known`: the last revision of what is published.

    `before`: what was published of this period, when it is corrected: what changes must not tell of anybody either.
    """

    name: str
    span: Period
    known: pd.DataFrame
    before: pd.DataFrame | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is a year, whose quarters have closed before it."""
        return "-" not in self.name


class Statistics(NamedTuple):
    """Counts of a subject's rows that may not be listed, published once a period has closed (see `intake.closing`).

    `resource`: the table that holds them. `since`: the first day that the rows cover, None for no rows. `cells`: what
    may be published of one period: place_id, measure, item, count (Int64), status; the count or the status is empty.
    """

    resource: str
    since: Callable[[Tables], date | None]
    cells: Callable[[Tables, Tree, Policy, Closing], pd.DataFrame]


class Kept(NamedTuple):
    """Rows of `resource` that would tell of somebody by a small change: `rows` of what was published, what would be.

    Both are public; what comes back is published. `period`: the column that says which period a row belongs to.
    """

    resource: str
    period: str
    rows: Callable[[pd.DataFrame, pd.DataFrame, Tables], pd.DataFrame]


class Demo(NamedTuple):
    """Demonstration data: resource → its rows. `stream` numbers the random numbers; no other subject has the same.

    `attachments`: the files that the rows name, by name. `settled`: rows that follow from the other tables, made once
    all of these are there (by resource).
    """

    stream: int
    tables: Callable[[np.random.Generator, World], Mapping[str, pd.DataFrame]]
    settled: Callable[[Mapping[str, pd.DataFrame], World], Mapping[str, pd.DataFrame]] | None = None
    attachments: Callable[[], Mapping[str, bytes]] = dict


class Shown(NamedTuple, Generic[F]):
    """What the pages of a subject's own kinds are made from."""

    facts: F
    edition: Edition


def nothing(*_: object) -> tuple[Any, ...]:
    """Return nothing to show."""
    return ()


def none(*_: object) -> None:
    """Return no block."""


def zero(*_: object) -> int:
    """Return that there are no records."""
    return 0


def unchanged(_resource: str, frame: pd.DataFrame, _policy: Policy, _tables: Tables) -> pd.DataFrame:
    """Return the rows as they are: the columns' `publish` says all."""
    return frame


@dataclass(frozen=True, slots=True)
class Subject(Generic[C, P, F, B]):
    """One subject. `name` is that of its main resource, which gives it its title and its anchor on pages.

    `added`: what was counted in several parts of the tree together (without it, everything is counted at once);
    `pieces`: what of the published belongs to one shard, by its number (without it, all of it). Those functions that
    work in other processes must be found there by name: no lambda, no function inside another.

    `regrouped`: what was let through, with figures of the areas of other trees: sums over what may be published of the
    grids in them (grid_id → those areas). Without it, these areas have no figures of the subject (docs/adr/0017).

    `needs`: its tables, the main one first. `courses`: how their rows go on although nothing had been wrong. `mask`:
    empties cells of published rows that may not be shown (the tables are those before, private).
    `block`: its part of a unit's page, None where it has nothing to say there; `figures` of the block stand on the
    first screen and `document` in data.json. `record_count` and `records`: a unit's complete list of rows, None where
    it lists none, shown year by year on pages of its own when it is long. `totals`: its figures of the whole package,
    for the home page. `recent`: what a unit published of late, newest
    first. `news`: what its feed tells (at least the NEWS newest; of an area only what lies in none of its grids), each
    as it is told of any other unit; `agenda`: what is to come for a grid or a branch. `shape`: the JSON Schema of its
    `document`. `kinds`: pages of its own; `entries`: path and entry of those of them that are looked up by name.
    `definitions`: what each of its figures means. `measures`: counts that other subjects may compute from; `asks`:
    those of other subjects that this one computes from. `statistics`: counts of what is not listed; `kept`: rows that
    stay as they were published while too little of them has changed. All but the first six may be left out.
    """

    name: str
    needs: tuple[Needs, ...]
    count: Callable[[Tables, Scope], C]
    protect: Callable[[C, Policy], P]
    measure: Callable[[P, Scope], F]
    block: Callable[[F, Unit, Edition], B | None]
    added: Callable[[Sequence[C]], C] | None = None
    pieces: Callable[[P, Shards], Callable[[int], P]] | None = None
    regrouped: Callable[[P, Mapping[str, tuple[str, ...]]], P] | None = None
    courses: tuple[Course, ...] = ()
    checks: tuple[Check, ...] = ()
    disclosure: Disclosure | None = None
    mask: Callable[[str, pd.DataFrame, Policy, Tables], pd.DataFrame] = unchanged
    figures: Callable[[B, Unit, Edition], tuple[Figure, ...]] = nothing
    document: Callable[[B], Json] = none
    columns: Callable[[F, Edition, bool], tuple[Column[F], ...]] = nothing
    deadlines: Deadlines[F] | None = None
    record_count: Callable[[F, Unit], int] = zero
    records: Callable[[F, Unit, Edition], Records | None] = none
    totals: Callable[[F, Edition], tuple[Figure, ...]] = nothing
    recent: Callable[[F, Unit, Edition], tuple[Recent, ...]] = nothing
    news: Callable[[F, Unit, Edition], Iterable[News]] = nothing
    agenda: Callable[[F, Unit, Edition], Iterable[Event]] = nothing
    shape: Json = True
    kinds: tuple[Kind[Shown[F]], ...] = ()
    entries: Callable[[F, Edition], Iterable[tuple[str, Search]]] = nothing
    on_duty: Callable[[B], tuple[OnDuty, ...]] = nothing
    pledges: Callable[[F, Edition], tuple[Pledge, ...]] = nothing
    definitions: tuple[Definition, ...] = ()
    measures: Measures | None = None
    asks: Callable[[Tables], Sequence[Asked]] = nothing
    statistics: Statistics | None = None
    kept: Kept | None = None
    demo: Demo | None = None

    def at_work(self) -> Subject[C, P, F, B]:
        """Return the subject as another process needs it: without what only checks and demonstrations use."""
        return replace(self, checks=(), demo=None, measures=None, statistics=None, kept=None)

    def is_in(self, package: Package) -> bool:
        """Return whether the package has every table that the subject cannot do without."""
        return all(item.optional or item.resource in package.resources for item in self.needs)


AnySubject: TypeAlias = Subject[Any, Any, Any, Any]


RESERVED = frozenset({"places", "overdue", "version", "kind", "name", "areas", "as_of", "period", "branch", "grid"})
"""Names that the tree, an order of a table or a key of data.json has already."""


def distinct(subjects: Sequence[AnySubject]) -> None:
    """Raise ValueError when two subjects would write to the same place: it is the list that is wrong, not the data."""
    names = [subject.name for subject in subjects]
    measures = [name for subject in subjects if subject.measures for name in subject.measures.names]
    kinds = [kind.name for subject in subjects for kind in subject.kinds]
    streams = [subject.demo.stream for subject in subjects if subject.demo]
    for used in (names, kinds, streams, measures):
        if len(set(used)) < len(used) or RESERVED & set(map(str, used)):
            raise ValueError(f"a name that is taken: {used}")


def present(subjects: Iterable[AnySubject], package: Package) -> tuple[AnySubject, ...]:
    """Return the subjects that the package has."""
    return tuple(subject for subject in subjects if subject.is_in(package))
