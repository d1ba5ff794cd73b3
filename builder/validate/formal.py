"""Whether a damaged cell may be quoted where private columns stand beside it: only if it has the form of its column.

What has that form is no words about a person, even where columns are shifted. Numbers that somebody could be called
or told by are never repeated, whatever the column.
"""

from __future__ import annotations

import re

from builder.mend import ERROR, PERSONAL, Diagnosis, is_coded, is_valid, looks_coded
from builder.model import Field

__all__ = ["is_formal", "is_formal_mend"]

LONGEST, MOST_DIGITS = 20, 6
"""Of a malformed cell that is quoted: characters, and digits, which are fewer than any telephone has."""

MALFORMED = re.compile(r"[-0-9/.:,+ %年月日T]+")
BETWEEN = re.compile(r"[^0-9A-Za-z]+")
WORDLESS = frozenset(["placeholder", "placeholder-required", "blank", "zero-name"])
PARTED = frozenset(["wrong-length"])
"""Diagnoses that say nothing of what the signs are: a bank card is a code of another length."""


def is_formal(text: str, field: Field, found: Diagnosis | None) -> bool:
    """Return whether a cell that `field` refuses, and of which this was found, has the form of its column's values."""
    if PERSONAL.search(BETWEEN.sub("", text)) or PERSONAL.search(text):
        return False
    if found is not None and found.code in WORDLESS:
        return True
    if found is not None and found.code == "spreadsheet-error":
        return ERROR.fullmatch(text.strip()) is not None
    if not has_form(field) or not (is_worded(field) or looks_coded(text)):
        return False
    if found is not None and found.code not in PARTED:
        is_word = "enum" in field.descriptor.get("constraints", {})
        # the words around a word of the list may be a person's name
        return bool(found.value or field.type != "string" or found.code == "scientific-lost") and (
            not is_word or len(text.strip()) <= len(found.value) + 1
        )
    if field.type != "string" and is_valid(text, field):
        return True
    is_counted = field.type in ("date", "datetime", "integer", "number")
    is_short = len(text) <= LONGEST and len(re.findall("[0-9]", text)) <= MOST_DIGITS
    return is_counted and is_short and MALFORMED.fullmatch(text) is not None


def is_formal_mend(text: str, field: Field) -> bool:
    """Return whether what a cell should say has the form of its column: it is one of its values, and no free text.

    What stands above a cell is proposed too, and may be anything where columns are shifted.
    """
    is_meant = is_worded(field) or looks_coded(text)
    return has_form(field) and is_meant and is_valid(text, field) and not PERSONAL.search(BETWEEN.sub("", text))


def is_worded(field: Field) -> bool:
    """Return whether a field's values are no codes: days, numbers, words of a list."""
    return field.type != "string" or "enum" in field.descriptor.get("constraints", {})


def has_form(field: Field) -> bool:
    """Return whether a field's values are days, numbers, words of a list or codes."""
    constraints = field.descriptor.get("constraints", {})
    return is_worded(field) or ("pattern" in constraints and is_coded(constraints["pattern"]))
