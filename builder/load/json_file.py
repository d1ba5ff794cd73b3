"""A JSON file of the package as one object that can be relied on.

Whatever it holds can be walked, written out again and shown: names are distinct, numbers are finite and fit
into 64 bits, text is Unicode, and objects are nested a few levels deep.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.load.files import text
from builder.load.names import brief, is_plain, shown

__all__ = ["Json", "json_object"]

Json = Mapping[str, Any]

LARGEST = 5 * 10**6
"""Bytes. The schemas of a district are a hundred times smaller."""

DEEPEST = 32
"""Levels of objects and lists. Python's own JSON writer gives up at some hundreds."""

DIGITS = 18
"""So many digits always fit into 64 bits."""


class OddError(ValueError):
    """JSON that Python's reader takes and we do not: a message id, a hint id and values."""

    def __init__(self, message: str, hint: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values = values


def json_object(path: Path, largest: int = LARGEST) -> Json:
    """Return the object that a file of at most `largest` bytes holds. Raises BuilderError naming file and place."""
    where = shown(path)
    try:
        value = parsed(text(path, largest, mark("name the folder that holds datapackage.json")))
    except json.JSONDecodeError as error:
        raise BuilderError(
            mark("{path}: not valid JSON at line {line}, column {column} ({error})"),
            mark("often a comma or a quote is missing just before that place"),
            path=where, line=error.lineno, column=error.colno, error=error.msg,
        ) from None  # fmt: skip
    except OddError as error:
        raise BuilderError(error.message, error.hint, path=where, **error.values) from None
    if not isinstance(value, dict):
        raise BuilderError(
            mark("{path}: must hold one JSON object"), mark("it begins with a curly bracket"), path=where
        )
    return value


def parsed(source: str) -> Any:
    """Return the value of a JSON text. Raises JSONDecodeError and OddError."""
    try:
        value = json.loads(
            source, object_pairs_hook=distinct, parse_int=whole, parse_float=finite, parse_constant=finite
        )
    except RecursionError:
        raise too_deep() from None
    look_through(value)
    return value


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two equal names Python would silently keep the last; all of them may stand in messages."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if not is_plain(key):
            raise OddError(mark("{path}: the property {key} has a name with characters that nobody can see"),
                           mark("type its name again"), key=brief(key))  # fmt: skip
        if key in found:
            raise OddError(mark("{path}: the property {key} stands twice in one object"),
                           mark("delete one of them"), key=brief(key))  # fmt: skip
        found[key] = value
    return found


def whole(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS:
        raise too_large(digits)
    return int(digits)


def finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise too_large(digits)
    return number


def too_large(digits: str) -> OddError:
    return OddError(
        mark("{path}: the number {number} cannot be used"), mark("write a number of at most 18 digits"),
        number=digits[:DIGITS] + ("…" if len(digits) > DIGITS else ""),
    )  # fmt: skip


def too_deep() -> OddError:
    return OddError(
        mark("{path}: objects or lists are nested more than {deepest} levels deep"),
        mark("compare with a fresh `mingge demo`"), deepest=DEEPEST,
    )  # fmt: skip


def look_through(value: Any) -> None:
    """Raise OddError for text that is half a character, and for what is nested too deep to be written out again."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > DEEPEST:
            raise too_deep()
        if isinstance(item, str):
            try:
                item.encode()
            except UnicodeEncodeError:
                raise OddError(mark("{path}: the text {text} holds half a character (\\ud800 … \\udfff)"),
                               mark("type the text again"), text=brief(item)) from None  # fmt: skip
        elif isinstance(item, dict):
            waiting += [(inner, depth + 1) for inner in item.values()]
        elif isinstance(item, list):
            waiting += [(inner, depth + 1) for inner in item]
