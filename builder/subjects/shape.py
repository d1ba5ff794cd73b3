"""What a subject says in data.json, as JSON Schema (2020-12): every field is always there, and no other is.

A value that is not told is null, and why stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection

from builder.model import Json

__all__ = ["AMOUNT", "COUNT", "DATE", "FLAG", "TEXT", "among", "counts", "listed", "maybe", "record"]

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
FLAG: Json = {"type": "boolean"}
DATE: Json = {"type": "string", "format": "date"}
AMOUNT: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
"""A decimal as text, which no reader rounds."""


def record(optional: Collection[str] = (), /, **fields: Json) -> dict[str, Json]:
    """Return the shape of an object of these fields; the `optional` ones may be missing."""
    return {
        "type": "object", "properties": fields, "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }  # fmt: skip


def counts(names: Collection[str]) -> dict[str, Json]:
    """Return the fields of a tally: a count each."""
    return dict.fromkeys(names, COUNT)


def listed(item: Json) -> Json:
    """Return the shape of a list."""
    return {"type": "array", "items": item}


def maybe(value: Json) -> Json:
    """Return the shape of a value that may be null."""
    return {"anyOf": [value, {"type": "null"}]}


def among(*words: str) -> Json:
    """Return the shape of one of these words."""
    return {"enum": list(words)}
