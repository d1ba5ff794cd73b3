"""Values that their fields take and that are hardly meant: years and telephone numbers that no place has."""

from __future__ import annotations

import re

from builder.model import Field

__all__ = ["LIKELY_YEARS", "is_odd_phone", "is_odd_year", "meant_phone"]

FIRST, LAST = 1949, 2099
LIKELY_YEARS = "(?:19[5-9]|20[0-8])[0-9]"
"""Years that are surely not odd, for Arrow."""

SHORTEST, LONGEST = 4, 20
"""Digits of a number; one of three calls the police, or nobody."""

HOTLINE = "12345"
SWAPPED = frozenset(("21345", "13245", "12435", "12354"))

RUNS = ("01234567890", "9876543210")


def is_odd_year(text: str, field: Field) -> bool:
    """Return whether a day lies before or after all that a community's tables tell of.

    A field with a limit of its own says itself what is too early or too late.
    """
    match = re.match(r"(\d{1,4})-", text)
    if match is None or field.type not in ("date", "datetime"):
        return False
    limits = field.descriptor.get("constraints", {})
    return ("minimum" not in limits and int(match[1]) < FIRST) or ("maximum" not in limits and int(match[1]) > LAST)


def is_odd_phone(text: str, field: Field) -> bool:
    """Return whether a telephone number is made up, or one digit short or long; those of offices only.

    Numbers of zeros are what demonstrations write.
    """
    if field.phone != "work" or not text:
        return False
    digits = re.sub(r"[^0-9]", "", text)
    if not SHORTEST <= len(digits) <= LONGEST or meant_phone(text) or re.fullmatch("[0-9]{13,}", text):
        return True
    number = re.sub(r"^0(?:10|2[0-9]|[3-9][0-9]{2})-?", "", text)
    own = re.sub(r"[^0-9].*", "", number)
    is_same = len(set(own)) == 1 and own[0] != "0"
    if len(own) >= 7 and (is_same or any(own in run for run in RUNS)):
        return True
    has_area = number != text
    if not has_area and (re.match("0[0-9]{2,3}-", text) or (len(digits) == 4 and any(digits in run for run in RUNS))):
        return True
    return has_area and text.count("-") == 1 and not 7 <= len(own) <= 8


def meant_phone(text: str) -> str:
    """Return the number that was surely meant: with the 0 of its area, or 12345 for two digits changed over."""
    if re.fullmatch(r"(?:10|2[0-9]|[3-9][0-9]{2})-[2-9][0-9]{6,7}", text):
        return f"0{text}"
    return HOTLINE if text in SWAPPED else ""
