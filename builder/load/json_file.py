"""A JSON file of the package as one object that can be relied on.

Whatever it holds can be walked, written out again and shown: names are distinct, numbers are finite and fit
into 64 bits, text is Unicode, and objects are nested a few levels deep. Everything that is wrong with a file is told
at once, each with its line and column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, gathered
from builder.language import mark
from builder.load.document import Document
from builder.load.files import text
from builder.load.json_slips import slips
from builder.load.json_walk import DEEPEST, Slip, is_finite, is_half, is_short, oddities, position, positions
from builder.load.names import is_plain, shown
from builder.model import Message

__all__ = ["Json", "json_document", "json_object"]

Json = Mapping[str, Any]

LARGEST = 5 * 10**6
"""Bytes. The schemas of a district are a hundred times smaller."""

MOST_LOOKED_AT = 10**6
"""Characters of a text in which slips are looked for. Longer ones are drawn by programs, which make other mistakes."""

CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7})(?: .{0,200})?$", re.MULTILINE)

MOST = 100
"""Mistakes of one file that are told."""

SYNTAX = {
    "Expecting value": mark("a value is missing here"),
    "Expecting ',' delimiter": mark("a comma is missing before this place"),
    "Expecting ':' delimiter": mark("a colon is missing before this place"),
    "Expecting property name enclosed in double quotes": mark("the name of a property is missing here"),
    "Illegal trailing comma before end of object": mark("there is a comma behind the last item"),
    "Illegal trailing comma before end of array": mark("there is a comma behind the last item"),
    "Unterminated string starting at": mark("the text that begins here has no closing quotation mark"),
    "Invalid control character at": mark("there is a tab or another sign that nobody sees in a text"),
    "Extra data": mark("there is something behind the last bracket"),
    "Invalid \\escape": mark("a backslash stands before a sign that needs none"),
    "Invalid \\uXXXX escape": mark("behind \\u stand no four digits"),
}
"""What Python's reader says, in words that can be translated."""


class Noted:
    """Reads the parts of a JSON text; remembers whether anything was odd, which `oddities` then says."""

    def __init__(self) -> None:
        self.is_odd = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Of two equal names Python would silently keep the last; all of them may stand in messages."""
        found = dict(pairs)
        if len(found) < len(pairs) or not all(map(is_plain, found)):
            self.is_odd = True
        return found

    def whole(self, digits: str) -> int:
        if is_short(digits):
            return int(digits)
        self.is_odd = True
        return 0

    def finite(self, digits: str) -> float:
        self.is_odd |= not is_finite(digits)
        return float(digits)


def json_object(path: Path, largest: int = LARGEST) -> Json:
    """Return the object that a file of at most `largest` bytes holds. Raises BuilderError naming file and place."""
    found: Json = json_document(path, shown(path), largest).value
    return found


HINT = mark("name the folder that holds datapackage.json")


def json_document(path: Path, name: str, largest: int = LARGEST, hint: str = HINT) -> Document:
    """Return the same with the places of its values; messages about these call the file `name`."""
    where = shown(path)
    source = text(path, largest, hint)
    noted = Noted()
    try:
        value = json.loads(
            source, object_pairs_hook=noted.pairs, parse_int=noted.whole, parse_float=noted.finite,
            parse_constant=noted.finite,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        if not source.strip():
            raise BuilderError(
                mark("{path}: the file is empty"), mark("get it back from the repository"), path=where
            ) from None
        if (first := CONFLICT.search(source)) and CONFLICT.search(source, first.end()):
            raise BuilderError(
                mark("{path}:{line}: two versions were not joined: Git has marked the places by <<<<<<< and >>>>>>>"),
                mark("at each of these places decide for one of the two versions, and delete the three lines of marks"),
                path=where, line=source.count("\n", 0, first.start()) + 1,
            ) from None  # fmt: skip
        raise refused(where, source, slips(source) if len(source) <= MOST_LOOKED_AT else ()) or BuilderError(
            mark("{path}:{line}:{column}: not valid JSON ({error})"),
            mark("often a comma or a quote is missing just before that place"),
            path=where, line=error.lineno, column=error.colno, error=Message(SYNTAX.get(error.msg, error.msg)),
        ) from None  # fmt: skip
    except RecursionError:
        noted.is_odd = True
        value = {}
    if (noted.is_odd or is_odd(value)) and (odd := refused(where, source, oddities(source))):
        raise odd
    if not isinstance(value, dict):
        raise BuilderError(
            mark("{path}: must hold one JSON object"), mark("it begins with a curly bracket"), path=f"{where}:1:1"
        )
    return Document(name, value, partial(positions, source))


def refused(where: str, source: str, found: Iterable[Slip]) -> BuilderError | None:
    """Return an error of all that was found, None where it is nothing."""
    errors = []
    for offset, message in islice(found, MOST):
        line, column, _ = position(source, offset)
        errors.append(BuilderError(message.text, message.hint, path=f"{where}:{line}:{column}", **message.values))
    return gathered(errors) if errors else None


def is_odd(value: Any) -> bool:
    """Return whether there is text that is half a character, or what is nested too deep to be written out again."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > DEEPEST or (isinstance(item, str) and is_half(item)):
            return True
        if isinstance(item, dict):
            waiting += [(inner, depth + 1) for inner in item.values()]
        elif isinstance(item, list):
            waiting += [(inner, depth + 1) for inner in item]
    return False
