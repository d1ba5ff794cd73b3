"""A defect in words: one sentence with the value found, the cause, and what to do."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from string import Formatter
from typing import NamedTuple

from builder.language import mark
from builder.mend import PERSONAL, Diagnosis, described, diagnose, either, is_formal, shape
from builder.mend import SENTENCES as CAUSES
from builder.model import Address, Field, Finding, Message, Quote, Resource, Severity, TextPart
from builder.validate.cells import BLANK
from builder.validate.merged import MERGED
from builder.validate.remarks import SENTENCES, meant
from builder.validate.typed import CONTROL

__all__ = ["RAGGED", "SHIFTED", "code", "finding", "one_line", "ragged", "severity"]

RAGGED = "ragged-row"
SHIFTED = "shifted-row"

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
    "pattern": (mark("“{value}” is not written as it should be"), mark("Compare it with other cells of the column.")),
    "minimum": (mark("“{value}” is below the minimum {allowed}"), mark("Correct it.")),
    "maximum": (mark("“{value}” is above the maximum {allowed}"), mark("Correct it.")),
    "minLength": (mark("“{value}” has {count} characters, at least {allowed} are needed"), mark("Write it out.")),
    "maxLength": (mark("the text has {count} characters, at most {allowed} fit"), mark("Shorten it.")),
}
OTHER = (mark("the cell breaks the rule “{rule}”"), mark("Correct it."))
EXACT = frozenset(["required", "minimum", "maximum", "maxLength"])
"""Rules that say all; what a schema says to do about a wrong form does not fit them."""

PARTS = mark("It should be, one after the other: {parts}.")
PART = mark("It should be {parts}.")
EXAMPLE = mark("Write it like {example}.")
BETWEEN = mark("{least} to {most}")
COMES_FROM_CELL = frozenset(["first", "other", "clock", "number", "unit", "year", "month", "days"])
"""Facts that repeat the cell, and are quoted like it."""

MERGED_WORDS = (
    mark("the cell is empty, perhaps because it was merged with the one above"),
    mark("Undo the merge in Excel and fill every row; above stands “{mended}”."),
    mark("Undo the merge in Excel and fill every row."),
)


MOVED = (
    mark("from column {letter} on the cells of the row stand one column off"),
    mark("Move the cells from column {letter} on back under their headers; compare the row with the one above it."),
)


class Told(NamedTuple):
    """A sentence about a cell: message id, what to do, the values, and what the cell should say."""

    text: str
    hint: str
    values: Mapping[str, object]
    mended: str = ""


def one_line(value: str) -> str:
    """Return text of a cell as one line that no terminal, log or person can take for something else."""
    return re.sub(CONTROL, "\ufffd", re.sub("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", "↵", value))


def code(rule: str) -> str:
    """Return the code of a broken rule; a diagnosis, a remark and an empty row have their own."""
    if rule in (BLANK, MERGED, SHIFTED) or rule in SENTENCES or rule in CAUSES:
        return rule
    return "type-error" if rule == "type" else f"{rule.lower()}-constraint"


def severity(rule: str) -> Severity:
    """Return how bad it is to break a rule."""
    return Severity.WARNING if rule in SENTENCES else Severity.ERROR


def finding(
    resource: str, address: Address, field: Field | None, rule: str, value: str, *, is_sure: bool = True,
    known: Container[str] = (),
) -> Finding:
    """Return the finding for one cell that breaks `rule`; `field` is None when it is about the whole row.

    `is_sure`: whether the cell is surely of that field. If not, it is quoted as one of no field, which nobody reads,
    unless it has the form of the field's values. `known`: see `mend.is_formal`. `value` of merged cells is what stands
    above, of a shifted row the letter of the column from which on it is.
    """
    if field is None and rule == SHIFTED:
        message = Message(*MOVED, {"letter": value})
        return Finding(code(rule), Severity.ERROR, resource, address._replace(letter=value), message)
    if field is None:
        message = Message(mark("the row is empty"), mark("Delete the empty row."))
        return Finding(code(rule), Severity.ERROR, resource, address, message)
    found = diagnose(value, field) if rule in CAUSES else None
    formal = is_formal(value, field, found, known)
    quote = quoted(resource, field, value, is_sure=is_sure, formal=formal)
    told = words_of(rule, value, field, found)
    after = quoted(resource, field, told.mended, is_sure=is_sure, formal=is_formal(told.mended, field, None, known))
    is_told = bool(told.mended) and after.field != "" and field.publish == "public" and not field.vote
    if not is_told and "{mended}" in told.hint:
        told = told._replace(hint=MERGED_WORDS[2] if rule == MERGED else CAUSES[rule].otherwise)
    values = {
        name: quote._replace(text=str(fact)) if name in COMES_FROM_CELL else fact for name, fact in told.values.items()
    }
    values |= {"mended": after, "rule": rule}
    named = {name for text in (told.text, told.hint) for _, name, _, _ in Formatter().parse(text) if name}
    # a sentence with a value is filled in, so that a brace that was doubled is one
    message = Message(told.text, told.hint, {"value": quote} | {name: values[name] for name in named & values.keys()})
    shown = quote._replace(text="") if rule == MERGED else quote
    mended = after if told.mended else None
    return Finding(code(rule), severity(rule), resource, address, message, field.title, shown, mended)


def quoted(resource: str, field: Field, text: str, *, is_sure: bool, formal: bool) -> Quote:
    # digits with commas between them are still somebody's number, which the gate does not see
    is_sure = is_sure and not (field.type in ("integer", "number") and PERSONAL.search(re.sub("[^0-9Xx]", "", text)))
    return Quote(resource, field.name if is_sure or formal else "", one_line(text[:LONGEST]), formal)


def words_of(rule: str, value: str, field: Field, found: Diagnosis | None) -> Told:
    """Return what is said of a cell of `field` that breaks `rule`."""
    constraints: Mapping[str, object] = field.descriptor.get("constraints", {})
    allowed = tuple(map(str, allowed_words(field, constraints.get(rule))))
    values: dict[str, object] = {"allowed": allowed, "count": len(value)}
    if rule == MERGED:
        return Told(MERGED_WORDS[0], MERGED_WORDS[1], values, value)
    if rule in SENTENCES:
        return Told(*SENTENCES[rule], values, meant(rule, value))
    if rule in CAUSES:
        return caused(rule, field, found or Diagnosis(rule))
    text, hint = TYPES[field.type] if rule == "type" else RULES.get(rule, OTHER)
    if rule not in EXACT and field.fix:
        hint = verbatim(field.fix)
    elif rule == "pattern":
        hint, values["parts"], values["example"] = formed(field, hint)
    return Told(text, hint, values)


def caused(rule: str, field: Field, found: Diagnosis) -> Told:
    """Return what is said of a cell whose damage is known."""
    sentence = CAUSES[rule]
    values = {"allowed": tuple(map(str, listed(field))), **found.facts}
    expected = values.get("expected")
    if isinstance(expected, tuple) and len(expected) > 1:
        values["expected"] = either(expected)
    if expected == ():
        values["expected"] = Message(BETWEEN, "", {"least": values["least"], "most": values["most"]})
    if found.value:
        return Told(sentence.says, sentence.hint, values, found.value)
    hint = verbatim(field.fix) if rule == "wrong-length" and field.fix else sentence.otherwise
    return Told(sentence.says, hint, values)


def formed(field: Field, otherwise: str) -> tuple[str, tuple[Message, ...], str]:
    """Return how to say what a field's pattern asks for: in words, by an example, or not at all. Never as it stands."""
    pattern = field.descriptor["constraints"]["pattern"]
    parts, form = described(pattern), shape(pattern)
    example = str(field.descriptor.get("example", form.example if form else ""))
    return PART if len(parts) == 1 else PARTS if parts else EXAMPLE if example else otherwise, parts, example


def ragged(resource: Resource, part: TextPart, row: int, count: int) -> Finding:
    """Return the finding for a row that has `count` cells, which are not as many as the header has."""
    message = Message(
        mark("the row has {count} cells, the header has {expected}"),
        mark("A comma is missing or too many; a cell with a comma must stand in double quotes."),
        {"count": count, "expected": len(part.header)},
    )
    return Finding(RAGGED, Severity.ERROR, resource.name, Address(part.path, row), message)


def verbatim(text: str) -> str:
    """Return a schema's own sentence as a message that stands for itself, whatever braces it holds."""
    return text.replace("{", "{{").replace("}", "}}")


def listed(field: Field) -> Sequence[object]:
    """Return the words of which a cell of the field is one."""
    if field.type == "boolean":
        return allowed_words(field, None)
    found: Sequence[object] = field.descriptor.get("constraints", {}).get("enum", ())
    return found


def allowed_words(field: Field, constraint: object) -> Sequence[object]:
    if field.type == "boolean":
        return [*field.descriptor.get("trueValues", ["true"]), *field.descriptor.get("falseValues", ["false"])]
    if isinstance(constraint, list):
        return constraint
    return [constraint]
