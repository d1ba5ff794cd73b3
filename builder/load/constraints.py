"""The constraints of a field: each of the kind that the Table Schema standard gives it, none makes another pointless.

What they say of a value of a type is held against what that type can be; whatever else a limit may be as a value of the
field is Frictionless' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from builder.language import mark
from builder.load.names import is_plain, shown
from builder.load.properties import Properties
from builder.model import Message
from builder.patterns import PatternError, matcher

__all__ = ["check"]

LENGTHS = (0, 10**6)
VALUE = mark("{where}: “{key}” must be text or a number, but is {found}")
ENUM = mark("{where}: “{key}” must be a list of different values, but is {found}")
UNMATCHED = mark("{where}: the pattern lets “{value}” of the enumeration never stand there")

ROOM = 3
"""Values of an enumeration that are named in a sentence."""


def whole(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return int(value) if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,18}", value) else None


def number(value: object) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


READ: Mapping[str, Callable[[object], Any]] = {"integer": whole, "number": number, "date": day, "datetime": moment}
"""Type → its value of what a schema writes, None for what is none."""

LIKE = {
    "integer": mark("a whole number like 60"), "number": mark("a number like 92.5"),
    "date": mark("a day like 2026-03-05"), "datetime": mark("a moment like 2026-03-05T08:30:00"),
}  # fmt: skip


def check(source: Properties, kind: str) -> bool:
    """Note each constraint that cannot be used. Returns whether the field is required."""
    for key in ("minLength", "maxLength"):
        source.whole(key, 0, LENGTHS)
    for key in ("minimum", "maximum"):
        check_limit(source, key, kind)
    check_order(source, "minimum", "maximum", READ.get(kind, number))
    check_order(source, "minLength", "maxLength", whole)
    if "enum" in source:
        check_enum(source, kind)
    check_pattern(source, kind)
    return source.flag("required")


def is_value(value: object) -> bool:
    return is_plain(value) if isinstance(value, str) else isinstance(value, int | float) and not isinstance(value, bool)


def check_limit(source: Properties, key: str, kind: str) -> None:
    if key not in source:
        return
    value = source.source[key]
    if not is_value(value):
        source.refuse(key, VALUE)
    elif not kind:
        return
    elif kind in ("string", "boolean"):
        source.refuse(
            key, mark("{where}: a {type} has no “{key}”"),
            mark("use minLength, maxLength or a pattern, or give the field another type"), type=kind,
        )  # fmt: skip
    elif READ[kind](value) is None:
        source.refuse(
            key, mark("{where}: “{key}” is {found}, which is no value of the field"), mark("write {like}"),
            like=Message(LIKE[kind]),
        )  # fmt: skip


def check_order(source: Properties, least: str, most: str, read: Callable[[object], Any]) -> None:
    """Note two limits between which nothing lies."""
    if least not in source or most not in source:
        return
    low, high = read(source.source[least]), read(source.source[most])
    if low is not None and high is not None and low > high:
        source.refuse(
            least, mark("{where}: “{key}” is {found}, more than “{most}”, so no value can be right"),
            mark("exchange them, or correct one"), most=most,
        )  # fmt: skip


def check_enum(source: Properties, kind: str) -> None:
    values = source.items("enum")
    if not isinstance(source.source["enum"], list):
        return
    texts = [value for value in values if isinstance(value, str)]
    if padded := next((value for value in texts if value != value.strip()), ""):
        source.refuse(
            "enum", mark("{where}: “{value}” begins or ends with a space, which nobody sees in a cell"),
            mark("delete the space"), value=padded.replace(" ", "␣").replace("\u3000", "␣"),
        )  # fmt: skip
    # true and 1 are one value to Python
    usable = values and all(is_value(value) or isinstance(value, bool) for value in values)
    if not usable or (kind == "string" and not all(texts)) or len(texts) < len(values) * (kind == "string"):
        source.refuse("enum", ENUM)
        return
    written = [str(value).strip() for value in values]
    if twice := next((value for value in written if written.count(value) > 1), ""):
        source.refuse(
            "enum", mark("{where}: “{value}” stands twice in the enumeration"), mark("delete one of them"), value=twice
        )
    if kind in READ and (odd := [value for value in values if READ[kind](value) is None]):
        source.refuse(
            "enum", mark("{where}: “{value}” of the enumeration is no value of the field"),
            mark("correct it, or give the field “type”: “string”"), value=shown(str(odd[0])),
        )  # fmt: skip
    check_within(source, kind, values)


def check_within(source: Properties, kind: str, values: list[Any]) -> None:
    """Note a value of the enumeration that another constraint lets never stand there."""
    limits: list[tuple[str, str, Callable[[object], Any]]] = [("minLength", "maxLength", size)]
    if kind in READ:
        limits.append(("minimum", "maximum", READ[kind]))
    for least, most, read in limits:
        low, high = (read_limit(source, key, read) for key in (least, most))
        for value in values:
            found = read(value)
            if found is None or ((low is None or found >= low) and (high is None or found <= high)):
                continue
            source.refuse(
                "enum", mark("{where}: “{limit}” lets “{value}” of the enumeration never stand there"),
                mark("take the value out, or correct “{limit}”"),
                limit=least if low is not None and found < low else most, value=shown(str(value)),
            )  # fmt: skip
            return


def size(value: object) -> int:
    return len(str(value))


def read_limit(source: Properties, key: str, read: Callable[[object], Any]) -> Any:
    """Return a limit as a value that others are held against, None where there is none that can be."""
    limit = source.source.get(key)
    return whole(limit) if read is size else None if limit is None else read(limit)


def check_pattern(source: Properties, kind: str) -> None:
    pattern = source.line("pattern")
    if not pattern:
        return
    try:
        matches = matcher(pattern)
    except PatternError as error:
        source.refuse(
            "pattern",
            mark("{where}: the pattern cannot be used ({error}): {part}")
            if error.part
            else mark("{where}: the pattern cannot be used ({error})"),
            mark("write all forms that may stand there side by side, like (A|B): a cell must be judged in little time")
            if error.is_beyond
            else mark("correct the pattern; it is one as Python has them"),
            error=error.reason, part=shown(error.part),
        )  # fmt: skip
        return
    values = source.source.get("enum")
    texts = [value for value in values if isinstance(value, str) and value] if isinstance(values, list) else []
    refused = [value for value in texts if not matches(value)]
    if refused and len(refused) == len(texts):
        source.refuse(
            "pattern", mark("{where}: pattern and enumeration exclude each other: it matches none of {values}"),
            mark("take one of the two out: an enumeration needs no pattern"), values=tuple(texts[:ROOM]),
        )  # fmt: skip
    elif refused:
        source.refuse(
            "pattern", UNMATCHED, mark("take the value out, or take the pattern out: an enumeration needs none"),
            value=refused[0],
        )  # fmt: skip
