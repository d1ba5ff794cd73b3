"""Text that was read in the wrong encoding, or written in one that lacks its characters."""

from __future__ import annotations

import re

__all__ = ["SUSPECT", "garbled", "is_lossy"]

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
MARKS = "\ufffd|锟斤|斤拷|烫烫烫|屯屯屯"
"""The replacement character; the same read as GBK; memory that nothing was written to."""

LEADS = "".join(
    bytes((first, second)).decode("gb18030") for first in range(0xE4, 0xEA) for second in range(0x80, 0xC0)
    if second != 0x7F
)  # fmt: skip
"""What the first two bytes of a Chinese character in UTF-8 are as GB18030."""

WESTERN = "[\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
SUSPECT = f"{MARKS}|[{LEADS}]|{WESTERN}{{3}}|[□■〓]|[{CJK}][?]|[?][{CJK}]|^[?]+$"
"""Whatever is not plainly fine, for Arrow too."""

NOISE = re.compile(MARKS)
LOST = re.compile(f"[□■〓](?=[{CJK}])|(?<=[{CJK}])[□■〓]|(?<=[{CJK}])[?]{{2,}}(?=[{CJK}])|^[?]{{2,}}(?=[{CJK}]|$)")
ONE_LOST = re.compile(f"[?]?[{CJK}]{{1,8}}[?][{CJK}]{{1,8}}|[?][{CJK}]{{1,8}}")
"""A name or an address with a sign that its encoding did not have: no sentence, since it has no other signs."""


def garbled(text: str) -> str | None:
    """Return what a text was before it was read in a wrong encoding, "" where that is lost; None for other texts."""
    for wrong, right in (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")):
        found = reread(text, wrong, right)
        if found:
            return "" if "\ufffd" in found else found
    return "" if NOISE.search(text) else None


def reread(text: str, wrong: str, right: str) -> str:
    """Return the text as its bytes are read in the `right` encoding, "" unless that makes Chinese of it."""
    if text.isascii() or "\ufffd" in text:
        return ""
    try:
        found = text.encode(wrong).decode(right, "replace")
    except UnicodeEncodeError:
        return ""
    # the last character is often cut, since two bytes were read as one
    broken = found.count("\ufffd")
    if broken > (len(found) // 4 if right == "utf-8" else 0):
        return ""
    if wrong == "latin-1" and right == "gb18030" and not re.search("[\u00a1-\u00ff]{4}", text):
        return ""
    chinese = len(re.findall(f"[{CJK}]", found))
    outside = sum(not sign.isascii() for sign in found)
    return found if chinese >= max(1, (outside + 1) // 2) and found != text else ""


def is_lossy(text: str) -> bool:
    """Return whether a question mark or a box stands where a character of a word was."""
    return LOST.search(text) is not None or (len(text) <= 18 and ONE_LOST.fullmatch(text) is not None)
