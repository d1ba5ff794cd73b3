"""Which of many texts may hold personal data at all: a million clean cells cost little, the rest is read one by one.

Always holds: a text in which `hits` finds something is doubtful (tests/gate/test_screen.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from builder.gate.find import hits
from builder.gate.hit import Hit
from builder.gate.plain import BETWEEN, CHINESE, FOLDED, INVISIBLE, folded
from builder.gate.words import PROVINCES
from builder.patterns import seeker

__all__ = ["doubtful", "found"]

def ranges(signs: Iterable[int]) -> str:
    """Return a class of characters in the words of RE2, without its brackets."""
    found: list[list[int]] = []
    for sign in signs:
        if found and found[-1][1] == sign - 1:
            found[-1][1] = sign
        else:
            found.append([sign, sign])
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in found)


EVERY = tuple(chain.from_iterable(FOLDED))
GAPS = re.compile(f"[{BETWEEN}]")
SPACES = rf"{BETWEEN}{ranges(sign for sign in EVERY if GAPS.fullmatch(folded(chr(sign))))}"
"""Inside a class of RE2: everything that is read as something that stands between digits."""

FEW = 1000
"""Texts that are read sooner than Arrow, which is handed a pattern and no automaton, has read the pattern once more."""

SOON = "[^0-9\n]{0,12}[0-9]"
WORDS = (
    "@", "微信", "薇信", "威信", "(?i:v信|wechat|weixin|qq|wx|vx|passport)", "扣扣", "护照", "通行证",
    "单元", "号楼", "楼栋", "[0-9A-Za-z一二三四五六七八九十]\\s{0,3}[栋幢座弄]", "号院", "[村组队庄].{0,8}号",
    "(家住|住在|住址|现住|户籍地|家庭地址|居住|家在)[^。;；\n]{0,40}号", "[0-9][#-][0-9]{1,2}-[0-9]{3}", "°",
    "[0-9][.][0-9]{4,}\\s?[,，、;；\\s]\\s?-?[0-9]{1,3}[.][0-9]{4}",
    "(经|纬|坐标|(?i:lat|lon|lng))[^0-9\n]{0,16}[0-9]{1,3}[.][0-9]{4}",
    f"(出生|生于|生日|诞辰){SOON}", "[日0-9][)）]?\\s{0,4}(出生|生)", f"[男女]{SOON}",
    "(年级|[初高][一二三1-3]|幼儿园|[大中小托][(（]?[0-9一二三四五六七八九十]{1,2}[)）]?).{0,10}班",
    "E.{0,3}[A-Z].{0,3}[0-9]",
    f"(电话|座机|手机|热线|联系方式|来电|致电|(?i:tel))[^0-9\n]{{0,12}}([0-9][{SPACES}]{{0,3}}){{7}}",
    "&#x?[0-9a-fA-F]{2,5};&#",
)  # fmt: skip


@cache
def pattern() -> str:
    """Return the pattern, in the words of RE2, of everything that is looked at closely."""
    unseen = ranges(sign for sign in EVERY if suspicious(sign))
    spoken = "".join(sorted({chr(sign) for sign in CHINESE}))
    plates = f"[{PROVINCES}][{SPACES}]{{0,3}}[A-Za-z]([{SPACES}]{{0,3}}[A-Za-z0-9]){{4}}"
    number = f"[0-9]([{SPACES}]{{0,3}}[0-9]){{9}}"
    said = f"[{spoken}]([{SPACES}]?[{spoken}]){{6}}"
    return "|".join((number, f"[{unseen}]", plates, said, *WORDS))


def suspicious(sign: int) -> bool:
    """Return whether a character is read as another one, or as none, without being punctuation of Chinese text."""
    text = chr(sign)
    if (category := unicodedata.category(text)) in INVISIBLE:
        return category not in ("Cn", "Co", "Cs")
    wide = folded(text)  # "" for what stands in the place of a control character
    return wide != text and (wide.isalnum() or wide in "@.#'")


def doubtful(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the distinct texts that must be looked at closely."""
    if len(texts) <= FEW:
        seen = seeker(pattern())
        return pa.array([text for text in pc.unique(texts).drop_null().to_pylist() if seen(text)], texts.type)
    is_doubtful = pc.match_substring_regex(texts, pattern())
    kept = pc.unique(texts.filter(is_doubtful))
    return kept.drop_null()


def found(texts: pa.Array | pa.ChunkedArray) -> Mapping[str, tuple[Hit, ...]]:
    """Return what each of the texts holds, of those that hold anything."""
    return {text: held for text in doubtful(texts).to_pylist() if (held := hits(text))}
