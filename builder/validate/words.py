"""A defect in words: one sentence with the value found, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from builder.language import mark
from builder.model import Address, Field, Finding, Severity
from builder.validate.cells import Defect
from builder.validate.typed import CONTROL

__all__ = ["finding", "masked", "one_line"]

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


def masked(value: str, field: Field) -> str:
    """Return `value` as it may be shown to whoever reads the build's log: never a column that is not published."""
    return one_line(value[:60]) if field.publish == "public" or not value else "***"


def one_line(value: str) -> str:
    """Return text of a cell as one line that no terminal, log or person can take for something else."""
    return re.sub(CONTROL, "\ufffd", re.sub("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", "↵", value))


def finding(resource: str, address: Address, field: Field | None, defect: Defect, value: str) -> Finding:
    """Return the finding for one defect; `field` is None when it is about the whole row."""
    if field is None:
        return Finding(
            "blank-row", Severity.ERROR, resource, address,
            mark("the row is empty"), fix=mark("Delete the empty row."),
        )  # fmt: skip
    constraints: Mapping[str, object] = field.descriptor.get("constraints", {})
    message, fix = TYPES[field.type] if defect.rule == "type" else RULES.get(defect.rule, OTHER)
    allowed = allowed_words(field, constraints.get(defect.rule))
    near = difflib.get_close_matches(value, [str(word) for word in allowed], n=1) if defect.rule == "enum" else []
    shown = masked(value, field)
    values = {
        "value": shown, "allowed": tuple(map(str, allowed)), "rule": defect.rule, "near": "".join(near),
    }  # fmt: skip
    return Finding(
        "type-error" if defect.rule == "type" else f"{defect.rule.lower()}-constraint",
        Severity.ERROR, resource, address, message, values, field.title, shown,
        verbatim(field.fix) or (NEAR if near else fix),
    )  # fmt: skip


def verbatim(text: str) -> str:
    """Return a schema's own sentence as a message that stands for itself, whatever braces it holds."""
    return text.replace("{", "{{").replace("}", "}}")


def allowed_words(field: Field, constraint: object) -> Sequence[object]:
    if field.type == "boolean":
        return [*field.descriptor.get("trueValues", ["true"]), *field.descriptor.get("falseValues", ["false"])]
    if isinstance(constraint, list):
        return constraint
    return [constraint]
