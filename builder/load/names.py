"""File names and values as they may stand in a message: one line that every terminal, log and page can write.

A name that is not UTF-8 reaches Python as lone surrogates, which nothing can encode; a control character, or
one that turns the text after it around, would make the line look like something else.
"""

from __future__ import annotations

import json
import re

__all__ = ["brief", "is_plain", "shown"]

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line separators, changes of direction, and halves of characters."""

LONGEST = 60
"""Characters of a value that a message repeats."""


def is_plain(text: str) -> bool:
    """Return whether `text` is one line that can be written and that looks like what it is."""
    return HIDDEN.search(text) is None


def shown(text: object) -> str:
    r"""Return `text` as one plain line, with escapes such as `\n`, `\u202e` or, for a byte of a file name, `\xb2`."""
    return HIDDEN.sub(escaped, str(text))


def escaped(found: re.Match[str]) -> str:
    character = found[0]
    if "\udc80" <= character <= "\udcff":  # how Python writes a byte of a file name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def brief(value: object) -> str:
    """Return the beginning of a value of a descriptor or a configuration, as JSON writes it."""
    text = shown(json.dumps(value, ensure_ascii=False, default=str, skipkeys=True))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
