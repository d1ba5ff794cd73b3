"""What a form says of a column: in a note at its header, in the guide, and where Excel refuses a cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder import mend
from builder.forms.choices import Choices
from builder.language import Translator, fill, mark, words
from builder.model import Field

__all__ = ["form", "need", "note", "published", "refused"]

LONGEST = 255
"""Characters of what Excel says when it refuses a cell."""

SHORT = 120
"""Characters of a list that is told in words; of a longer one the drop-down tells."""

PUBLISHED = {"public": mark("as it is"), "counts": mark("only in counts"), "never": mark("never")}


def need(field: Field, translate: Translator) -> str:
    """Return whether the cell must be filled in."""
    return translate(mark("Must be filled in") if field.required else mark("May stay empty"))


def published(field: Field, translate: Translator) -> str:
    """Return how much of the column is published."""
    return translate(PUBLISHED[field.publish])


def form(field: Field, choices: Choices | None, translate: Translator) -> str:
    """Return what a cell looks like, in words."""
    if choices and choices.table:
        return fill(translate, mark("A code from the sheet “{sheet}”"), {"sheet": choices.title})
    if choices:
        told = words(translate, tuple(row[0] for row in choices.rows))
        if len(told) <= SHORT:
            return fill(translate, mark("One of: {allowed}"), {"allowed": told})
        return fill(translate, mark("One of the list: {count} of them"), {"count": len(choices.rows)})
    limits: Mapping[str, Any] = field.descriptor.get("constraints", {})
    shape = mend.described(str(limits["pattern"])) if "pattern" in limits else ()
    if shape:
        if len(shape) == 1:
            return words(translate, shape)
        return fill(translate, mark("One after the other: {parts}"), {"parts": shape})
    values = {
        "least": limits.get("minimum"), "most": limits.get("maximum"), "longest": limits.get("maxLength"),
        "decimals": field.descriptor.get("decimals"),
    }  # fmt: skip
    return fill(translate, sentence(field, limits), values)


def sentence(field: Field, limits: Mapping[str, Any]) -> str:
    if field.type == "date":
        return mark("A date like 2026-03-05")
    if field.type == "datetime":
        return mark("A day with a time like 2026-03-05T08:00:00")
    if field.type in ("integer", "number"):
        kind = "integer" if field.type == "integer" else "decimals" if "decimals" in field.descriptor else "number"
        return NUMBERS[kind, "minimum" in limits, "maximum" in limits]
    return mark("Text of at most {longest} characters") if "maxLength" in limits else mark("Text")


NUMBERS = {
    ("integer", True, True): mark("A whole number from {least} to {most}"),
    ("integer", True, False): mark("A whole number, at least {least}"),
    ("integer", False, True): mark("A whole number, at most {most}"),
    ("integer", False, False): mark("A whole number"),
    ("number", True, True): mark("A number from {least} to {most}"),
    ("number", True, False): mark("A number, at least {least}"),
    ("number", False, True): mark("A number, at most {most}"),
    ("number", False, False): mark("A number"),
    ("decimals", True, True): mark("A number from {least} to {most}, at most {decimals} decimals"),
    ("decimals", True, False): mark("A number, at least {least}, at most {decimals} decimals"),
    ("decimals", False, True): mark("A number, at most {most}, at most {decimals} decimals"),
    ("decimals", False, False): mark("A number, at most {decimals} decimals"),
}


def note(field: Field, choices: Choices | None, example: str, translate: Translator) -> str:
    """Return the note at a header, a line a thing."""
    lines = [
        need(field, translate),
        field.description,
        fill(translate, mark("What to write: {form}"), {"form": form(field, choices, translate)}),
        field.fix,
        fill(translate, mark("Example: {example}"), {"example": example}) if example else "",
        fill(translate, mark("Published: {how}"), {"how": published(field, translate)}),
    ]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def refused(field: Field, choices: Choices | None, translate: Translator) -> str:
    """Return what Excel says when it refuses a cell: what to write, as many sentences as it shows."""
    if choices and choices.table:
        unknown = mark("This code is not on the sheet “{sheet}”: look it up there by name.")
        first = fill(translate, unknown, {"sheet": choices.title})
    else:
        what = form(field, choices, translate)
        first = fill(translate, mark("Here belongs: {form}."), {"form": what})
    said = ""
    for line in (first, field.fix, field.description):
        if line and len(said) + len(line) < LONGEST:
            said += f"\n{line}" if said else line
    return said
