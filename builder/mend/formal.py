"""Whether a cell may be quoted where private columns stand beside it: only if it can be no words about a person.

Columns may be shifted, so what stands under a public header may be a name, a telephone, a door or a birthday. Days of
late years, small numbers and words of a list are none of these. A code may be any of them, so only one that stands as a
key in a public table is repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from builder.mend.diagnosis import ERROR, diagnose
from builder.mend.found import Diagnosis
from builder.mend.signs import INVISIBLE, PERSONAL
from builder.mend.valid import is_valid
from builder.model import Field

__all__ = ["is_formal"]

WORDLESS = frozenset(["placeholder", "placeholder-required", "blank", "zero-name"])
BETWEEN = re.compile(r"[^0-9A-Za-z]+")
FEWEST = 7
"""Digits of the shortest telephone."""

LATE = re.compile("20[1-9][0-9]")
"""Years in which what is told here happened. Earlier ones are those in which people were born."""

NAMES = "January February March April May June July August September October November December"
LATIN = re.compile(
    "(?:" + "|".join(f"{name}|{name[:3]}" for name in NAMES.split()) + "|AM|PM|UTC|GMT|th|st|nd|rd)", re.IGNORECASE
)
DAY = re.compile(
    r"[-0-9OoQlI|/.:,;+ %_~()'’年月日号时点分秒整"
    r"星期周礼拜天上下中晚早凌晨午〇零一二三四五六七八九十TZ—–]+"
)
"""The signs of days and times, once the names of months are gone."""

DOOR = re.compile(r"[0-9]{1,3}[-#][0-9]{1,2}[-#][0-9]{3,4}(?![0-9])")
NUMBER = re.compile(r"[-+]?([0-9]*)(?:\.[0-9]*)?")


def is_formal(text: str, field: Field, found: Diagnosis | None = None, known: Container[str] = ()) -> bool:
    """Return whether a cell of `field`, damaged or not, has a form that no words about a person have.

    `found`: what was found of it, made here where it is None; `known`: the codes that `field` may hold and that anybody
    may read, as keys of public tables.
    """
    narrow = re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFKC", text)).strip()
    if not text or text in known:
        return True
    found = found or (None if is_valid(narrow, field) else diagnose(text, field))
    if found is not None and found.code in WORDLESS:
        return True
    if PERSONAL.search(narrow) or PERSONAL.search(BETWEEN.sub("", narrow)):
        return False
    if found is not None and found.code == "spreadsheet-error":
        return ERROR.fullmatch(narrow) is not None
    if found is not None and found.value and found.value != text and not is_formal(found.value, field, None, known):
        return False
    if field.type in ("date", "datetime"):
        return is_dated(narrow, found)
    if field.type in ("integer", "number"):
        return is_counted(narrow, found)
    if field.type == "boolean":
        return bool(found and found.value) or is_valid(text, field) or text in ("True", "False")
    if "enum" in field.descriptor.get("constraints", {}):
        # the words around a word of the list may be a person's name
        return is_valid(text, field) or bool(found and found.value and len(narrow) <= len(found.value) + 1)
    if found is not None and found.code == "code-with-more" and re.search(r"\w", narrow.replace(found.value, "")):
        return False  # what stands beside the code may be a name
    return found is not None and (found.value in known or (found.code == "scientific-lost" and is_rounded_off(found)))


def is_rounded_off(found: Diagnosis) -> bool:
    """Return whether so few digits of a number were kept that it is nobody's any more."""
    kept = found.facts.get("kept")
    return isinstance(kept, int) and kept < FEWEST


def is_dated(text: str, found: Diagnosis | None) -> bool:
    """Return whether a text is a day or a time of a late year, as far as it has a year, and holds nothing else."""
    if DAY.fullmatch(LATIN.sub("", text)) is None or DOOR.fullmatch(text):
        return False
    begins = LATE.match(text)
    if found is None and not begins:
        return False
    is_serial = found is not None and found.code == "date-serial"
    body = re.sub(r"\.0+$", "", text)
    body = re.sub(r"^([0-9]{5})\.[0-9]+$", r"\1", body) if is_serial else re.sub(r"(:[0-9]{2})\.[0-9]+", r"\1", body)
    return all(is_part(run) or (is_serial and len(run) == 5) for run in re.findall("[0-9]+", body))


def is_part(run: str) -> bool:
    """Return whether digits in a row are a part of a day: one or two, or beginning with a late year."""
    return len(run) <= 2 or (len(run) in (4, 6, 8) and LATE.match(run) is not None)


def is_counted(text: str, found: Diagnosis | None) -> bool:
    """Return whether a text is a number that is too small for anybody's telephone or card."""
    if match := NUMBER.fullmatch(text):
        return len(match[1]) < FEWEST
    return found is not None and len(re.findall("[0-9]", text)) < FEWEST
