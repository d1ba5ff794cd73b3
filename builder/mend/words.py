"""Free text in which a program left something of its own: escapes, tags, words for nothing, signs that look right."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from builder.mend.garbled import CJK
from builder.model import Field

__all__ = ["APART", "apostrophe", "escaped", "is_lossy_name", "is_nobody", "is_nothing", "radicals"]

ENTITY = r"&(?:#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,6}|nbsp|amp|lt|gt|quot|apos|middot|ldquo|rdquo|hellip|mdash);"
TAG = r"</?(?:br|p|div|span|b|i|u|a|font|strong|em|td|tr|table|img|li|ul|ol)(?:\s[^<>]{0,200})?/?>"
CELL = "_x[0-9A-F]{4}_"
PERCENT = "(?:%[0-9A-Fa-f]{2}){3,}"
UNICODE = r"\\u[0-9A-Fa-f]{4}"
BREAK = r"\\r?\\n|\\[nrt](?:[^A-Za-z]|$)"
ESCAPES = (ENTITY, TAG, CELL, PERCENT, UNICODE, BREAK)

RADICALS = "\u2e80-\u2fd5"
"""Parts of characters as signs of their own, which PDFs hold in the place of the characters."""
PRIVATE = "\ue000-\uf8ff"

NOTHING = (
    "无|没有|暂无|暂缺|暂定|未知|不详|不清楚|不明|待补|待补充|待定|待填|待完善|未定|空|空白|[(（]空[)）]|[(（]空白[)）]"
    r"|无数据|不适用|不涉及|同上|n/?a|null|none|nil|nan|nat|undefined|tbd|unknown|\[object object\]"
    r"|[-—–－_/\\*.。、…·～~]{1,6}"
)
NOBODY = r"测试.{0,4}|试用|示例|样例|例子|test(?:ing)?[0-9]{0,3}|x{2,}|asdf.{0,4}|abc|true|false|aaa+|[^\p{L}]+"
"""What is no name of anything: a trial, or nothing but digits and signs."""

APART = (
    rf"(?i:{'|'.join(ESCAPES)})|[{RADICALS}{PRIVATE}]|^['’‘`＇]|？|[?]{{2}}|^(?i:{NOTHING})$|^(?i:{NOBODY})$|^1900[-/]0?1[-/]0{{1,2}}$"
)
"""Text of which something may be to be said here, for Arrow."""

IS_ESCAPE = re.compile("|".join(ESCAPES), re.IGNORECASE)
IS_NOTHING = re.compile(NOTHING, re.IGNORECASE)
IS_NOBODY = re.compile(NOBODY.removesuffix(r"|[^\p{L}]+"), re.IGNORECASE)
NAME = re.compile(f"[{CJK}·]{{1,12}}(?:[?？]{{2,}}|[?？][{CJK}]{{1,8}})")
LONGEST_NAME = 60


def escaped(text: str) -> str | None:
    """Return what a text with escapes of a program was, "" where that cannot be told; None where it has none."""
    found = IS_ESCAPE.search(text)
    if found is None or "://" in text:
        return None
    if re.search(f"{TAG}|{BREAK}", text, re.IGNORECASE):
        return ""
    whole = html.unescape(text).replace("\u00a0", " ")
    whole = re.sub(UNICODE, lambda sign: chr(int(sign[0][2:], 16)), whole)
    whole = re.sub(CELL, lambda sign: chr(int(sign[0][2:-1], 16)), whole)
    try:
        whole = unquote(whole, errors="strict") if re.search(PERCENT, whole) else whole
    except UnicodeDecodeError:
        return ""
    whole = " ".join(whole.split())
    return whole if whole.isprintable() and not IS_ESCAPE.search(whole) else ""


def radicals(text: str) -> str | None:
    """Return a text with the characters that its radicals look like; None where it has none."""
    if not re.search(f"[{RADICALS}]", text):
        return None
    found = re.sub(f"[{RADICALS}]", lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    return "" if re.search(f"[{RADICALS}]", found) else found


def apostrophe(text: str) -> str | None:
    """Return a text without the one apostrophe before it, which only Excel knows the meaning of; None without one."""
    rest = text[1:]
    return rest if text[:1] in "'’‘`＇" and rest and not re.search("['’‘`＇]", rest) else None


def is_nothing(text: str) -> bool:
    """Return whether a text only says that there is none."""
    return IS_NOTHING.fullmatch(text) is not None


def is_nobody(text: str, field: Field) -> bool:
    """Return whether a required text, which names something, is a trial, a number, a day or a sign."""
    limits = field.descriptor.get("constraints", {})
    if not field.required or "minLength" not in limits:
        return False
    return IS_NOBODY.fullmatch(text) is not None or not any(sign.isalpha() for sign in text)


def is_lossy_name(text: str, field: Field) -> bool:
    """Return whether a character of a name was lost: a sign of no font, or question marks in a name's column."""
    if re.search(f"[{PRIVATE}]", text):
        return True
    return field.descriptor.get("constraints", {}).get("maxLength", 0) in range(1, LONGEST_NAME + 1) and bool(
        NAME.fullmatch(text)
    )
