"""Photos tell where they were taken: every way in which a picture carries more than it shows is found."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.carried import carried
from builder.subjects import SUBJECTS

Parts = list[tuple[int, bytes]]

JFIF = (0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
TABLE = (0xDB, b"\0" + bytes(64))
FRAME = (0xC0, b"\x08\0\1\0\1\1\1\x11\0")
EXIF = (0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\1\x88\x25GPS")
SCAN = b"\xff\xda\0\x08\1\1\0\0?\0" + b"\x12\xff\0\x34\xff\xd0\x56"


def jpeg(*parts: tuple[int, bytes], after: bytes = b"") -> bytes:
    heads = b"".join(b"\xff%c" % mark + (len(body) + 2).to_bytes(2) + body for mark, body in parts)
    return b"\xff\xd8" + heads + SCAN + b"\xff\xd9" + after


def png(*parts: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    chunks = ((b"IHDR", bytes(13)), *parts, (b"IDAT", b"12"), (b"IEND", b""))
    body = (len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(body) + after


PICTURES = {
    "a bare picture": ("jpeg", jpeg(JFIF, TABLE, FRAME), ""),
    "colours": ("jpeg", jpeg(JFIF, (0xE2, b"ICC_PROFILE\0\1\1"), (0xEE, b"Adobe\0d"), TABLE, FRAME), ""),
    "zeros that fill up a file": ("jpeg", jpeg(JFIF, TABLE, FRAME, after=bytes(9)), ""),
    "a mark filled up": ("jpeg", jpeg(JFIF).replace(b"\xff\xda", b"\xff\xff\xda"), ""),
    "a photo's place": ("jpeg", jpeg(EXIF, TABLE, FRAME), "Exif"),
    "a photo's place behind others": ("jpeg", jpeg(JFIF, TABLE, FRAME, EXIF), "Exif"),
    "between two scans": ("jpeg", jpeg(JFIF)[:-2] + jpeg(EXIF)[2:], "Exif"),
    "XMP": ("jpeg", jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), TABLE), "XMP"),
    "XMP in several parts": ("jpeg", jpeg((0xE1, b"http://ns.adobe.com/xmp/extension/\0"), TABLE), "XMP"),
    "IPTC": ("jpeg", jpeg((0xED, b"Photoshop 3.0\0" + b"8BIM")), "IPTC"),
    "a list of further pictures": ("jpeg", jpeg(JFIF, (0xE2, b"MPF\0II*\0")), "MPF"),
    "a note": ("jpeg", jpeg(JFIF, (0xFE, b"kitchen of Mrs Li")), "FFFE"),
    "a part that nobody knows": ("jpeg", jpeg((0xE4, b"?")), "FFE4"),
    "another colour profile's place": ("jpeg", jpeg((0xE2, b"FPXR\0")), "FFE2"),
    "a second picture behind the end": ("jpeg", jpeg(JFIF, after=jpeg(EXIF)), "\u2026"),
    "a bare PNG": ("png", png((b"PLTE", b"123"), (b"pHYs", bytes(9))), ""),
    "a PNG's place": ("png", png((b"eXIf", b"MM\0*")), "eXIf"),
    "a PNG's text": ("png", png((b"iTXt", b"XML:com.adobe.xmp\0")), "iTXt"),
    "a PNG's time": ("png", png((b"tIME", bytes(7))), "tIME"),
    "behind a PNG's end": ("png", png(after=b"IEND\xaeB`\x82"), "\u2026"),
    "a scanned page": ("pdf", b"%PDF-1.4\nstream\n" + jpeg(JFIF, TABLE, FRAME) + b"\n%%EOF", ""),
    "a photo in a PDF": ("pdf", b"%PDF-1.4\nstream\n" + jpeg(EXIF, TABLE, FRAME) + b"\n%%EOF", "Exif"),
    "no picture": ("", jpeg(EXIF), ""),
}


@pytest.mark.parametrize(("kind", "data", "found"), PICTURES.values(), ids=PICTURES)
def test_what_a_picture_carries_beside_what_it_shows_is_named(kind: str, data: bytes, found: str) -> None:
    assert carried(kind, data) == found


@given(st.lists(st.sampled_from([JFIF, TABLE, FRAME]), max_size=5), st.integers(0, 5), st.binary(max_size=40))
def test_a_place_is_found_wherever_it_stands(parts: Parts, at: int, told: bytes) -> None:
    parts.insert(at, (0xE1, b"Exif\0\0" + told))
    assert carried("jpeg", jpeg(*parts)) == "Exif"


@given(st.sampled_from(["jpeg", "png", "pdf"]), st.binary(max_size=200))
def test_bytes_that_make_no_picture_end_the_search(kind: str, data: bytes) -> None:
    starts = {"jpeg": b"\xff\xd8", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
    assert isinstance(carried(kind, starts[kind] + data), str)


def test_the_demonstration_carries_nothing() -> None:
    files = {name: data for subject in SUBJECTS if subject.demo for name, data in subject.demo.attachments().items()}
    assert files
    assert [name for name, data in files.items() if carried(name.rpartition(".")[2], data)] == []
