"""Values that their fields take and that are hardly meant: years and telephone numbers that no place has."""

from __future__ import annotations

import re

from builder.model import Field

__all__ = ["LIKELY_YEARS", "is_odd_phone", "is_odd_year"]

FIRST, LAST = 1949, 2099
LIKELY_YEARS = "(?:19[5-9]|20[0-8])[0-9]"
"""Years that are surely not odd, for Arrow."""

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
    digits = re.sub(r"[^0-9]", "", text)
    if field.phone != "work" or not digits:
        return False
    number = re.sub(r"^0(?:10|2[0-9]|[3-9][0-9]{2})-?", "", text)
    own = re.sub(r"[^0-9].*", "", number)
    is_same = len(set(own)) == 1 and own[0] != "0"
    if len(own) >= 7 and (is_same or any(own in run for run in RUNS)):
        return True
    has_area = number != text
    return has_area and text.count("-") == 1 and not 7 <= len(own) <= 8
