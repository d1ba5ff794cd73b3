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

from builder.language import mark
from builder.model.message import Message

__all__ = ["LONGEST", "PatternError", "matcher", "rewritten", "seeker"]

LONGEST = 1_000
"""Characters of a pattern. The longest that anybody needed so far has 48."""

SHOWN = 20
"""Characters of a pattern that are quoted from where it goes wrong."""

SPACE = r"\t-\r\x1c-\x1f\x{85}\p{Z}"
CLASSES = {"d": r"\p{Nd}", "s": SPACE, "w": r"\p{L}\p{N}_", "D": r"\P{Nd}"}
"""What these mean to Python. To RE2 they are ASCII alone, so that what is not one of them would be more than here."""

PIECE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|\[\^?\]?|\]|\{,[0-9]+\}|.", re.DOTALL)
"""A pattern falls into these; a bracket that comes first in a class stands for itself."""


AHEAD, BACK = mark("it looks ahead"), mark("it looks back")
AGAIN, ASKS = mark("it repeats what stood before"), mark("it asks what stood before")
ONLY, EDGE = mark("it forbids another way"), mark("it asks for the edge of a word")
BEYOND = {
    "(?=": AHEAD, "(?!": AHEAD, "(?<=": BACK, "(?<!": BACK, "(?P=": AGAIN, "(?(": ASKS, "(?>": ONLY, "*+": ONLY,
    "++": ONLY, "?+": ONLY, "}+": ONLY, "\\b": EDGE, "\\B": EDGE,
}  # fmt: skip
"""What no engine of linear time has: how it is written, and what it does."""

PART = re.compile(
    r"\\[1-9][0-9]?|\(\?(?:P=|<?[=!]|\(|>)|[*+?]\+|\{[0-9]*,?[0-9]*\}\+|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL
)
"""The parts in which something of `BEYOND` is looked for: a class, in which they are plain signs, is one."""

MEANINGS: tuple[tuple[str, str], ...] = (
    ("unterminated character set", mark("“[” is never closed")),
    ("missing ), unterminated subpattern", mark("“(” is never closed")),
    ("unbalanced parenthesis", mark("“)” closes nothing")),
    ("nothing to repeat", mark("nothing stands before “*”, “+” or “?” that could be repeated")),
    ("multiple repeat", mark("two signs of repetition stand side by side")),
    ("bad character range", mark("in “[ ]” a range runs backwards")),
    ("bad escape", mark("behind a backslash stands a letter that means nothing there")),
    ("min repeat greater than max repeat", mark("in “{ }” the first number is larger than the second")),
    ("invalid repetition size", mark("what “{ }” repeats is repeated more than 1000 times")),
    ("pattern too large", mark("it is too large")),
)
"""How Python and RE2 begin what they say of a pattern, and what that means."""


class PatternError(ValueError):
    """A pattern that is no regular expression, or that cannot be matched in linear time.

    `reason`: why, to be translated; `part`: what of the pattern it is, "" where that is not known. `is_beyond`: it is a
    regular expression, but one that takes more than linear time.
    """

    def __init__(self, reason: str, part: str = "", *, is_beyond: bool = False, **values: object) -> None:
        super().__init__(reason.format(**values) if values else reason)
        self.reason = Message(reason, "", values)
        self.part = part
        self.is_beyond = is_beyond


def beyond(pattern: str) -> PatternError | None:
    """Return what of a pattern no engine of linear time has, None if it has nothing of that kind."""
    for part in PART.findall(pattern):
        if re.fullmatch(r"\\[1-9][0-9]?", part):
            return PatternError(AGAIN, part, is_beyond=True)
        if part in BEYOND or part[:2] in BEYOND or part[-2:] in BEYOND:
            return PatternError(BEYOND.get(part) or BEYOND.get(part[:2]) or BEYOND[part[-2:]], part, is_beyond=True)
    return None


def meant(error: str, part: str = "") -> PatternError:
    """Return the error in words that can be translated, as far as they are known."""
    return PatternError(next((said for start, said in MEANINGS if error.startswith(start)), error), part)


@lru_cache(256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return the function that says whether `pattern` matches the whole of a text. Raises PatternError."""
    understood(pattern)
    options = re2.Options()
    options.log_errors = False  # it would write to the terminal itself
    try:
        match = re2.compile(rewritten(pattern).encode(), options).fullmatch
    except re2.error as error:
        raise meant(told(error)) from None
    return lambda text: match(text.encode("utf-8", "surrogatepass")) is not None


@lru_cache(8)
def seeker(pattern: str) -> Callable[[str], bool]:
    """Return the function that says whether `pattern`, in the words of RE2, matches anything in a text."""
    search = re2.compile(pattern.encode()).search
    return lambda text: search(text.encode()) is not None


def understood(pattern: str) -> None:
    """Raise PatternError unless Python reads the pattern too: whoever checks the published package will use it."""
    if len(pattern) > LONGEST:
        raise PatternError(mark("it is longer than {longest} characters"), longest=LONGEST)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # [[a] means something else to other programs
            re.compile(pattern)
    except re.error as error:
        at = error.pos or 0
        raise beyond(pattern) or meant(error.msg, pattern[at : at + SHOWN]) from None
    except FutureWarning:
        raise PatternError(mark("in “[ ]” stands a sign that other programs take for something else"), "[") from None
    except (OverflowError, RecursionError):
        raise PatternError(mark("it is too large")) from None
    if found := beyond(pattern):
        raise found


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
        raise PatternError(EDGE, rf"\{letter}", is_beyond=True)
    if letter in CLASSES:
        return CLASSES[letter] if inside else f"[{CLASSES[letter]}]"
    if letter in "SW":
        if inside:
            raise PatternError(mark("it cannot stand inside “[ ]”"), rf"\{letter}")
        return f"[^{CLASSES[letter.lower()]}]"
    if letter == "Z":
        return r"\z"
    return r"\x08" if letter == "b" else f"\\{letter}"


def told(error: Exception) -> str:
    found = error.args[0]
    return found.decode("utf-8", "replace") if isinstance(found, bytes) else str(found)
