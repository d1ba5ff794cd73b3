"""How Chinese names sound: toneless syllables, as people type them. pypinyin is used here and nowhere else.

Always holds: everything is worked out when the site is built, from tables that pypinyin brings along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

__all__ = ["initial", "sounds"]

COMMON = bytes.decode(
    bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell)),
    "gb2312",
    "ignore",
)
"""The 3,755 characters of level 1 of GB 2312: what readers may type in the place of the right one."""

FIRST, LAST = "\u3400", "\u9fff"


def sounds(texts: Iterable[str]) -> str:
    """Return which characters sound how: “chai柴拆|mi米…”, by syllable; "" where `texts` hold no Chinese.

    A character of `texts` has every reading that it has in one of them (重庆路: chong), any other common one its most
    frequent.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in sorted(set(texts)):
        if any(map(is_chinese, text)):
            for sign, syllable in read(text):
                found[syllable].add(sign)
    if not found:
        return ""
    known = {sign for signs in found.values() for sign in signs}
    for sign, syllable in common():
        if sign not in known:
            found[syllable].add(sign)
    return "|".join(syllable + "".join(sorted(signs)) for syllable, signs in sorted(found.items()))


@cache
def common() -> tuple[tuple[str, str], ...]:
    """Return every common character that has a reading, with its most frequent syllable."""
    return tuple(pair for sign in sorted(COMMON) for pair in read(sign))


@lru_cache(maxsize=1 << 16)
def initial(name: str) -> str:
    """Return the letter under which a name stands in a list, A to Z; "#" for one that begins with something else."""
    first = name.strip()[:1]
    syllables = [syllable for _, syllable in read(name.strip()[:4])][:1] if is_chinese(first) else []
    letter = normalize("NFKD", (syllables or [first])[0])[:1].upper()
    return letter if "A" <= letter <= "Z" else "#"


def read(text: str) -> list[tuple[str, str]]:
    """Return each Chinese character of `text` that has a reading, with its syllable there."""
    from pypinyin import lazy_pinyin  # 0.3 s and 57 MB: processes that only print pages do without it

    signs = [sign if is_chinese(sign) else " " for sign in text]
    syllables = lazy_pinyin("".join(signs), errors=single)
    pairs = zip(signs, syllables, strict=True)
    return [(sign, syllable) for sign, syllable in pairs if syllable.isascii() and syllable.isalpha()]


def single(signs: str) -> Any:
    """Return what has no reading one by one: pypinyin takes lists too, which its types do not say."""
    return list(signs)


def is_chinese(sign: str) -> bool:
    return FIRST <= sign <= LAST
