"""Count each subject that the package has, over one period and one tree: street by street, and added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from builder import places
from builder.calendar.periods import months, reporting
from builder.frames import Pieces, parted
from builder.model import Counted, CountedPart, Scope, Shard, Shards, Table, Tables
from builder.processes import Crew
from builder.subjects.subject import AnySubject

__all__ = ["tables"]


class Work(NamedTuple):
    """One shard to count: its tables, its part of the tree, and the subjects that are counted in parts."""

    tables: Tables
    scope: Scope
    subjects: tuple[AnySubject, ...]


def tables(found: Tables, as_of: date, subjects: Sequence[AnySubject], crew: Crew) -> Counted:
    """Count everything at `as_of` over the package's reporting period."""
    settings = found.package.settings
    period = reporting(as_of, settings.period_months)
    tree = places.tree(found, as_of)
    scope = Scope(as_of, period, months(period), tree, settings, places.others(found, tree))
    where = places.count(found, scope)
    shards = places.shards(tree, where.terms, places.branch_parents(found), scope.others.values())
    parted = tuple(subject.at_work() for subject in subjects if subject.added)
    counting = crew.map(counted, work(found, scope, shards, parted))
    whole = {subject.name: subject.count(found, scope) for subject in subjects if not subject.added}
    counts = list(counting)
    added = {s.name: s.added([part.pop(s.name) for part in counts]) for s in subjects if s.added}
    return Counted(scope=scope, shards=shards, parts={"places": where, **whole, **added})


def counted(work: Work) -> dict[str, CountedPart]:
    """Return what each subject counts in one shard."""
    return {subject.name: subject.count(work.tables, work.scope) for subject in work.subjects}


def work(found: Tables, scope: Scope, shards: Shards, subjects: tuple[AnySubject, ...]) -> Iterator[tuple[str, Work]]:
    """Yield every shard by name; rows without a grid are counted with the rest."""
    read = {"branch_grid", *(needs.resource for subject in subjects for needs in subject.needs)}
    kept = {name: table for name, table in found.tables.items() if name in read}
    pieces = {name: parted(table.frame, shards) for name, table in kept.items() if "grid_id" in table.frame}
    for shard in shards.every:
        part = Tables(found.package, {name: of_shard(table, pieces, shard) for name, table in kept.items()})
        yield shard.name, Work(part, scope.only(shard), subjects)


def of_shard(table: Table, pieces: Mapping[str, Pieces], shard: Shard) -> Table:
    """Return the rows of a shard; counts that have been made already are read once, with the rest."""
    if piece := pieces.get(table.resource.name):
        return replace(table, frame=piece(shard.number), parts=())
    is_elsewhere = "place_id" in table.frame and not shard.is_rest
    return replace(table, frame=table.frame.iloc[:0] if is_elsewhere else table.frame, parts=())
