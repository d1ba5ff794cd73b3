"""What a PDF would do when it is opened, or hides: scripts, programs, forms that send, files inside, passwords.

Always holds: a document that cannot be read to its end, within bounds, counts as one that hides something. pypdf is
used here to look into it; nothing of it is run, decoded as a picture, or written. What pypdf does not see, because it
reads a damaged document otherwise than others do, is looked for in the bytes as well.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

__all__ = ["active"]

KEYS = frozenset({
    "3DD", "3DJS", "AF", "EF", "EmbeddedFiles", "JS", "JavaScript", "RichMediaContent", "RichMediaSettings", "XFA",
})  # fmt: skip
"""Entries of a dictionary (ISO 32000-1, tables 31 and 164; annex of Adobe's extensions for rich media)."""

ACTIONS = frozenset({
    "GoTo3DView", "GoToE", "GoToR", "ImportData", "JavaScript", "Launch", "Movie", "Rendition", "RichMediaExecute",
    "Sound", "SubmitForm",
})  # fmt: skip
"""Kinds of actions that do more than turn to a page of this document (ISO 32000-1, table 198)."""

NAMES = re.compile(
    rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|EmbeddedFiles?|XFA|RichMedia|Encrypt|GoToE|Filespec)"
    rb"(?=[\s/<>\[\]()%]|$)"
)
"""What of that can be told in bare bytes; three letters could stand in a picture, so that they need a delimiter."""

HEXADECIMAL = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A name may write any of its letters like this (ISO 32000-1, 7.3.5)."""

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)

WEB = ("http://", "https://", "mailto:", "tel:", "#")

MOST_OBJECTS, MOST_VALUES, DEEPEST, MOST_PAGES = 50_000, 500_000, 60, 2_000
"""A report of a hundred pages has some thousand objects, and is ten deep."""

MOST_PIXELS = 100_000_000
"""A page of A3, scanned with 600 dots an inch, has 70 million, of one bit each."""

NEVER = 65_535
"""The generation of an object that there is not (ISO 32000-1, 7.5.4)."""

LARGEST_PART = 20 * 10**6
"""Bytes of one stream of objects, unpacked."""

UNREADABLE = "unreadable"


def active(data: bytes) -> str:
    """Return the name of the first thing in a PDF that is more than pages, such as JavaScript; "" for nothing."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it thinks of a document is no message to anybody
    try:
        return next(names(data), "") or next(objects(data), "")
    except Exception:  # a hostile file makes pypdf fail in any way there is: refused, not passed
        return UNREADABLE


def names(data: bytes) -> Iterator[str]:
    """Yield what stands in the bare bytes, and in every stream of objects in them."""
    yield from told(data)
    for found in STREAM.finditer(data):
        if b"ObjStm" in HEXADECIMAL.sub(letter, data[max(0, found.start() - 300) : found.start()]):
            unpacking = zlib.decompressobj()
            try:
                part = unpacking.decompress(found[1], LARGEST_PART)
            except zlib.error:  # packed otherwise: pypdf reads that, or fails
                continue
            yield from ["bomb"] if unpacking.unconsumed_tail else told(part)


def told(data: bytes) -> Iterator[str]:
    for found in NAMES.finditer(HEXADECIMAL.sub(letter, data)):
        yield found[1].decode()


def letter(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def objects(data: bytes) -> Iterator[str]:
    """Yield what stands in the objects of the document, whether a page shows them or not."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        yield "Encrypt"
        return
    numbers = {(number, of) for of, places in reader.xref.items() for number in places}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS or len(reader.pages) > MOST_PAGES:
        yield "size"
        return
    if not reader.pages:
        yield UNREADABLE
    left = MOST_VALUES
    todo: list[tuple[PdfObject | None, int]] = [(reader.trailer, 0)]
    wanted = (IndirectObject(number, of, reader) for number, of in sorted(numbers) if of < NEVER)
    todo += [(reader.get_object(item), 0) for item in wanted]
    while todo:
        value, depth = todo.pop()
        left -= 1
        if depth > DEEPEST or left < 0:
            yield "depth"
            return
        if isinstance(value, DictionaryObject):
            yield from acting(value)
            todo += [(value.raw_get(key), depth + 1) for key in value]
        elif isinstance(value, ArrayObject):
            todo += [(item, depth + 1) for item in list.__iter__(value)]


def acting(value: DictionaryObject) -> Iterator[str]:
    """Yield what one dictionary says that it does."""
    keys = {str(key).removeprefix("/") for key in value}
    yield from sorted(keys & KEYS)
    kind = str(value.get("/S", "")).removeprefix("/")
    if value.get("/Subtype") == "/Image" and int(value.get("/Width", 0)) * int(value.get("/Height", 0)) > MOST_PIXELS:
        yield "pixels"
    if kind in ACTIONS:
        yield kind
    if kind == "URI" and not str(value.get("/URI", "")).strip().lower().startswith(WEB):
        yield "URI"
