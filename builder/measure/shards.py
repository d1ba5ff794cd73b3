"""What may be published of one shard: enough for its pages, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder import places
from builder.frames import Pieces, cut
from builder.model import Level, PublicReport, Published, PublishedTables, Shard, Shards
from builder.places import PlacesPublished
from builder.subjects.subject import AnySubject

__all__ = ["pieces"]

UNITS: tuple[Level, ...] = ("area", "grid", "branch")


def pieces(found: Published, subjects: Sequence[AnySubject]) -> Callable[[Shard], Published]:
    """Return what belongs to a shard. Tables: the rows of its areas, grids and branches; in the rest of all of them."""
    whole = found.parts["places"]
    assert isinstance(whole, PlacesPublished)  # noqa: S101 - `protect` puts it there
    shards = found.shards
    terms = places.pieces(whole, shards)
    parts = {s.name: s.pieces(found.parts[s.name], shards) for s in subjects if s.pieces}
    units: dict[str, Pieces] = {
        name: cut(found.tables[name], shards, name, f"{name}_id") for name in UNITS if name in found.tables
    }
    package, scope, report, outline = found.package, found.scope, found.report, found.tables.only(UNITS)
    undivided = {s.name: found.parts[s.name] for s in subjects if not s.pieces}
    del found  # the tables row by row are in the downloads, and needed nowhere else

    def piece(shard: Shard) -> Published:
        number = shard.number
        return Published(
            package=package,
            scope=scope.only(shard),
            shards=shards if shard.is_rest else Shards((shard,), {}, {}, frozenset()),
            parts={
                "places": whole if shard.is_rest else terms(number),
                **{s.name: parts[s.name](number) if s.name in parts else undivided[s.name] for s in subjects},
            },
            tables=outline if shard.is_rest else tables(outline, units, number),
            report=report if shard.is_rest else PublicReport({}, ()),
        )

    return piece


def tables(whole: PublishedTables, units: dict[str, Pieces], number: int) -> PublishedTables:
    """Return the tables of one shard: other tables are there, as a page may ask, and empty."""
    frames = {name: units[name](number) if name in units else frame for name, frame in whole.frames.items()}
    return PublishedTables(resources=whole.resources, frames=frames)
