"""What of a schema is Frictionless' business, and whether Frictionless can use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Resource

__all__ = ["PATTERN", "standard", "usable"]

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
    # imported here, so that `mingge --help` does not pay for it
    from frictionless import Field, FrictionlessException

    for field in resource.schema.fields:
        try:
            known = Field.from_descriptor(standard(field.descriptor))
        except FrictionlessException as error:
            reason = "; ".join(item.note for item in error.reasons) or error.error.note
            raise BuilderError(UNUSABLE, resource=resource.name, field=field.name, error=reason) from None
        value_of = known.create_value_reader()
        for rule in ("minimum", "maximum", "enum"):
            limits = known.constraints.get(rule, [])
            for limit in limits if isinstance(limits, list) else [limits]:
                if value_of(limit) is None:
                    raise BuilderError(UNUSABLE, resource=resource.name, field=field.name, error=f"{rule}: {limit}")
