"""What Excel allows: names of sheets, lengths of cells, characters; and how wide a text is in it."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

__all__ = ["LONGEST", "position", "sheet_name", "shortened", "too_long", "wide", "written"]

LONGEST = 32_767
"""UTF-16 units that a cell holds."""

LONGEST_NAME = 31
NO_NAME = re.compile(r"[\[\]:*?/\\']")
NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


def sheet_name(title: str) -> str:
    """Return a name for a sheet: the table's, so that whoever takes the workbook in finds it."""
    return NO_NAME.sub(" ", title).strip()[:LONGEST_NAME] or "data"


def written(text: str) -> str:
    """Return a text without the two characters that XML cannot hold; control characters the library escapes."""
    return text.translate(NO_XML)


def position(letters: str) -> int:
    """Return the place of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def too_long(text: str) -> bool:
    """Return whether a cell cannot hold a text."""
    return len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST


def shortened(text: str) -> str:
    """Return a text as far as a cell can hold it, with … where it was cut."""
    return text if not too_long(text) else text[: LONGEST // 2 - 1] + "…"


def wide(text: str) -> int:
    """Return how many digits wide a text is."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text[:200])
