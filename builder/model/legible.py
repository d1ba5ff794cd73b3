"""Text as it may stand in a line that a person reads, and words that are ours alone.

A control character, or one that turns the text after it around, would make a line look like something else; a line
break would make it two, the second of which a log may take for an order (`::error::`).
"""

from __future__ import annotations

import re

__all__ = ["RESERVED", "Passage", "is_plain", "reserved", "shown"]

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line separators, changes of direction, and halves of characters."""

RESERVED = ("MINGGESHELL", "__shell__")
"""Words that the build puts where data goes and looks for afterwards: a marker, and the folder of the shells."""


class Passage(str):
    """Text of several lines, each of which is plain: what a failed program wrote."""

    __slots__ = ()


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


def reserved(text: str) -> str:
    """Return the word of ours that stands in `text`, in any case; "" for none."""
    folded = text.lower()
    return next((word for word in RESERVED if word.lower() in folded), "")
