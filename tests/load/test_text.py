"""Bytes to text: UTF-8 or GB18030, told apart without guessing, or refused with the byte that is wrong."""

from __future__ import annotations

import pytest

from builder.load.text import Undecodable, utf8

TEXT = "网格,户数\n柴米第一网格,312\n"
MOSTLY_ASCII = "id,name,phone\n" + "".join(f"{n},Lane {n},0517-0000{n:04d}\n" for n in range(500)) + "500,柴米,12345\n"

READ = {
    "UTF-8": (TEXT.encode(), TEXT),
    "UTF-8 with a byte order mark": (TEXT.encode("utf-8-sig"), TEXT),
    "GB18030": (TEXT.encode("gb18030"), TEXT),
    "GBK, as Excel writes it": (TEXT.encode("gbk"), TEXT),
    "GB18030 with two Chinese characters among thousands of others": (MOSTLY_ASCII.encode("gb18030"), MOSTLY_ASCII),
    "GB18030 with a character of four bytes": ("村,𠮷\n".encode("gb18030"), "村,𠮷\n"),
    "ASCII": (b"a,b\n1,2\n", "a,b\n1,2\n"),
    "nothing": (b"", ""),
    "a byte order mark in the middle stays": ("a,\ufeffb\n".encode(), "a,\ufeffb\n"),
}

REFUSED = {
    "a NUL": (b"a,b\n1,\x002\n", Undecodable("nul", 6)),
    "a NUL behind a byte order mark": (b"\xef\xbb\xbfa\x00", Undecodable("nul", 4)),
    "UTF-16 with a byte order mark": ("a,b\n".encode("utf-16"), Undecodable("nul", 3)),
    "UTF-16 without one": ("a,b\n".encode("utf-16-be"), Undecodable("nul", 0)),
    "UTF-8 cut within a character": (TEXT.encode()[:25], Undecodable("damaged", 23)),
    "UTF-8 with a broken byte, after a byte order mark": (b"\xef\xbb\xbfa\xff\n", Undecodable("damaged", 4)),
    "a long UTF-8 text with one broken byte": ("网格".encode() * 50 + b"\xff\n", Undecodable("damaged", 300)),
    "Latin-1": ("Name,Café\n1,é,2\n".encode("latin-1"), Undecodable("unknown", 8)),
    "a picture without a NUL": (b"\x89PNG\r\n\x1a\n\xff\xff", Undecodable("unknown", 8)),
}


@pytest.mark.parametrize(("data", "text"), READ.values(), ids=READ)
def test_a_text_is_read(data: bytes, text: str) -> None:
    assert utf8(data) == text.encode()


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_bytes_that_are_no_text_are_refused_at_their_first_wrong_byte(data: bytes, reason: Undecodable) -> None:
    assert utf8(data) == reason
