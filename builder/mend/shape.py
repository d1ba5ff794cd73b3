"""What a pattern asks for, in words and as an example: a reader of the plain patterns that schemas are written with.

A pattern that it does not understand (looking around, classes that leave out signs, dots) has no words. Whatever it
says is tried against the pattern itself, so that nothing wrong is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builder.language import mark
from builder.model import Message
from builder.patterns import PatternError, matcher

__all__ = ["Shape", "described", "either", "shape"]

MOST = 64
"""Lengths that are told one by one, and repetitions without an end."""

LONGEST = 5
"""Parts of a description; what has more is easier to see in an example."""

CAPITALS, SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
KINDS = (
    ("0123456789", mark("{count} digits"), mark("{least} to {most} digits")),
    (CAPITALS, mark("{count} capital letters"), mark("{least} to {most} capital letters")),
    (SMALL, mark("{count} small letters"), mark("{least} to {most} small letters")),
    (CAPITALS + SMALL, mark("{count} letters"), mark("{least} to {most} letters")),
)
ONE_OF = mark("one of {signs}")
SIGNS = (mark("{count} of {signs}"), mark("{least} to {most} of {signs}"))
EITHER = mark("{first} or {last}")
LITERAL = mark("“{text}”")
MAYBE = mark("{part} (or without)")


class OddError(ValueError):
    """A pattern that is not as plain as this reader."""


@dataclass(frozen=True, slots=True)
class Signs:
    """One of `signs`, from `least` to `most` times."""

    signs: str
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """One of the `ways`, each a sequence, from `least` to `most` times."""

    ways: tuple[tuple[Signs | Group, ...], ...]
    least: int = 1
    most: int = 1


Piece = Signs | Group


@dataclass(frozen=True, slots=True)
class Shape:
    """What a pattern asks for: its pieces, the lengths that match, in order, and a text that does."""

    pieces: Group
    lengths: tuple[int, ...]
    example: str

    @property
    def signs(self) -> frozenset[str]:
        """All signs that may stand in a text."""
        return frozenset(sign for item in leaves(self.pieces) for sign in item.signs)

    @property
    def start(self) -> str:
        """The letters that every text begins with."""
        found = ""
        for piece in self.pieces.ways[0] if len(self.pieces.ways) == 1 else ():
            if not isinstance(piece, Signs) or len(piece.signs) > 1 or not piece.signs.isalpha():
                break
            found += piece.signs * piece.least
        return found


class Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def take(self, start: str) -> bool:
        """Return whether the rest begins like this, and step over it."""
        if not self.rest.startswith(start):
            return False
        self.rest = self.rest[len(start) :]
        return True

    def group(self) -> Group:
        """Read ways with | between them up to a bracket or the end."""
        ways = [self.way()]
        while self.take("|"):
            ways.append(self.way())
        return Group(tuple(ways))

    def way(self) -> tuple[Piece, ...]:
        found: list[Piece] = []
        while self.rest and self.rest[0] not in "|)":
            found.append(self.times(self.piece()))
        return tuple(found)

    def piece(self) -> Piece:
        if self.take("(?:") or (not self.rest.startswith("(?") and self.take("(")):
            found = self.group()
            if not self.take(")"):
                raise OddError
            return found
        if self.take("["):
            return Signs(self.choice())
        return Signs(self.sign("*+?{}^$.()"))

    def sign(self, refused: str) -> str:
        """Read one sign, or the digits that \\d stands for."""
        first, self.rest = self.rest[:1], self.rest[1:]
        if first == "\\":
            second, self.rest = self.rest[:1], self.rest[1:]
            if second == "d":
                return KINDS[0][0]
            if not second or second.isalnum():
                raise OddError
            return second
        if not first or first in refused:
            raise OddError
        return first

    def choice(self) -> str:
        """Read the signs of a class up to its bracket."""
        if self.take("^"):
            raise OddError
        found = ""
        while not self.take("]"):
            one = self.sign("[")
            if len(one) == 1 and self.rest.startswith("-") and not self.rest.startswith("-]"):
                self.rest = self.rest[1:]
                one = "".join(map(chr, range(ord(one), ord(self.sign("[")) + 1)))
            found += one
            if len(found) > 200:
                raise OddError
        return "".join(sorted(set(found)))

    def times(self, piece: Piece) -> Piece:
        """Read how often a piece is repeated."""
        least, most = 1, 1
        if match := re.match(r"\{(\d{1,4})(?:(,)(\d{0,4}))?\}", self.rest):
            self.rest = self.rest[match.end() :]
            least = int(match[1])
            most = least if match[2] is None else int(match[3]) if match[3] else MOST
        elif self.take("?"):
            least, most = 0, 1
        elif self.take("*"):
            least, most = 0, MOST
        elif self.take("+"):
            least, most = 1, MOST
        else:
            return piece
        if self.rest[:1] in ("?", "+", "*", "{"):
            raise OddError
        return Signs(piece.signs, least, most) if isinstance(piece, Signs) else Group(piece.ways, least, most)


@lru_cache(256)
def shape(pattern: str) -> Shape | None:
    """Return what `pattern` asks for, None where that is not plain."""
    try:
        matches = matcher(pattern)
    except PatternError:
        return None
    reader = Reader(pattern.removeprefix("^").removesuffix("$"))
    try:
        pieces = reader.group()
        if reader.rest:
            return None
        lengths = tuple(sorted(lengths_of(pieces)))
    except (OddError, RecursionError):
        return None
    example = example_of(pieces)
    return Shape(pieces, lengths, example) if lengths and matches(example) else None


def leaves(piece: Piece) -> Iterator[Signs]:
    if isinstance(piece, Signs):
        yield piece
        return
    for way in piece.ways:
        for part in way:
            yield from leaves(part)


def lengths_of(piece: Piece) -> set[int]:
    """Return the lengths of what matches; raises OddError where they are too many."""
    once = {1}
    if isinstance(piece, Group):
        once = set()
        for way in piece.ways:
            found = {0}
            for part in way:
                found = {a + b for a in found for b in lengths_of(part)}
            once |= found
    found, total = set[int](), {0}
    for count in range(piece.most + 1):
        if count >= piece.least:
            found |= total
        total = {a + b for a in total for b in once}
        if len(total) > 4 * MOST:
            raise OddError
    return found


def example_of(piece: Piece) -> str:
    if isinstance(piece, Group):
        once = "".join(map(example_of, piece.ways[0]))
        return once * piece.least
    # numbers in order are seen to be an example; a choice of letters is shown by its first
    many = piece.least
    if set(KINDS[0][0]) <= set(piece.signs):
        return ("1234567890" * (many // 10 + 1))[:many]
    return (piece.signs[0] if piece.signs else "") * many


def either(items: Sequence[object]) -> object:
    """Return several things as words between which a reader chooses; one as it is."""
    return Message(EITHER, "", {"first": tuple(items[:-1]), "last": items[-1]}) if len(items) > 1 else items[0]


@lru_cache(256)
def described(pattern: str) -> tuple[Message, ...]:
    """Return what a pattern asks for, part after part, in words; () where an example or nothing must do."""
    found = shape(pattern)
    if found is None:
        return ()
    if found.signs <= set(KINDS[0][0]) and len(found.lengths) <= 4:
        return (Message(KINDS[0][1], "", {"count": either(found.lengths)}),)
    if len(found.pieces.ways) > 1:
        return ()
    try:
        parts = [part for piece in joined(found.pieces.ways[0]) for part in told(piece)]
    except OddError:
        return ()
    return tuple(parts) if len(parts) <= LONGEST else ()


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with single signs that follow each other as one group of one way."""
    run: list[Signs] = []
    for piece in pieces:
        if isinstance(piece, Signs) and len(piece.signs) == 1 and piece.least == piece.most == 1:
            run.append(piece)
            continue
        if run:
            yield Group((tuple(run),))
        run = []
        yield piece
    if run:
        yield Group((tuple(run),))


def told(piece: Piece) -> Iterator[Message]:
    if isinstance(piece, Signs):
        yield of_signs(piece)
        return
    if len(piece.ways) != 1 or piece.most > 1:
        raise OddError
    (way,) = piece.ways
    if all(isinstance(part, Signs) and len(part.signs) == 1 and part.least == part.most for part in way):
        text = "".join(part.signs * part.least for part in way if isinstance(part, Signs))
        inner: tuple[Message, ...] = (Message(LITERAL, "", {"text": text}),)
    else:
        inner = tuple(message for part in joined(way) for message in told(part))
    if piece.least:
        yield from inner
    else:
        yield Message(MAYBE, "", {"part": inner})


def of_signs(piece: Signs) -> Message:
    many = {"count": piece.least, "least": piece.least, "most": piece.most}
    for signs, exact, between in KINDS:
        if set(piece.signs) == set(signs):
            return Message(exact if piece.least == piece.most else between, "", many)
    if len(piece.signs) > 6:
        raise OddError
    if piece.least == piece.most == 1:
        return Message(ONE_OF, "", {"signs": tuple(piece.signs)})
    return Message(SIGNS[piece.least != piece.most], "", {**many, "signs": tuple(piece.signs)})
