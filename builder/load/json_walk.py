"""Where everything stands in a JSON text that Python's reader takes, and what of it cannot be relied on.

Walked only when there is something to say: a file that is whole costs nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from builder.language import mark
from builder.load.document import Pointer, Position
from builder.load.names import brief, is_plain
from builder.model import Message

__all__ = ["DEEPEST", "DIGITS", "Slip", "is_finite", "is_half", "is_short", "oddities", "position", "positions"]

DEEPEST = 32
"""Levels of objects and lists. Python's own JSON writer gives up at some hundreds."""

DIGITS = 18
"""So many digits always fit into 64 bits."""

OPENING, CLOSING = ("{", "["), ("}", "]")

TOKEN = re.compile(r'[{}\[\]:,]|"(?:[^"\\]|\\.)*"|[^\s{}\[\]:,"]+', re.DOTALL)


class Slip(NamedTuple):
    """What is wrong at a place of a text, in characters from 0; the sentence begins with {path}."""

    offset: int
    message: Message


class Step(NamedTuple):
    """One value or one name of a property; `depth`: in how many objects and lists it stands."""

    pointer: Pointer
    offset: int
    sign: str
    is_name: bool
    depth: int


def steps(text: str) -> Iterator[Step]:
    """Yield names of properties and values in their order."""
    kinds: list[str] = []
    way: list[str | int] = []
    for match in TOKEN.finditer(text):
        sign, offset = match.group(), match.start()
        if sign in CLOSING:
            del kinds[-1:], way[-1:]
        elif sign == ",":
            if kinds and kinds[-1] == "[":
                way[-1] = int(way[-1]) + 1
            elif way:
                way[-1] = ""
                kinds[-1] = "{"
        elif sign == ":":
            continue
        elif kinds and kinds[-1] == "{" and sign[0] == '"':
            kinds[-1] = "named"
            way[-1] = str(json.loads(sign, strict=False))
            yield Step(tuple(way), offset, sign, True, len(kinds))
        else:
            yield Step(tuple(way), offset, sign, False, len(kinds))
            if sign in OPENING:
                kinds.append(sign)
                way.append("" if sign == "{" else 0)


def positions(text: str) -> Mapping[Pointer, Position]:
    """Return pointer → where its property, or its item of a list, begins."""
    found: dict[Pointer, Position] = {}
    line, start, seen = 1, 0, 0
    for step in steps(text):
        line += text.count("\n", seen, step.offset)
        start = max(start, text.rfind("\n", seen, step.offset) + 1)
        seen = step.offset
        found.setdefault(step.pointer, Position(line, step.offset - start + 1))
    return found


def position(text: str, offset: int) -> Position:
    """Return line and column of a character."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def oddities(text: str) -> Iterator[Slip]:
    """Yield what nothing behind could rely on: names twice, numbers without end, half a character, too many levels."""
    seen: set[Pointer] = set()
    for step in steps(text):
        if step.depth > DEEPEST or (step.depth == DEEPEST and step.sign in OPENING):
            yield Slip(step.offset, Message(
                mark("{path}: objects or lists are nested more than {deepest} levels deep"),
                mark("compare with a fresh `mingge demo`"), {"deepest": DEEPEST},
            ))  # fmt: skip
            return
        if step.is_name:
            if slip := odd_name(step, seen):
                yield slip
            seen.add(step.pointer)
        elif step.sign[0] == '"':
            if is_half(json.loads(step.sign, strict=False)):
                yield Slip(step.offset, Message(
                    mark("{path}: the text {text} holds half a character (\\ud800 … \\udfff)"),
                    mark("type the text again"), {"text": brief(json.loads(step.sign, strict=False))},
                ))  # fmt: skip
        elif step.sign[0] in "-0123456789NI" and not (is_short(step.sign) and is_finite(step.sign)):
            number = step.sign[:DIGITS] + ("…" if len(step.sign) > DIGITS else "")
            yield Slip(step.offset, Message(
                mark("{path}: the number {number} cannot be used"), mark("write a number of at most 18 digits"),
                {"number": number},
            ))  # fmt: skip


def odd_name(step: Step, seen: set[Pointer]) -> Slip | None:
    name = str(step.pointer[-1])
    if not is_plain(name):
        return Slip(step.offset, Message(
            mark("{path}: the property {key} has a name with characters that nobody can see"),
            mark("type its name again"), {"key": brief(name)},
        ))  # fmt: skip
    if step.pointer in seen:
        return Slip(step.offset, Message(
            mark("{path}: the property {key} stands twice in one object"), mark("delete one of them"),
            {"key": brief(name)},
        ))  # fmt: skip
    return None


def is_short(digits: str) -> bool:
    """Return whether a number that is whole fits into 64 bits; others are `is_finite`'s business."""
    return not re.fullmatch(r"-?[0-9]+", digits) or len(digits.lstrip("-")) <= DIGITS


def is_finite(digits: str) -> bool:
    """Return whether a number is one, and not too large to be."""
    try:
        return math.isfinite(float(digits))
    except ValueError:
        return False


def is_half(text: str) -> bool:
    """Return whether a text has a lone surrogate, which nothing can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
