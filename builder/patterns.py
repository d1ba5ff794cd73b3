"""Patterns of schemas. RE2 is used here and nowhere else (docs/adr/0023).

Always holds: a pattern is matched in time that grows with the length of the cell and no faster, against the whole of
it. Patterns are written as for Python, whose `re` never runs one: what RE2 reads otherwise is rewritten here, and what
it cannot express (looking ahead or behind, repeating what a group took) is refused when the schema is read.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache

import re2

__all__ = ["LONGEST", "PatternError", "matcher", "rewritten"]

LONGEST = 1_000
"""Characters of a pattern. The longest that anybody needed so far has 48."""

SPACE = r"\t-\r\x1c-\x1f\x{85}\p{Z}"
CLASSES = {"d": r"\p{Nd}", "s": SPACE, "w": r"\p{L}\p{N}_", "D": r"\P{Nd}"}
"""What these mean to Python. To RE2 they are ASCII alone, so that what is not one of them would be more than here."""

PIECE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|\[\^?\]?|\]|\{,[0-9]+\}|.", re.DOTALL)
"""A pattern falls into these; a bracket that comes first in a class stands for itself."""


class PatternError(ValueError):
    """A pattern that is no regular expression, or that cannot be matched in linear time."""


@lru_cache(256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return the function that says whether `pattern` matches the whole of a text. Raises PatternError."""
    understood(pattern)
    options = re2.Options()
    options.log_errors = False  # it would write to the terminal itself
    try:
        match = re2.compile(rewritten(pattern).encode(), options).fullmatch
    except re2.error as error:
        raise PatternError(told(error)) from None
    return lambda text: match(text.encode("utf-8", "surrogatepass")) is not None


def understood(pattern: str) -> None:
    """Raise PatternError unless Python reads the pattern too: whoever checks the published package will use it."""
    if len(pattern) > LONGEST:
        raise PatternError(f"more than {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # [[a] means something else to other programs
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise PatternError(str(error)) from None


def rewritten(pattern: str) -> str:
    """Return the pattern as RE2 has to be given it to mean what it means to Python. Raises PatternError."""
    return "".join(pieces(pattern))


def pieces(pattern: str) -> Iterator[str]:
    inside = False
    for piece in PIECE.findall(pattern):
        if piece.startswith("[") and not inside:
            inside = True
            yield piece
        elif inside and piece.startswith("["):  # [:alpha:] is a class to RE2 alone
            yield rf"\[{piece[1:]}"
            inside = not piece.endswith("]")
        elif piece == "]":
            inside = False
            yield piece
        elif piece.startswith("{,") and not inside:
            yield "{0" + piece[1:]
        elif piece.startswith("\\"):
            yield escape(piece[1], piece[2:], inside)
        else:
            yield piece


def escape(letter: str, digits: str, inside: bool) -> str:
    """Return what stands for a backslash and what follows, inside a class or outside."""
    if letter in "uU":
        return rf"\x{{{digits}}}"
    if letter in "bB" and not (inside and letter == "b"):
        raise PatternError(rf"\{letter}: the edge of a word")
    if letter in CLASSES:
        return CLASSES[letter] if inside else f"[{CLASSES[letter]}]"
    if letter in "SW":
        if inside:
            raise PatternError(rf"\{letter} inside [ ]")
        return f"[^{CLASSES[letter.lower()]}]"
    if letter == "Z":
        return r"\z"
    return r"\x08" if letter == "b" else f"\\{letter}"


def told(error: Exception) -> str:
    found = error.args[0]
    return found.decode("utf-8", "replace") if isinstance(found, bytes) else str(found)
