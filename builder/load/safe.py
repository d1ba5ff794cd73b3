"""What a file would do to whoever opens it: a picture that fills the memory, a second file inside, a PDF that acts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from builder.load import pdf

__all__ = ["danger"]

MOST_PIXELS = 50_000_000
"""A photo of a telephone has 12 million, some 50; a telephone unpacks each to four bytes."""

LONGEST_SIDE = 20_000

MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe")
"""Beginnings by which a program that does not ask for the type could take a file for a page."""

HEAD = 1_024
"""Bytes in which such programs look (WHATWG MIME Sniffing, resource header)."""

SIZES = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
"""Markers of a JPEG whose part begins with the size of the picture (ITU-T T.81, table B.1)."""


def danger(kind: str, data: bytes) -> str:
    """Return the name of the first thing that makes a file of `kind` unsafe, such as pixels, ZIP, HTML or JavaScript.

    "" for nothing.
    """
    return next(dangers(kind, data), "") if kind else ""


def dangers(kind: str, data: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        yield "ZIP"
    if any(mark in data[:HEAD].lower() for mark in MARKUP):
        yield "HTML"
    if kind == "pdf":
        yield from filter(None, [pdf.active(data)])
    else:
        yield from pictured(png_size(data) if kind == "png" else jpeg_size(data))
    if kind == "png":
        yield from unpacked(data)


def pictured(size: tuple[int, int]) -> Iterator[str]:
    width, height = size
    if not width or not height:
        yield "unreadable"
    elif width * height > MOST_PIXELS or max(size) > LONGEST_SIDE:
        yield f"{width}x{height}"


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height as the header says; (0, 0) where there is none."""
    return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" and len(data) > 24 else (0, 0)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Return the greatest width and height that any frame of the picture says; (0, 0) where there is none."""
    at, width, height = 2, 0, 0
    while (at := data.find(b"\xff", at)) >= 0 and at + 9 <= len(data):
        if data[at + 1] in SIZES:
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            width, height = max(width, wide), max(height, high)
        if data[at + 1] in (0xFF, 0x00, 0x01, *range(0xD0, 0xD9)):
            at += 1 if data[at + 1] == 0xFF else 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return width, height


def unpacked(data: bytes) -> Iterator[str]:
    """Yield “bomb” for a PNG whose profile or text unpacks to more than any has; pixels are bounded by the size."""
    at = 8
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if name == b"iCCP":
            body = data[at + 8 : at + 8 + length].partition(b"\0")[2][1:]
            unpacking = zlib.decompressobj()
            try:
                unpacking.decompress(body, 10**7)
            except zlib.error:
                yield "unreadable"
            if unpacking.unconsumed_tail:
                yield "bomb"
        at += 12 + length
