"""Encodings that are refused by name: Big5 of Taiwan and Hong Kong, Shift-JIS of Japan, Windows-1252 of the West.

Their bytes mostly decode as GB18030 too, into characters that nobody writes. What tells them apart is how many of the
characters are common ones, over the whole file: no sample, and no library that guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["foreign", "is_western"]

RARE = {"big5": 0.25, "shift_jis": 0.8}
"""Share of characters outside GB2312 (the 6,763 of everyday life) from which a file may be of that encoding.

A list of names and places has one in a hundred. Of Big5 four in ten are, of Shift-JIS nearly all.
"""

COMMON_SHARE = 0.7
"""Of the characters that are common ones in the encoding that a file is refused as."""

FEWEST = 10
"""Characters below which nothing can be told: a name may be rare from its first to its last."""

PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
"""A character of two bytes, in any of these encodings."""

EVERYDAY = re.compile(rb"[\xa1-\xa9\xb0-\xf7][\xa1-\xfe]")
"""One of GB2312."""

COMMON = {
    "big5": re.compile(rb"[\xa1-\xa3\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),  # signs, and the 5,401 of the first level
    "shift_jis": re.compile(rb"(?:\x82[\x9f-\xf1]|\x83[\x40-\x96]|[\x88-\x97].)", re.DOTALL),  # kana, first level
}
CODECS = {"big5": "cp950", "shift_jis": "cp932"}

CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LETTER = re.compile(rb"[A-Za-z]")
HIGH = re.compile(rb"[\x80-\xff]")
CHUNK = 2**20


def foreign(body: bytes) -> tuple[str, int] | None:
    """Return the encoding that a file which is not UTF-8 probably has, and where that shows first; None for none."""
    count = rare = 0
    first = None
    for start, pair in pairs(body):
        count += 1
        if not EVERYDAY.fullmatch(pair):
            rare += 1
            first = start if first is None else first
    if first is None or count < FEWEST or rare < min(RARE.values()) * count:
        return None
    shares = {name: share(body, name) for name in COMMON if rare >= RARE[name] * count}
    likely = max(shares, key=lambda name: shares[name])
    return (likely, first) if shares[likely] >= COMMON_SHARE else None


def pairs(body: bytes) -> Iterator[tuple[int, bytes]]:
    return ((found.start(), found[0]) for found in PAIR.finditer(body))


def share(body: bytes, name: str) -> float:
    """Return how many of the characters are common ones if `body` has this encoding; 0 if it cannot have it."""
    try:
        body.decode(CODECS[name])
    except UnicodeDecodeError:
        return 0.0
    every = sum(1 for _ in PAIR.finditer(body))
    return sum(1 for found in PAIR.finditer(body) if COMMON[name].fullmatch(found[0])) / max(1, every)


def is_western(body: bytes) -> bool:
    """Return whether a file that is in no Chinese encoding can be text of Windows-1252."""
    try:
        body.decode("cp1252")
    except UnicodeDecodeError:
        return False
    letters = sum(1 for _ in LETTER.finditer(body))
    return not CONTROL.search(body) and sum(1 for _ in HIGH.finditer(body)) <= letters
