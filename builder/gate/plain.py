"""A text as the gate reads it: digits and letters of any width are plain ones, and what cannot be seen is gone.

Always holds: every character knows where it stood in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = ["BETWEEN", "CHINESE", "FOLDED", "INVISIBLE", "Plain", "dense", "folded", "plain"]

BETWEEN = r" \t\r\n\-._/()"
"""What people put between digits, inside a class of a regular expression; dashes, dots and spaces of any kind become
these first.
"""

INVISIBLE = frozenset(("Cf", "Mn", "Me", "Cc"))
"""Categories of characters that are not seen, or only on another one."""

REPLACED = "\ufffd"
"""What stands in the place of a control character once a cell has been read."""

FOLDED = (
    range(0x80, 0x3100), range(0xA620, 0xAC00), range(0xF900, 0x10000), range(0x1D400, 0x1D800),
    range(0xE0000, 0xE0200),
)  # fmt: skip
"""Blocks with characters that are not seen or read as plain ones; Chinese, Korean and dead scripts have none."""

DASHES = frozenset("\u2212·•‧∙・⋅●")
"""What is read as a dash besides dashes: a dot in the middle of a line parts numbers, and is none in them."""
CHINESE = str.maketrans("〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "0012345678912123456789")
SPOKEN = re.compile(f"[{''.join(map(chr, CHINESE))}](?:[{BETWEEN}]?[{''.join(map(chr, CHINESE))}]){{6,}}")
"""A number written in words, as long as a telephone number."""

BLANK = re.compile(r"\s")


class Plain(NamedTuple):
    """`origin`: index in `text` → index in the text as it was written, with one more for the end."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `start` up to `end` stands in the text as it was written; `end` is after `start`."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1 << 16)
def folded(sign: str) -> str:
    """Return the plain form of one character, "" for one that is not seen."""
    if sign in "\t\r\n":
        return sign
    if not any(ord(sign) in block for block in FOLDED):
        return sign
    category = unicodedata.category(sign)
    if category in INVISIBLE or sign == REPLACED:
        return ""
    if category == "Zs":
        return " "
    if category == "Pd" or sign in DASHES:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    wide = unicodedata.normalize("NFKC", sign)
    # ① is a digit of its own in a list: it must not run into the number behind it
    return wide if len(wide) == 1 and wide.isascii() and category != "No" else sign


def plain(text: str) -> Plain:
    """Return `text` as the gate reads it."""
    if text.isascii() and text.isprintable():
        return Plain(text, range(len(text) + 1))
    signs, origin = [], []
    for place, sign in enumerate(text):
        if kept := sign if "\x20" <= sign <= "\x7e" else folded(sign):
            signs.append(kept)
            origin.append(place)
    origin.append(len(text))
    return Plain(SPOKEN.sub(lambda found: found[0].translate(CHINESE), "".join(signs)), origin)


def dense(found: Plain) -> Plain:
    """Return the text without blanks beside Chinese characters: there they part nothing."""
    text = found.text
    if not BLANK.search(text):
        return found
    kept, last = [], ""
    for place, sign in enumerate(text):
        if not sign.isspace():
            kept.append(place)
            last = sign
        elif not wide(last) and not wide(text[place + 1 :].lstrip()[:1]):
            kept.append(place)
    return Plain("".join(text[place] for place in kept), [*(found.origin[place] for place in kept), found.origin[-1]])


def wide(sign: str) -> bool:
    return sign >= "\u2e80"
