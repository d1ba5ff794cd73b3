"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

__all__ = ["kind"]

BEGINNINGS = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\xd0\xcf\x11\xe0", "xls"), (b"\x1f\x8b", "gz"), (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x89PNG\r\n", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
)  # fmt: skip

HTML = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div|script|p)[\s>]", re.IGNORECASE)
XML = re.compile(rb"<\?xml[\s>]|<(?:Workbook|worksheet)[\s>]", re.IGNORECASE)
JSON = re.compile(rb"(?:\[\s*)?\{\s*\"[^\"\n]{0,200}\"\s*:|\[\s*[\[\"]")

CONFLICT = re.compile(rb"^(?:<{7}|>{7})(?: .{0,200})?\r?$", re.MULTILINE)
"""What Git writes into a file of which it could not join two versions."""

WORDS = (
    (re.compile(rb"version https://git-lfs\.github\.com/spec/"), "lfs"),
    (re.compile(rb"diff --git |--- a/.{1,200}\n\+\+\+ b/|@@ -[0-9]+(?:,[0-9]+)? \+[0-9]+"), "diff"),
    (re.compile(rb"(?:HTTP/[0-9.]+ )?[45][0-9]{2} [A-Z][A-Za-z ]{3,40}\s*\Z|(?:Not Found|Forbidden|Unauthorized|"
                rb"Bad Gateway|Internal Server Error|Service Unavailable|Access Denied)\s*\Z"), "answer"),
)  # fmt: skip
"""What other programs leave in the place of a file."""

TABLE = re.compile(rb"<(?:table|tr|td)[\s>]", re.IGNORECASE)
LOGIN = re.compile("登录|登陆|请先|验证码|重新登|login|sign in|password".encode(), re.IGNORECASE)

AHEAD = 4096
"""Bytes in which a file of text says what it is."""

INSIDE = (
    ("xl/vbaProject.bin", "xlsm"), ("xl/workbook.bin", "xlsb"), ("xl/workbook.xml", "xlsx"), ("word/", "docx"),
    ("Index/", "numbers"),
)  # fmt: skip
"""What the names of the parts of a zip begin with, the more telling first."""

MOST_PARTS = 10_000


def kind(data: bytes) -> str:
    """Return what the bytes are, if not lines of cells: "" for those.

    html, login or page (a web page without a table), answer (of a web server), lfs, diff, conflict (all of Git), xml,
    json, pdf, rtf, picture, gz, archive, xls; of what is packed like a zip: xlsx, xlsm (with macros), xlsb,
    ods, numbers, docx, zip.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return packed(data)
    for beginning, name in BEGINNINGS:
        if data.startswith(beginning):
            return name
    head = data[:AHEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]  # ASCII in UTF-16
    head = head.lstrip()
    if HTML.match(head):
        return "html" if TABLE.search(data) else "login" if LOGIN.search(data) else "page"
    for pattern, name in WORDS:
        if pattern.match(head):
            return name
    if b"<<<<<<<" in data and b">>>>>>>" in data and len(CONFLICT.findall(data)) > 1:
        return "conflict"
    if XML.match(head):
        return "html" if HTML.search(head) else "xml"
    return "json" if JSON.match(head) else ""


def packed(data: bytes) -> str:
    """Return what a zip is; one that is cut off or damaged is xlsx if it begins like one, else zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:MOST_PARTS]
            is_ods = "mimetype" in names and b"opendocument" in archive.open("mimetype").read(200)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "xlsx" if b"[Content_Types].xml" in data[:AHEAD] or b"xl/" in data[:AHEAD] else "zip"
    if is_ods:
        return "ods"
    for beginning, name in INSIDE:
        if any(item.startswith(beginning) for item in names):
            return name
    return "zip"
