"""What a descriptor may hold: every property that the engine knows, a line each, and how large it may be.

Judged before anything else reads the object. `Properties` then says of each that it is of its kind. A property of the
standard that the engine does not follow is refused where it is read; of a package, a resource and a schema the standard
lets anybody write more, which is passed over and never published, unless it is nearly a word of ours or stands in a
wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from builder.errors import BuilderError
from builder.language import mark
from builder.load.near import nearest
from builder.load.properties import Properties
from builder.model import Message
from builder.model.legible import reserved

__all__ = [
    "CONSTRAINTS", "FIELD", "PACKAGE", "RESOURCE", "SCHEMA", "SETTINGS", "Bound", "judge", "refuse_misspelt",
    "refuse_unknown",
]  # fmt: skip


class Bound(NamedTuple):
    """How many characters each text of a property may have, and how many values it may hold."""

    longest: int
    most: int = 1


WORD = Bound(60)
"""A name, a choice, a number."""

TITLE = Bound(100)
"""Stands on every page that shows the table."""

SENTENCE = Bound(500)
PASSAGE = Bound(2_000)
WORDS = Bound(200, 2_000)
"""An enumeration of a thousand values, with their labels."""

OTHER = Bound(2_000, 1_000)
"""A property that the engine does not read."""

PACKAGE: Mapping[str, Bound] = {
    "name": WORD, "title": TITLE, "description": PASSAGE, "version": WORD, "licenses": Bound(300, 50),
    "sources": Bound(300, 200), "mingge": OTHER, "resources": Bound(10_000, 10_000),
}  # fmt: skip

RESOURCE: Mapping[str, Bound] = {
    "name": SENTENCE, "title": TITLE, "description": PASSAGE, "path": PASSAGE, "schema": PASSAGE,
    "minimum_rows": WORD, "singular": TITLE, "format": WORD, "mediatype": WORD, "encoding": WORD,
    "fewer_rows_pct": WORD, "more_rows_pct": WORD, "emptied_points": WORD, "new_rows_days": WORD,
}  # fmt: skip

SCHEMA: Mapping[str, Bound] = {
    "fields": Bound(10_000, 100_000), "primaryKey": Bound(60, 20), "foreignKeys": Bound(60, 500),
    "missingValues": Bound(60, 20),
}  # fmt: skip

FIELD: Mapping[str, Bound] = {
    # of the Table Schema standard and its common extensions
    "name": WORD, "title": TITLE, "description": PASSAGE, "type": WORD, "format": WORD, "constraints": WORDS,
    "categories": WORDS, "categoriesOrdered": WORD, "missingValues": Bound(60, 20), "decimalChar": WORD,
    "groupChar": WORD, "bareNumber": WORD, "trueValues": Bound(60, 20), "falseValues": Bound(60, 20),
    "example": SENTENCE, "examples": Bound(500, 20), "rdfType": SENTENCE, "unit": WORD,
    # our own
    "publish": WORD,
    "aliases": Bound(100, 50),
    "fix": SENTENCE,
    "roles": WORDS,
    "vote": WORD,
    "vote_score": WORD,
    "decimals": WORD,
    "attachment": WORD,
    "opaque": WORD,
    "phone": WORD,
    "official": WORD,
}  # fmt: skip

CONSTRAINTS: Mapping[str, Bound] = {
    "required": WORD, "unique": WORD, "minLength": WORD, "maxLength": WORD, "minimum": WORD, "maximum": WORD,
    "exclusiveMinimum": WORD, "exclusiveMaximum": WORD, "enum": WORDS,
    "pattern": Bound(10_000),  # patterns.py says how long
}  # fmt: skip

SETTINGS: Mapping[str, Bound] = {
    "as_of": WORD,
    "demonstration": WORD,
    "timezone": WORD,
    "calendar": WORD,
    "period_months": WORD,
    "minimum_denominator": WORD,
    "minimum_ballots": WORD,
    "minimum_ranked": WORD,
    "nested_codes": WORD,
    "severities": Bound(500, 400),
    "repository": WORD,
    "minimum_cell": WORD,
    "closing_days": WORD,
    "shown_releases": WORD, "stale_days": WORD, "held_fewer_rows_pct": WORD,
    "allowed_hosts": Bound(253, 200),
    "geometry": Bound(200, 20),
}


STANDARD = frozenset({
    "id", "profile", "$schema", "homepage", "keywords", "contributors", "created", "image", "dialect", "bytes", "hash",
    "licenses", "sources", "scheme", "compression", "compressionLevel", "innerpath", "data", "type", "fieldsMatch",
    "uniqueKeys", "name", "title", "description", "version", "extrapaths", "schema", "path",
})  # fmt: skip
"""Properties of the Data Package standard that are passed over: none of them is a misspelt one of ours."""

NEAR = 0.8
"""How like one of ours a property must be to be taken for it, where anybody may write more."""

HOMES: tuple[tuple[Mapping[str, Bound], str], ...] = (
    (SETTINGS, mark("“mingge” of datapackage.json")),
    (CONSTRAINTS, mark("“constraints” of the field")),
    (FIELD, mark("a field of the schema")),
    (RESOURCE, mark("the resource in datapackage.json")),
    (SCHEMA, mark("the schema’s file, beside “fields”")),
)
"""Where a property belongs that stands in a wrong object."""


def judge(source: Properties, table: Mapping[str, Bound]) -> None:
    """Note a property that is larger than `table` lets it be, or that holds a word of the build's."""
    for key, value in source.source.items():
        bound = table.get(key, OTHER)
        if len(key) > WORD.longest:
            source.refuse(key[: WORD.longest], mark("{where}: the property “{key}…” has too long a name"))
            continue
        for number, text in enumerate(texts(value), 1):
            if number > bound.most > 1:  # a list where one value belongs is of the wrong kind
                error = source.wrong(
                    key, mark("{where}: “{key}” holds more than {most} values"), mark("keep those that are needed"),
                    most=bound.most,
                )  # fmt: skip
            elif len(text) > bound.longest:
                error = source.wrong(
                    key, mark("{where}: “{key}” is longer than {longest} characters"),
                    mark("shorten it: it stands on many pages"), longest=bound.longest,
                )  # fmt: skip
            elif word := reserved(text):
                error = source.wrong(
                    key, mark("{where}: “{key}” holds {word}, which only the build may write"),
                    mark("write it otherwise"), word=word,
                )  # fmt: skip
            else:
                continue
            source.note(error)
            break


def refuse_unknown(source: Properties, table: Mapping[str, Bound]) -> frozenset[str]:
    """Note a property that is neither the standard's nor ours: it would be passed over in silence.

    Returns the properties that are meant: that they are missing needs not to be said.
    """
    meant = {key: nearest(key, table) for key in source.source if key not in table}
    for key, near in meant.items():
        source.note(unknown(source, key, table, near))
    return frozenset(meant.values())


def refuse_misspelt(source: Properties, table: Mapping[str, Bound]) -> frozenset[str]:
    """Note a property that is nearly one of ours, or that belongs into another object; others may stand there.

    Returns the properties that are meant: that they are missing needs not to be said.
    """
    others = [key for key in source.source if key not in table and key not in STANDARD]
    meant = {key: near for key in others if (near := nearest(key, table, NEAR)) or belongs(key, table)}
    for key, near in meant.items():
        source.note(unknown(source, key, table, near))
    return frozenset(meant.values())


def belongs(key: str, table: Mapping[str, Bound]) -> str:
    """Return where a property belongs that `table` does not have, "" if nobody knows it."""
    return next((home for other, home in HOMES if other is not table and key in other), "")


def unknown(source: Properties, key: str, table: Mapping[str, Bound], near: str) -> BuilderError:
    home = "" if near == key else belongs(key, table)
    if home:
        return source.wrong(
            key, mark("{where}: “{key}” stands in the wrong place"), mark("it belongs into {home}"), home=Message(home)
        )
    return source.wrong(
        key[: WORD.longest], mark("{where}: there is no property “{key}”"),
        mark("did you mean “{near}”?") if near else mark("known are: {known}"),
        near=near, known=", ".join(table),
    )  # fmt: skip


def texts(value: Any) -> Iterator[str]:
    """Yield every single value of JSON as text, and every name of a property; nothing is nested deep here."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    else:
        yield value if isinstance(value, str) else ""
