"""What of a schema is Frictionless' business, and whether Frictionless can use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Resource

__all__ = ["PATTERN", "reader", "standard", "usable"]

STANDARD = ("name", "type", "format", "constraints", "trueValues", "falseValues")
PATTERN, ANYTHING = "pattern", "(?s:.*)"
UNUSABLE = mark("{resource}: the schema’s field {field} cannot be used ({error})")


def standard(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a field descriptor that Frictionless knows, with a pattern that matches everything.

    Frictionless would run its own with Python's `re`, which some of them keep busy for ever (docs/adr/0023).
    """
    known = {key: value for key, value in field.items() if key in STANDARD}
    if PATTERN in known.get("constraints", {}):
        known["constraints"] = {**known["constraints"], PATTERN: ANYTHING}
    return known


def usable(resource: Resource) -> None:
    """Raise BuilderError when a constraint of the resource's schema is unknown, or is itself no value of its field."""
    for field in resource.schema.fields:
        if reason := wrong(written(field.descriptor)):
            raise BuilderError(UNUSABLE, resource=resource.name, field=field.name, error=reason)


def reader(field: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return Frictionless' reader of one cell of a usable field."""
    return made(written(field))


def written(field: Mapping[str, Any]) -> str:
    """Return what Frictionless is told of a field. To read it costs it a millisecond, and many fields are alike."""
    return json.dumps(standard(field))


@lru_cache(maxsize=1000)
def made(known: str) -> Callable[[str], Any]:
    # imported here, so that a worker process pays for it and `mingge --help` does not
    from frictionless import Field

    return Field.from_descriptor(json.loads(known)).create_cell_reader()


@lru_cache(maxsize=1000)
def wrong(known: str) -> str:
    """Return why a field cannot be used, "" when it can."""
    from frictionless import Field, FrictionlessException

    try:
        field = Field.from_descriptor(json.loads(known))
    except FrictionlessException as error:
        return "; ".join(item.note for item in error.reasons) or error.error.note
    value_of = field.create_value_reader()
    for rule in ("minimum", "maximum", "enum"):
        limits = field.constraints.get(rule, [])
        for limit in limits if isinstance(limits, list) else [limits]:
            if value_of(limit) is None:
                return f"{rule}: {limit}"
    return ""
