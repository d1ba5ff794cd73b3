"""Whether a text is a value of its field: narrower than the judge of cells, never wider."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from builder.model import Field
from builder.patterns import PatternError, matcher

__all__ = ["form_of", "is_valid", "limits_hold", "words_of"]

KNOWN = {"required", "minimum", "maximum", "enum", "pattern", "minLength", "maxLength", "unique"}
WRITTEN: Mapping[str, str] = {
    "integer": r"-?[0-9]{1,18}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}",
}
NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,%d})?"
PLACES = 15


def is_valid(text: str, field: Field) -> bool:
    """Return whether `text`, which is not empty, is surely a value of `field`. What is not known here is none."""
    constraints: Mapping[str, Any] = field.descriptor.get("constraints", {})
    if not text or constraints.keys() - KNOWN or (field.type != "datetime" and form_of(field) != "default"):
        return False
    if field.type == "boolean":
        return any(text in words_of(field, is_true) for is_true in (True, False))
    test = READ.get(field.type)
    return test is not None and test(text, field) and limits_hold(text, field) and words_hold(text, constraints)


def form_of(field: Field) -> str:
    """Return how a field's values are written, where its type leaves a choice."""
    return str(field.descriptor.get("format", "default"))


def words_of(field: Field, is_true: bool) -> list[str]:
    """Return what a boolean field writes for true, or for false."""
    usual = ["true", "True", "TRUE", "1"] if is_true else ["false", "False", "FALSE", "0"]
    return list(field.descriptor.get("trueValues" if is_true else "falseValues", usual))


def words_hold(text: str, constraints: Mapping[str, Any]) -> bool:
    """Return whether a text has the form and length that constraints ask of it."""
    if "enum" in constraints and text not in map(str, constraints["enum"]):
        return False
    if not constraints.get("minLength", 0) <= len(text) <= constraints.get("maxLength", len(text)):
        return False
    if "pattern" not in constraints:
        return True
    try:
        return matcher(constraints["pattern"])(text)
    except PatternError:
        return False


def limits_hold(text: str, field: Field) -> bool:
    """Return whether a value, written as its type is, lies between the field's limits."""
    constraints = field.descriptor.get("constraints", {})
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is None and high is None:
        return True
    try:
        if field.type in ("integer", "number"):
            value = Decimal(text)
            return (low is None or value >= Decimal(str(low))) and (high is None or value <= Decimal(str(high)))
    except InvalidOperation:
        return False
    # written alike, days are in the order of their letters
    plain = text.replace(" ", "T")
    return (low is None or plain >= str(low)) and (high is None or plain <= str(high))


def is_number(text: str, field: Field) -> bool:
    return re.fullmatch(NUMBER % field.descriptor.get("decimals", PLACES), text) is not None


def is_whole(text: str, _field: Field) -> bool:
    return re.fullmatch(WRITTEN["integer"], text) is not None


def is_day(text: str, _field: Field) -> bool:
    if not re.fullmatch(WRITTEN["date"], text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: str, field: Field) -> bool:
    if (form := form_of(field)) != "default":
        try:
            return text.isascii() and datetime.strptime(text, form).strftime(form) == text
        except ValueError:
            return False
    if not re.fullmatch(WRITTEN["datetime"], text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


READ: Mapping[str, Callable[[str, Field], bool]] = {
    "string": lambda _text, _field: True,
    "integer": is_whole,
    "number": is_number,
    "date": is_day,
    "datetime": is_moment,
}
