"""A defect in words: one sentence with the value found, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Quote, Severity
from builder.validate.cells import Defect
from builder.validate.typed import CONTROL

__all__ = ["LONGEST", "finding", "one_line"]

LONGEST = 60
"""Characters of a cell that are quoted."""

TYPES = {
    "date": (mark("“{value}” is not a date"), mark("Write it like 2026-03-05.")),
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


def finding(resource: str, address: Address, field: Field | None, defect: Defect, value: str) -> Finding:
    """Return the finding for one defect; `field` is None when it is about the whole row."""
    if field is None:
        message = Message(mark("the row is empty"), mark("Delete the empty row."))
        return Finding("blank-row", Severity.ERROR, resource, address, message)
    constraints: Mapping[str, object] = field.descriptor.get("constraints", {})
    text, fix = TYPES[field.type] if defect.rule == "type" else RULES.get(defect.rule, OTHER)
    allowed = allowed_words(field, constraints.get(defect.rule))
    near = nearest(field, defect, value, allowed)
    quote = Quote(resource, field.name, one_line(value[:LONGEST]))
    values = {"value": quote, "allowed": tuple(map(str, allowed)), "rule": defect.rule, "near": near}
    return Finding(
        "type-error" if defect.rule == "type" else f"{defect.rule.lower()}-constraint",
        Severity.ERROR, resource, address, Message(text, verbatim(field.fix) or (NEAR if near else fix), values),
        field.title, quote,
    )  # fmt: skip


def nearest(field: Field, defect: Defect, value: str, allowed: Sequence[object]) -> str:
    """Return the value of an enumeration that was probably meant; never for a private cell, which it would tell."""
    if defect.rule != "enum" or field.publish != "public":
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
