"""Identifiers that say nothing: not how many there are, not which came first, not on what day.

A field whose schema says `"opaque": true` is given another value in every table that has it. With a key it is an HMAC
(RFC 2104), the same in every release and of no use without the key. Without one, a row is addressed by its place, its
day and a number among the published rows of that place and day. Rows then stand in the order of what they say, so that
their order tells nothing either.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import pandas as pd

from builder.model import PublishedTables, Resource, plain

__all__ = ["opaque"]

LENGTH = 20
"""Characters of 4 bits: among a hundred million rows the chance that two are alike is one in 200 million."""

LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnprstyz")
"""No digit, no vowel, no w, x or q: chance writes no number and no “wx…” that the gate would take for an account."""


def opaque(tables: PublishedTables, key: bytes | None) -> PublishedTables:
    """Return the tables with other identifiers in the place of those that are opaque, wherever they stand."""
    frames = dict(tables.frames)
    for name, resource in tables.resources.items():
        (field, *others) = resource.schema.primary_key or ("",)
        if others or field not in frames[name] or not resource.schema[field].opaque:
            continue
        frame = in_order(plain(frames[name]), field)
        known = dict(zip(frame[field], hidden(frame, resource, field, key), strict=True))
        # once more: of rows that say the same the private identifier decided so far
        frames[name] = in_order(renamed(frame, field, known), field)
        for other, column in references(tables.resources, name, field):
            if column in frames[other]:
                frames[other] = renamed(plain(frames[other]), column, known)
    return PublishedTables(tables.resources, frames)


def in_order(frame: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return the rows in the order of what they say; the identifier decides only between rows that say the same."""
    said = [str(name) for name in frame if name != field]
    return frame.sort_values([*said, field], kind="stable", ignore_index=True)


def hidden(frame: pd.DataFrame, resource: Resource, field: str, key: bytes | None) -> list[str]:
    """Return for each row of a frame in order what stands in the place of its identifier."""
    if key is None:
        place, day = place_and_day(resource)
        known = [name for name in (place, day) if name in frame]
        number = frame.groupby(known, dropna=False).cumcount() + 1 if known else pd.Series(range(1, len(frame) + 1))
        where = frame[place].fillna("0").astype(str) if place in known else pd.Series("0", index=frame.index)
        when = frame[day].dt.strftime("%Y%m%d").fillna("0") if day in known else pd.Series("0", index=frame.index)
        return [f"{a}-{b}-{n}" for a, b, n in zip(where, when, number, strict=True)]
    return [keyed(key, resource.name, str(value)) for value in frame[field]]


def keyed(key: bytes, table: str, value: str) -> str:
    """Return the HMAC of an identifier as sixteen letters have it."""
    found = hmac.new(key, f"{table}\0{value}".encode(), hashlib.sha256).hexdigest()
    return found[:LENGTH].translate(LETTERS)


def place_and_day(resource: Resource) -> tuple[str, str]:
    """Return the first column that points at another table, and the first that holds a day; "" for none."""
    schema = resource.schema
    place = next((key.field for key in schema.foreign_keys), "")
    return place, next((field.name for field in schema.fields if field.type in ("date", "datetime")), "")


def references(resources: Mapping[str, Resource], name: str, field: str) -> list[tuple[str, str]]:
    """Return the columns of other tables that hold this identifier."""
    return [
        (other, key.field)
        for other, resource in resources.items()
        for key in resource.schema.foreign_keys
        if (key.target or other, key.target_field) == (name, field) and other != name
    ]


def renamed(frame: pd.DataFrame, column: str, known: Mapping[str, str]) -> pd.DataFrame:
    """Return the frame with other identifiers; one that no published row has is left out."""
    return frame.assign(**{column: frame[column].map(known).astype("str")})
