"""A defect in words: one sentence with the value found, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Quote, Resource, Severity, TextPart
from builder.validate.cells import BLANK
from builder.validate.remarks import SENTENCES
from builder.validate.typed import CONTROL

__all__ = ["RAGGED", "code", "finding", "one_line", "ragged", "severity"]

RAGGED = "ragged-row"

LONGEST = 60
"""Characters of a cell that are quoted."""

TYPES = {
    "date": (mark("“{value}” is not a date"), mark("Write it like 2026-03-05.")),
    "datetime": (mark("“{value}” is not a day with a time"), mark("Write it like 2026-03-05T08:00:00.")),
    "integer": (mark("“{value}” is not a whole number"), mark("Write digits only, such as 312.")),
    "number": (mark("“{value}” is not a number"), mark("Write digits only, such as 92.5.")),
    "boolean": (mark("“{value}” is neither of: {allowed}"), mark("Write one of these.")),
    "string": (mark("“{value}” is not text"), ""),
}
RULES = {
    "required": (mark("the cell is empty"), mark("Fill it in.")),
    "enum": (mark("“{value}” is not one of: {allowed}"), mark("Write one of these.")),
    "pattern": (mark("“{value}” is not written as it should be"), mark("It should look like: {allowed}")),
    "minimum": (mark("“{value}” is below the minimum {allowed}"), mark("Correct the number.")),
    "maximum": (mark("“{value}” is above the maximum {allowed}"), mark("Correct the number.")),
    "minLength": (mark("“{value}” is shorter than {allowed} characters"), mark("Write it out.")),
    "maxLength": (mark("the text is longer than {allowed} characters"), mark("Shorten it.")),
}
NEAR = mark("Did you mean “{near}”?")
OTHER = (mark("the cell breaks the rule “{rule}”"), mark("Correct it."))


def one_line(value: str) -> str:
    """Return text of a cell as one line that no terminal, log or person can take for something else."""
    return re.sub(CONTROL, "\ufffd", re.sub("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", "↵", value))


def code(rule: str) -> str:
    """Return the code of a broken rule; a remark and an empty row have their own."""
    if rule == BLANK or rule in SENTENCES:
        return rule
    return "type-error" if rule == "type" else f"{rule.lower()}-constraint"


def severity(rule: str) -> Severity:
    """Return how bad it is to break a rule."""
    return Severity.WARNING if rule in SENTENCES else Severity.ERROR


def finding(
    resource: str, address: Address, field: Field | None, rule: str, value: str, *, is_sure: bool = True
) -> Finding:
    """Return the finding for one cell that breaks `rule`; `field` is None when it is about the whole row.

    `is_sure`: whether the cell is surely of that field. If not, it is quoted as one of no field, which nobody reads.
    """
    if field is None:
        message = Message(mark("the row is empty"), mark("Delete the empty row."))
        return Finding(code(rule), Severity.ERROR, resource, address, message)
    constraints: Mapping[str, object] = field.descriptor.get("constraints", {})
    quote = Quote(resource, field.name if is_sure else "", one_line(value[:LONGEST]))
    if rule in SENTENCES:
        message = Message(*SENTENCES[rule], {"value": quote})
        return Finding(code(rule), severity(rule), resource, address, message, field.title, quote)
    text, fix = TYPES[field.type] if rule == "type" else RULES.get(rule, OTHER)
    allowed = allowed_words(field, constraints.get(rule))
    near = nearest(field, rule, value, allowed) if is_sure else ""
    values = {"value": quote, "allowed": tuple(map(str, allowed)), "rule": rule, "near": near}
    message = Message(text, verbatim(field.fix) or (NEAR if near else fix), values)
    return Finding(code(rule), Severity.ERROR, resource, address, message, field.title, quote)


def ragged(resource: Resource, part: TextPart, row: int, count: int) -> Finding:
    """Return the finding for a row that has `count` cells, which are not as many as the header has."""
    message = Message(
        mark("the row has {count} cells, the header has {expected}"),
        mark("A comma is missing or too many; a cell with a comma must stand in double quotes."),
        {"count": count, "expected": len(part.header)},
    )
    return Finding(RAGGED, Severity.ERROR, resource.name, Address(part.path, row), message)


def nearest(field: Field, rule: str, value: str, allowed: Sequence[object]) -> str:
    """Return the value of an enumeration that was probably meant; never for a private cell, which it would tell."""
    if rule != "enum" or field.publish != "public":
        return ""
    return "".join(difflib.get_close_matches(value, [str(word) for word in allowed], n=1))


def verbatim(text: str) -> str:
    """Return a schema's own sentence as a message that stands for itself, whatever braces it holds."""
    return text.replace("{", "{{").replace("}", "}}")


def allowed_words(field: Field, constraint: object) -> Sequence[object]:
    if field.type == "boolean":
        return [*field.descriptor.get("trueValues", ["true"]), *field.descriptor.get("falseValues", ["false"])]
    if isinstance(constraint, list):
        return constraint
    return [constraint]
