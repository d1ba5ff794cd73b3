"""Bytes of any accepted encoding to UTF-8: BOM → strict UTF-8 → strict GB18030 → refused, naming the byte.

Nothing is ever guessed: an encoding guess reads a mostly-ASCII GB18030 file as a Western code page. The other way
round, a Western file may happen to be GB18030 as well (“Connëct” is “Conn隿t”): it is refused as doubtful.
"""

from __future__ import annotations

import codecs
import re
import struct
from itertools import islice
from typing import NamedTuple

import pyarrow as pa

__all__ = ["Undecodable", "utf8"]

DAMAGED_SHARE = 0.1
"""A file in which so few of the non-ASCII characters are broken UTF-8 is damaged UTF-8, not GB18030."""

CHARACTERS = re.compile(
    rb"[A-Za-z]?((?:[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39]))+)[A-Za-z]?"
)
"""Characters of GB18030 outside ASCII, of two bytes or four, and the letters beside them."""

ACCENTS = re.compile(rb"(?:[\x8a-\xfe][A-Za-z])+")
"""Characters whose second byte is a letter. In a Western code page those are accents or quotation marks in a word.

A Chinese character in common use has no letter as its second byte, and what has one hardly ever stands beside a letter.
"""

ENOUGH = 10_000
"""Runs of characters outside ASCII from which a file is judged."""


class Undecodable(NamedTuple):
    """Why a file is no text: `reason` is nul, damaged, doubtful or unknown; `offset` counts bytes from 0."""

    reason: str
    offset: int


def utf8(data: bytes) -> bytes | Undecodable:
    """Return a CSV file's bytes as UTF-8 without a byte order mark, or why they cannot be text."""
    body = data.removeprefix(codecs.BOM_UTF8)
    skipped = len(data) - len(body)
    nul = body.find(b"\0")
    if nul >= 0:
        return Undecodable("nul", nul + skipped)
    if is_utf8(body):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        broken, is_cut = error.start + skipped, error.reason == "unexpected end of data"
    else:
        return body
    if skipped or looks_like_utf8(body, is_cut):
        return Undecodable("damaged", broken)
    try:
        text = body.decode("gb18030").encode("utf-8")
    except UnicodeDecodeError as error:
        return Undecodable("unknown", error.start)
    doubt = western(body)
    return text if doubt is None else Undecodable("doubtful", doubt)


def western(body: bytes) -> int | None:
    """Return where the first character stands that a Western file would have, if most are like it; else None.

    `body` is GB18030. One that is Windows-1252 has hardly a character that is common in Chinese: its accents are
    followed by letters.
    """
    count = rare = 0
    first = None
    for match in islice(CHARACTERS.finditer(body), ENOUGH):
        start, end = match.span(1)
        beside_letters = match.span() != (start, end)
        run = len(body[start:end].decode("gb18030"))
        count += run
        if beside_letters and ACCENTS.fullmatch(body, start, end):
            rare += run
            first = start if first is None else first
    return first if 2 * rare > count else None


def is_utf8(body: bytes) -> bool:
    """Return whether `body` is UTF-8, without decoding it: a str of a large file takes twice its bytes."""
    offsets = pa.py_buffer(struct.pack("=qq", 0, len(body)))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(body)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def looks_like_utf8(body: bytes, is_cut: bool) -> bool:
    """A cut or patched UTF-8 file often decodes as GB18030 too, into nonsense: what tells is how much is broken."""
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return broken <= DAMAGED_SHARE * whole or (is_cut and whole > 0)
