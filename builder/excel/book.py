"""A workbook begun, and what Excel takes: names of sheets, lengths of texts, widths of columns, days.

Always holds: text is text, whatever it begins with, and the same calls make the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook

__all__ = ["DAY_0", "FIRST_DAY", "LONGEST_TEXT", "begun", "plain", "sheet_name", "units", "width"]

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATED = datetime(2000, 1, 1)

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of Excel holds."""

LONGEST_NAME = 31
"""Characters of a sheet's name."""

DAY_0, FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Excel counts days from DAY_0, and rightly from FIRST_DAY on: it takes 1900 for a leap year."""

NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd", "\r": "\n"})


def begun(target: BytesIO) -> Workbook:
    """Return an empty workbook that is written into `target` when it is closed."""
    book = Workbook(target, OPTIONS)
    book.set_properties({"created": DATED})
    return book


def plain(text: str) -> str:
    """Return a text with line breaks as Excel has them, and U+FFFD for the characters that XML cannot hold."""
    return text.replace("\r\n", "\n").translate(NO_XML)


def sheet_name(titles: Collection[str], taken: Collection[str] = ()) -> str:
    """Return the first of `titles` that Excel accepts as a sheet's name, made so, and that is not among `taken`."""
    others = {"", "history", *(name.casefold() for name in taken)}
    names = (re.sub(r"[\x00-\x1f\[\]:*?/\\]", " ", title)[:LONGEST_NAME].strip(" '") for title in titles)
    return next(name for name in names if name.casefold() not in others)


def units(text: str) -> int:
    """Return a text's length as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def width(text: str) -> int:
    """Return how many digits wide a text is: a Chinese character takes three bytes and the place of two digits."""
    return (len(text) + len(text.encode())) // 2
