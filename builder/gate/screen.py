"""Which of many texts may hold personal data at all: a million clean cells cost little, the rest is read one by one.

Always holds: a text in which `hits` finds something is doubtful (tests/gate/test_screen.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from builder.gate.find import hits
from builder.gate.hit import Hit
from builder.gate.plain import CHINESE, INVISIBLE
from builder.gate.words import PROVINCES

__all__ = ["doubtful", "found"]

SPACES = r"\s\-._/()+\x{a0}\x{2000}-\x{200a}\x{3000}\x{2010}-\x{2015}\x{2212}"
WORDS = (
    "@", "微信", "薇信", "威信", "(?i:v信|wechat|weixin|qq|wx|vx|passport|tel|lat|lng|lon)", "扣扣", "护照", "通行证",
    "单元", "号楼", "楼栋", "[栋幢座弄]", "号院", "[村组队庄].{0,8}号", "家住", "住在", "住址", "现住", "户籍地",
    "家庭地址", "居住", "家在", "[0-9][#-][0-9]{1,2}-[0-9]{3}", "°", "[0-9][.][0-9]{4}", "出生", "生于", "生日", "诞辰",
    "[日0-9][)）]?\\s?生", "[男女]\\s?[,，、(（\\s]", "班", "E.{0,3}[A-Z].{0,3}[0-9]", "电话", "座机", "手机", "热线", "联系方式",
    "来电", "致电", "&#x?[0-9a-fA-F]{2,5};&#",
)  # fmt: skip


@cache
def pattern() -> str:
    """Return the pattern, in the words of RE2, of everything that is looked at closely."""
    unseen = ranges(sign for sign in range(0x80, 0x110000) if suspicious(sign))
    spoken = "".join(sorted({chr(sign) for sign in CHINESE}))
    plates = f"[{PROVINCES}][{SPACES}]{{0,3}}[A-Za-z]([{SPACES}]{{0,3}}[A-Za-z0-9]){{4}}"
    number = f"[0-9]([{SPACES}]{{0,3}}[0-9]){{9}}"
    said = f"[{spoken}]([{SPACES}]?[{spoken}]){{6}}"
    return "|".join((number, f"[{unseen}]", plates, said, *WORDS))


def suspicious(sign: int) -> bool:
    """Return whether a character is read as another one, or as none, without being punctuation of Chinese text."""
    text = chr(sign)
    category = unicodedata.category(text)
    if category in INVISIBLE and category not in ("Cn", "Co"):
        return True
    wide = unicodedata.normalize("NFKC", text)
    return category == "Nd" or (len(wide) == 1 and wide.isascii() and (wide.isalnum() or wide == "@"))


def ranges(signs: Iterable[int]) -> str:
    """Return a class of characters in the words of RE2, without its brackets."""
    found: list[list[int]] = []
    for sign in signs:
        if found and found[-1][1] == sign - 1:
            found[-1][1] = sign
        else:
            found.append([sign, sign])
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in found)


def doubtful(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the distinct texts that must be looked at closely."""
    is_doubtful = pc.match_substring_regex(texts, pattern())
    kept = pc.unique(texts.filter(is_doubtful))
    return kept.drop_null()


def found(texts: pa.Array | pa.ChunkedArray) -> Mapping[str, tuple[Hit, ...]]:
    """Return what each of the texts holds, of those that hold anything."""
    return {text: held for text in doubtful(texts).to_pylist() if (held := hits(text))}
