"""What happens to a matter that somebody raises: within what it is answered and resolved, and what is shown of it."""

from __future__ import annotations

from builder.language import mark
from builder.model import Field, Pledge
from builder.subjects.case.facts import CaseFacts, Limits
from builder.subjects.edition import Edition

__all__ = ["pledges"]


def pledges(facts: CaseFacts, edition: Edition) -> tuple[Pledge, ...]:
    """Return the limits of each category in words; nothing where the package sets none.

    A limit to resolve means nothing where nobody says what was resolved.
    """
    if not any(item.respond is not None or item.resolve is not None for item in facts.limits):
        return ()
    schema = edition.package.resources["case_category"].schema

    def label(name: str, value: str) -> str:
        return schema[name].label(value) if value and name in schema else value

    def within(number: int | None, item: Limits) -> str:
        if number is None:
            return ""
        in_hours = "limit_unit" in schema and item.unit in hours(schema["limit_unit"])
        unit = label("limit_unit", item.unit) if in_hours else label("day_kind", item.day_kind)
        return edition.translate(mark("{count} × {unit}")).format(count=number, unit=unit)

    return tuple(
        Pledge(
            item.name, within(item.respond, item), within(item.resolve if facts.resolves else None, item),
            label("disclosure", item.openness),
        )
        for item in facts.limits
    )


def hours(field: Field) -> tuple[str, ...]:
    return tuple(field.roles.get("hours", ()))
