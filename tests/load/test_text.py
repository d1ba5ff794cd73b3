"""Bytes to text: UTF-8 or GB18030, told apart without guessing, or refused with the byte that is wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.text import Undecodable, utf8

TEXT = "网格,户数\n柴米第一网格,312\n"
MOSTLY_ASCII = "id,name,phone\n" + "".join(f"{n},Lane {n},0517-0000{n:04d}\n" for n in range(500)) + "500,柴米,12345\n"
TRADITIONAL = "編號,摘要\n" + "1,居民反映路燈不亮，已派單處理\n" * 9
JAPANESE = "id,text\n" + "1,ゴミの分別について相談がありました\n" * 9

READ = {
    "UTF-8": (TEXT.encode(), TEXT),
    "UTF-8 with a byte order mark": (TEXT.encode("utf-8-sig"), TEXT),
    "GB18030": (TEXT.encode("gb18030"), TEXT),
    "GBK, as Excel writes it": (TEXT.encode("gbk"), TEXT),
    "GB18030 with two Chinese characters among thousands of others": (MOSTLY_ASCII.encode("gb18030"), MOSTLY_ASCII),
    "GB18030 with a character of four bytes": ("村,𠮷\n".encode("gb18030"), "村,𠮷\n"),
    "GB18030 with one rare character among Latin letters": (
        "id,name\n1,堃\n2,B座\n".encode("gb18030"), "id,name\n1,堃\n2,B座\n"
    ),
    "GB18030 whose rare characters stand beside letters, among common ones": (
        "id,name\n1,KTV歘\n2,三号楼A单元\n".encode("gb18030"), "id,name\n1,KTV歘\n2,三号楼A单元\n"
    ),
    "ASCII": (b"a,b\n1,2\n", "a,b\n1,2\n"),
    "nothing": (b"", ""),
    "UTF-16, as Excel writes “Unicode text”": (TEXT.encode("utf-16"), TEXT),
    "UTF-16 with the large end first": (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
    "traditional characters in GBK": (TRADITIONAL.encode("gbk"), TRADITIONAL),
    "Japanese in GBK": (JAPANESE.encode("gbk"), JAPANESE),
    "a byte order mark in the middle stays": ("a,\ufeffb\n".encode(), "a,\ufeffb\n"),
}

REFUSED: dict[str, tuple[bytes, Undecodable]] = {
    "a NUL": (b"a,b\n1,\x002\n", Undecodable("nul", 6)),
    "a NUL behind a byte order mark": (b"\xef\xbb\xbfa\x00b", Undecodable("nul", 4)),
    "NULs to the end": (TEXT.encode() + b"\0" * 100, Undecodable("nul-tail", len(TEXT.encode()))),
    "UTF-16 without a byte order mark": ("a,b\n".encode("utf-16-be"), Undecodable("utf-16", 0)),
    "UTF-16 that ends within a character": (TEXT.encode("utf-16")[:-1], Undecodable("cut", 34)),
    "UTF-16 with half a character": (b"\xff\xfea\0\x00\xd8b\0", Undecodable("damaged", 4)),
    "UTF-32": (TEXT.encode("utf-32"), Undecodable("utf-32", 0)),
    "Big5": (TRADITIONAL.encode("big5"), Undecodable("big5", 0)),
    "Shift-JIS": (JAPANESE.encode("cp932"), Undecodable("shift_jis", 10)),
    "UTF-8 cut within a character": (TEXT.encode()[:25], Undecodable("cut", 23)),
    "GB18030 cut within a character": (TEXT.encode("gb18030")[:17], Undecodable("cut", 16)),
    "UTF-8 below GB18030": (TEXT.encode("gb18030") + TEXT.encode(), Undecodable("mixed", 27)),
    "GB18030 below UTF-8": (TEXT.encode() * 2 + TEXT.encode("gb18030"), Undecodable("mixed", 74)),
    "UTF-8 with a broken byte, after a byte order mark": (b"\xef\xbb\xbfa\xff\n", Undecodable("damaged", 4)),
    "a long UTF-8 text with one broken byte": ("网格".encode() * 50 + b"\xff\n", Undecodable("damaged", 300)),
    "Latin-1": ("Name,Café\n1,é,2\n".encode("latin-1"), Undecodable("western", 8)),
    "Windows-1252 that happens to be GB18030": ("id,name\n1,Connëct\n".encode("cp1252"), Undecodable("doubtful", 14)),
    "Windows-1252 with an accent at the beginning of a word": (
        "name\nÉcole\n".encode("cp1252"), Undecodable("doubtful", 5)
    ),
    "Windows-1252 with curly quotation marks": (
        "name\n“open 1\nMüller\n".encode("cp1252"), Undecodable("doubtful", 5)
    ),
    "a picture without a NUL": (b"\x89PNG\r\n\x1a\n\xff\xff", Undecodable("unknown", 8)),
}


@pytest.mark.parametrize(("data", "text"), READ.values(), ids=READ)
def test_a_text_is_read(data: bytes, text: str) -> None:
    assert utf8(data) == text.encode()


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_bytes_that_are_no_text_are_refused_at_their_first_wrong_byte(data: bytes, reason: Undecodable) -> None:
    assert utf8(data) == reason


WORDS = [
    "Connëct", "Straße", "Müller", "garçon", "señor", "Ørsted", "naïve", "brûlée", "façade", "piñata", "Škoda",
]  # fmt: skip
COMMON = "网格党支部居民事项办理张王李刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜"
RARE = "堃镕喆玥珺淼骉犇晞昇甦燊曌氹丼栃鴻偉國龍鳯祎"

latin = st.lists(st.sampled_from([*WORDS, "Lane", "Oak", "12"]), min_size=1, max_size=4).map(" ".join)
chinese = st.text(st.sampled_from([*COMMON, *RARE]), min_size=1, max_size=4)
beside = st.tuples(chinese, st.sampled_from(["", "A", "3", "KTV", " No."])).map("".join)


@given(st.lists(latin, min_size=1, max_size=30))
def test_a_western_file_is_never_read_as_chinese(cells: list[str]) -> None:
    text = "id,name\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells))
    found = utf8(text.encode("cp1252"))

    assert isinstance(found, Undecodable) or found == text.encode()


@given(st.lists(st.one_of(beside, st.sampled_from(["Lane 12", "Oak"])), max_size=30))
def test_a_chinese_file_is_refused_only_where_most_of_its_characters_are_rare_and_stand_beside_letters(
    cells: list[str],
) -> None:
    text = "grid_id,name\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells))
    rare_beside_letters = len(re.findall(f"[{RARE}][A-Za-z]|[A-Za-z][{RARE}]", text))
    signs = sum(1 for sign in text if sign > "\x7f")
    found = utf8(text.encode("gb18030"))

    assert not isinstance(found, Undecodable) or 2 * rare_beside_letters > signs
