"""What is more open than a lock allows, with how many rows and cells that exposes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from builder.model import LEVELS, PUBLISHED, REPOSITORIES, Openness, Policy, Record, Table, Tables
from builder.protect.counted import listed

__all__ = ["Widening", "widened"]

NOTHING = Record("private", {}, {}, {}, {})
"""What is agreed to where there is no lock."""


class Widening(NamedTuple):
    """One thing that is more open than before. `part` and `name` are those of `Record`; `old` "": it was not there.

    `rows` and `cells` (filled ones) are read by more people; None where figures are, and not rows.
    """

    part: str
    name: str
    old: str
    new: str
    rows: int | None = None
    cells: int | None = None


def widened(before: Record | None, now: Openness, tables: Tables, policy: Policy) -> tuple[Widening, ...]:
    """Return all that is more open than `before`, in the order of the lock."""
    old, new = before or NOTHING, now.record
    found = [*repository(old, new, tables), *minimums(old, new, tables, policy), *levels(old, now, tables, policy)]
    columns = list(fields(old, new, tables, policy))
    return (*found, *columns, *headers(old, tables, policy, {item.name for item in columns}))


def repository(old: Record, new: Record, tables: Tables) -> Iterator[Widening]:
    if REPOSITORIES.index(new.repository) > REPOSITORIES.index(old.repository):
        frames = [table.frame for table in tables.tables.values()]
        rows, cells = sum(map(len, frames)), sum(int(frame.notna().to_numpy().sum()) for frame in frames)
        yield Widening("repository", "repository", old.repository, new.repository, rows, cells)


def minimums(old: Record, new: Record, tables: Tables, policy: Policy) -> Iterator[Widening]:
    """A category whose own minimum is gone has that of all cells; a minimum that is new hides what was shown."""
    for name, number in sorted(old.minimums.items()):
        now = new.minimums.get(name, new.minimums["minimum_cell"] if "." in name else number)
        if now < number and not ("." in name and name not in new.levels):
            rows = ballots(now, number, tables, policy) if name == "minimum_ballots" else None
            yield Widening("minimums", name, str(number), str(now), rows)


def ballots(low: int, high: int, tables: Tables, policy: Policy) -> int:
    """Return how many rows hold so many votes that they are shown from `low` on, and were not from `high` on."""
    count = 0
    for name, columns in policy.polls.items():
        if name in tables and columns:
            votes = tables[name][list(columns)].sum(axis=1)
            count += int(((votes >= low) & (votes < high)).sum())
    return count


def levels(old: Record, now: Openness, tables: Tables, policy: Policy) -> Iterator[Widening]:
    known = {f"{item.table}.{item.key}": item for item in now.categories}
    for name, level in sorted(now.record.levels.items()):
        before = old.levels.get(name, "")
        if LEVELS.index(level) <= LEVELS.index(before or LEVELS[0]):
            continue
        if name in known:
            category = known[name]
            rows = having(tables, policy, category.resource, category.key)
        else:
            rows = having(tables, policy, name.partition(".")[0])
        yield Widening("levels", name, before, level, rows)


def having(tables: Tables, policy: Policy, resource: str, key: str | None = None) -> int:
    """Return how many rows of a resource are of a category, or are there at all; void ones are shown nowhere."""
    if resource not in tables:
        return 0
    rule, frame = policy.levels[resource], tables.tables[resource].frame
    frame = frame if key is None else frame[(frame[rule.by] == key).fillna(False)]
    return len(frame[~frame[rule.void].fillna(False).astype(bool)]) if rule.void in frame else len(frame)


def fields(old: Record, new: Record, tables: Tables, policy: Policy) -> Iterator[Widening]:
    for name, publish in new.fields.items():
        before = old.fields.get(name, "")
        if PUBLISHED.index(publish) > PUBLISHED.index(before or PUBLISHED[0]):
            yield Widening("fields", name, before, publish, *filled(name, publish, tables, policy))


def filled(name: str, publish: str, tables: Tables, policy: Policy) -> tuple[int, int]:
    """Return in how many rows, and in how many cells, a column is filled: of those that are listed, where it is."""
    resource, _, column = name.partition(".")
    table: Table | None = tables.tables.get(resource)
    if table is None or column not in table.frame:
        return 0, 0
    frame = table.frame if publish == "counts" else listed(table, policy)
    count = int(frame[column].notna().sum())
    return count, count


def headers(old: Record, tables: Tables, policy: Policy, told: set[str]) -> Iterator[Widening]:
    """Yield the headers of a column that was less open than the one that they name now, unless that one is told of."""
    for header, publish in sorted(old.headers.items()):
        # as headers are read: whatever its spaces and brackets
        resource, _, text = header.partition(": ")
        owner = tables.package.resources[resource].schema.named(text) if resource in tables.package.resources else None
        name, now = (f"{resource}.{owner.name}", owner.publish) if owner else ("", PUBLISHED[0])
        if PUBLISHED.index(now) > PUBLISHED.index(publish) and name not in told:
            yield Widening("headers", header, publish, now, *filled(name, now, tables, policy))
