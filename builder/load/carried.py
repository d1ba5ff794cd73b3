"""What a picture carries beside what it shows: where, when and with what it was taken, notes, a smaller picture.

Always holds: only what is known to say nothing about people passes; a part that nobody knows counts as carried. A
part behind the end of a picture is one too: telephones keep a second picture there, with a place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["carried"]

START, RESTART, STUFFED, END, SCAN = 0xD8, range(0xD0, 0xD8), 0x00, 0xD9, 0xDA
"""Second bytes of the markers of a JPEG (ITU-T T.81, table B.1) that say how far a part goes."""

FRAMES = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, SCAN})
"""Markers of parts that the picture is made from: frames, tables, intervals, scans."""

HARMLESS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""Size of a dot, colours, and how colours are written."""

NAMES = ((b"Exif\0", "Exif"), (b"http://ns.adobe.com/x", "XMP"), (b"Photoshop 3.0\0", "IPTC"), (b"MPF\0", "MPF"))

CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT".split()
)
"""Chunks of a PNG (third edition, 2025, section 5.6) that say what it shows."""

EXIF_IN_PDF = re.compile(rb"\xff\xe1..Exif\0", re.DOTALL)
"""A photo lies in a PDF as it was taken."""


def carried(kind: str, data: bytes) -> str:
    """Return the name of the first thing that a file of `kind` carries beside what it shows, such as Exif; or ""."""
    parts = {"jpeg": jpeg_parts, "png": png_parts, "pdf": pdf_parts}
    return next(parts[kind](data), "") if kind in parts else ""


def jpeg_parts(data: bytes) -> Iterator[str]:
    at = 2
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        marker = data[at + 1]
        if marker == END:
            yield from ["…"] if data[at + 2 :].strip(b"\0") else []
            return
        if marker in (STUFFED, 0x01, START, *RESTART):
            at += 2
        elif marker == 0xFF:  # a marker may be filled up with these
            at += 1
        else:
            body = data[at + 4 : at + 2 + int.from_bytes(data[at + 2 : at + 4])]
            if marker not in FRAMES and not any(marker == mark and body.startswith(head) for mark, head in HARMLESS):
                yield next((name for head, name in NAMES if body.startswith(head)), f"FF{marker:02X}")
            at += 4 + len(body)


def png_parts(data: bytes) -> Iterator[str]:
    at = 8
    while at < len(data):
        name = data[at + 4 : at + 8]
        if name not in CHUNKS:
            yield name.decode("ascii", "replace")
        at += 12 + int.from_bytes(data[at : at + 4])
        if name == b"IEND" and at < len(data):
            yield "…"
            return


def pdf_parts(data: bytes) -> Iterator[str]:
    if EXIF_IN_PDF.search(data):
        yield "Exif"
