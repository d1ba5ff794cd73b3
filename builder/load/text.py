"""Bytes of any accepted encoding to UTF-8: BOM → strict UTF-8 → strict GB18030 → refused, naming the byte.

Nothing is ever guessed: an encoding guess reads a mostly-ASCII GB18030 file as a Western code page. The other way
round, a Western file may happen to be GB18030 as well (“Connëct” is “Conn隿t”): it is refused as doubtful, and so is
one of Taiwan or Japan (see `foreign`).
"""

from __future__ import annotations

import codecs
import io
import re
import struct
from itertools import islice
from typing import NamedTuple

import pyarrow as pa

from builder.load.foreign import foreign, is_western

__all__ = ["Decoded", "Undecodable", "decoded", "is_empty", "utf8"]

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

CHUNK = 2**20
"""Bytes that are decoded at a time: a str of the whole file would take as much memory again as the file."""

FILLED = re.compile(rb"[^\xef\xbb\xbf \t\r\n]")
"""What an empty file lacks."""

WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

CHINESE_IN_UTF8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")


class Undecodable(NamedTuple):
    """Why a file is no text; `offset` counts bytes from 0.

    `reason`: nul, nul-tail (nothing but NUL from there on), cut (the file ends within a character), damaged, mixed
    (another encoding from there on), doubtful, utf-16 (without a mark), utf-32, big5, shift_jis, western, unknown.
    """

    reason: str
    offset: int


class Decoded(NamedTuple):
    """`text`: UTF-8 without a byte order mark; `encoding`: how it was written, in Python's words."""

    text: bytes
    encoding: str


def is_empty(data: bytes) -> bool:
    """Return whether a file holds nothing but spaces and line breaks."""
    return not FILLED.search(data)


def utf8(data: bytes) -> bytes | Undecodable:
    """Return a CSV file's bytes as UTF-8 without a byte order mark, or why they cannot be text."""
    found = decoded(data)
    return found.text if isinstance(found, Decoded) else found


def decoded(data: bytes) -> Decoded | Undecodable:
    """Return a CSV file's text and its encoding, which is one for the whole file, or why it has none."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Undecodable("utf-32", 0)
    if wide := WIDE.get(data[:2]):
        return of_utf16(data, wide)
    body = data.removeprefix(codecs.BOM_UTF8)
    skipped = len(data) - len(body)
    nul = body.find(b"\0")
    if nul >= 0:
        return Undecodable(with_nul(body, nul), 0 if is_utf16(body) else nul + skipped)
    if is_utf8(body):
        return Decoded(body, "utf-8-sig" if skipped else "utf-8")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        broken, is_cut = error.start + skipped, error.reason == "unexpected end of data"
    else:
        return Decoded(body, "utf-8-sig" if skipped else "utf-8")
    if skipped or looks_like_utf8(body, is_cut):
        return Undecodable("cut" if is_cut else "damaged", broken)
    return of_gb18030(body)


def of_utf16(data: bytes, encoding: str) -> Decoded | Undecodable:
    """Return the text of a file that begins with the mark of UTF-16."""
    try:
        text = converted(data, encoding)
    except UnicodeDecodeError as error:
        return Undecodable("cut" if error.reason == "truncated data" else "damaged", error.start)
    text = text.removeprefix(codecs.BOM_UTF8)
    nul = text.find(b"\0")
    if nul < 0:
        return Decoded(text, encoding)
    return Undecodable(with_nul(text, nul), nul)


def of_gb18030(body: bytes) -> Decoded | Undecodable:
    """Return the text of a file that is not UTF-8."""
    try:
        text = converted(body, "gb18030")
    except UnicodeDecodeError as error:
        if other := foreign(body):
            return Undecodable(*other)
        if error.reason == "incomplete multibyte sequence" and not is_western(body):
            return Undecodable("cut", error.start)
        mixed = other_lines(body)
        if mixed is not None:
            return Undecodable("mixed", mixed)
        return Undecodable("western" if is_western(body) else "unknown", error.start)
    mixed = other_lines(body)
    if mixed is not None:
        return Undecodable("mixed", mixed)
    doubt = western(body)
    if doubt is not None:
        return Undecodable("doubtful", doubt)
    other = foreign(body)
    return Undecodable(*other) if other else Decoded(text, "gb18030")


def converted(body: bytes, encoding: str) -> bytes:
    """Return text in UTF-8, piece by piece. Raises UnicodeDecodeError with the place in `body`."""
    decoder, out = codecs.getincrementaldecoder(encoding)(), io.BytesIO()
    try:
        for start in range(0, len(body), CHUNK):
            out.write(decoder.decode(body[start : start + CHUNK], start + CHUNK >= len(body)).encode())
    except UnicodeDecodeError:
        body.decode(encoding)  # says where
        raise
    return out.getvalue()


def with_nul(body: bytes, nul: int) -> str:
    """Return why a text has a NUL."""
    if nul and not body[nul:].strip(b"\0"):
        return "nul-tail"
    return "utf-16" if is_utf16(body) else "nul"


def is_utf16(body: bytes) -> bool:
    """Return whether a file without a mark is UTF-16: nearly every NUL is one half of a sign of ASCII."""
    first, second = body[::2].count(0), body[1::2].count(0)
    if max(first, second) < 2 or min(first, second) * 10 > max(first, second):
        return False
    try:
        text = body[: len(body) // 2 * 2].decode("utf-16-be" if first > second else "utf-16-le")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and ("\n" in text or "," in text)


def other_lines(body: bytes) -> int | None:
    """Return where the first line stands that is UTF-8 among others that are not, or the other way round; else None.

    By chance a few bytes of GB18030 are UTF-8 as well, but hardly ever Chinese in UTF-8.
    """
    starts: dict[bool, list[int]] = {True: [], False: []}
    at = 0
    for line in io.BytesIO(body):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                starts[False].append(at)
            else:
                if len(CHINESE_IN_UTF8.findall(line)) > 1:
                    starts[True].append(at)
        at += len(line)
    return max(places[0] for places in starts.values()) if all(starts.values()) else None


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
