"""Bytes of any accepted encoding to UTF-8: BOM → strict UTF-8 → strict GB18030 → refused, naming the byte.

Nothing is ever guessed: an encoding guess reads a mostly-ASCII GB18030 file as a Western code page.
"""

from __future__ import annotations

import codecs
import struct
from typing import NamedTuple

import pyarrow as pa

__all__ = ["Undecodable", "utf8"]

DAMAGED_SHARE = 0.1
"""A file in which so few of the non-ASCII characters are broken UTF-8 is damaged UTF-8, not GB18030."""


class Undecodable(NamedTuple):
    """Why a file is no text: `reason` is nul, damaged or unknown; `offset` counts bytes from 0."""

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
        return body.decode("gb18030").encode("utf-8")
    except UnicodeDecodeError as error:
        return Undecodable("unknown", error.start)


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
