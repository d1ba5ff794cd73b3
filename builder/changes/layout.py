"""What of two releases of a table can be compared: the columns that both have, and the key that tells rows apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from builder.changes.previous import Stored
from builder.model import SchemaChange

__all__ = ["Layout", "layout", "tables"]


class Layout(NamedTuple):
    """`pairs`: (name now, name before) of the columns that both releases have; `key`: those of them that are the key.

    `has_key`: false where only whole rows can be told apart. `changes`: what else is told of the columns.
    """

    pairs: tuple[tuple[str, str], ...]
    key: tuple[tuple[str, str], ...]
    has_key: bool
    changes: tuple[SchemaChange, ...]


def tables(before: Mapping[str, Stored], now: Mapping[str, Stored]) -> tuple[SchemaChange, ...]:
    """Return the tables that came and went."""
    gone = (SchemaChange("table-removed", name) for name in before if name not in now)
    return (*gone, *(SchemaChange("table-added", name) for name in now if name not in before))


def layout(before: Stored, now: Stored) -> Layout:
    """Return what can be compared. A column is the same under another name only if its aliases say so."""
    old, new, resource = names(before), names(now), now.name
    renamed = {
        field["name"]: alias
        for field in now.schema["fields"] if field["name"] not in old
        for alias in field.get("aliases", ()) if alias in old and alias not in new
    }  # fmt: skip
    if len(set(renamed.values())) < len(renamed):  # two columns claim the same one
        renamed = {}
    pairs = tuple((name, renamed.get(name, name)) for name in new if renamed.get(name, name) in old)
    there = {name for _, name in pairs}
    lost, added = [name for name in old if name not in there], [name for name in new if name not in dict(pairs)]
    changes = [SchemaChange("column-renamed", resource, (was, name)) for name, was in renamed.items()]
    changes += [SchemaChange("columns-removed", resource, tuple(lost))] if lost else []
    changes += [SchemaChange("columns-added", resource, tuple(added))] if added else []
    wanted, known = primary(now), primary(before)
    key = tuple(pair for pair in pairs if pair[0] in wanted)
    if len(key) < len(wanted) or not wanted:
        key = tuple(pair for pair in pairs if pair[1] in known)
        wanted = known if len(key) == len(known) else ()
    if {was for _, was in key} != set(known) or len(primary(now)) != len(known):
        changes.append(SchemaChange("key-changed", resource, tuple(primary(now))))
    return Layout(pairs, key if wanted else pairs, bool(wanted), tuple(changes))


def names(table: Stored) -> list[str]:
    return [str(field["name"]) for field in table.schema["fields"]]


def primary(table: Stored) -> Sequence[Any]:
    return tuple(table.schema.get("primaryKey", ()))
