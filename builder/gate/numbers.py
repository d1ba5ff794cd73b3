"""Numbers that are somebody's: resident identity cards, bank cards, telephones. Libraries decide what is one.

A number stands alone or with something between its digits. Where that could as well be several numbers in a row, the
way they are grouped must be one that people use, or nothing else may stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import luhn, numdb
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from builder.gate.hit import Hit, Kind
from builder.gate.plain import BETWEEN, Plain
from builder.gate.runs import Group, Window, runs, undated, windows

__all__ = ["numbers"]

REGION = "CN"
LOCAL = (7, 8)
"""Digits of a landline number without its area code."""

LETTERS = re.compile(r"[A-Za-z_]*")
BEFORE = re.compile(r"[A-Za-z_]*\Z")
LONGEST_WORD = 12
"""Letters that may touch a number and belong to a word, such as tel; more are those of a code or of a digest."""

CHECK_X = re.compile(f"[{BETWEEN}]{{0,3}}[xX](?![0-9A-Za-z])")
AMOUNT = re.compile(r"(?:\.[0-9]{1,2})?\s*(?:元|万|亿|吨|公里|千米|平方|立方|千瓦|度电|人次|株|%|‰)")
NAMED_ID = re.compile(r"(?:身份证|公民身份|证件)[^0-9]{0,8}\Z")
NAMED_CARD = re.compile(r"(?:银行卡|卡号|储蓄卡|信用卡|借记卡)[^0-9]{0,8}\Z")
NAMED_PHONE = re.compile(r"(?:电话|座机|手机|热线|联系方式|来电|致电|[Tt][Ee][Ll])[^0-9,，。;；]{0,6}\Z")
NEAR = 24
"""Characters before a number that say what it is."""

MOBILE_SHAPES = frozenset(((3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 8), (7, 4), (5, 6), (4, 3, 4), (5, 3, 3), (1,) * 11))
AREA_DIGITS, LOCAL_SHAPES = (3, 4), ((7,), (8,), (4, 4), (3, 4))
FOURS = (4, 4, 4, 4)
CARD_SHAPES = frozenset((FOURS, (*FOURS, 1), (*FOURS, 2), (*FOURS, 3), (6, 13), (6, 10), (8, 8), (8, 11)))

SIXTEEN = re.compile(r"4|5[1-5]|35(?:2[89]|[3-8])|222[1-9]|22[3-9]|2[3-6]|27[01]|2720")
"""First digits of cards of 16 digits (ISO/IEC 7812): Visa, Mastercard, JCB."""

UNION = re.compile(r"62|60[1-4]|6858|69|81|9558|9400|9100")
"""First digits of cards that Chinese banks issue, with 16 to 19 digits."""

OLDEST = 1930
"""The first year of birth on a number of 15 digits: earlier ones are nearly always codes of grids in towns."""


def numbers(text: Plain) -> Iterator[Hit]:
    """Yield every number in the text that is somebody's, as it is judged: spans are those of the plain text."""
    for run in runs(text.text):
        if sum(len(group.digits) for group in run) < LOCAL[0]:
            continue
        yield from identities(text.text, run)
        for groups in undated(run):
            if groups:
                yield from cards(text.text, groups)
                yield from phones(text.text, groups)


def is_code(text: str, start: int, end: int) -> bool:
    """Return whether letters touch the digits on both sides, or so many that they are no word."""
    before = len(BEFORE.search(text, max(0, start - LONGEST_WORD - 1), start)[0])  # type: ignore[index]
    after = len(LETTERS.match(text, end, end + LONGEST_WORD + 1)[0])  # type: ignore[index]
    return bool(before and after) or max(before, after) > LONGEST_WORD


def near(text: str, start: int, pattern: re.Pattern[str]) -> bool:
    return pattern.search(text, max(0, start - NEAR), start) is not None


# ── resident identity cards ──────────────────────────────────────────────────────────────────────


def identities(text: str, groups: list[Group]) -> Iterator[Hit]:
    for window in windows(groups, (15, 17, 18)):
        number, end = window.digits, window.end
        if len(number) == 17:
            if not (sign := CHECK_X.match(text, end)):
                continue
            number, end = f"{number}X", sign.end()
        if is_code(text, window.start, end):
            continue
        if len(number) == 15:
            if (len(window.shape) == 1 or window.is_whole) and is_old_identity(number):
                yield Hit(Kind.IDENTITY, window.start, end, number)
        elif is_identity(number) or (near(text, window.start, NAMED_ID) and is_born(number)):
            yield Hit(Kind.IDENTITY, window.start, end, number)
    for group in groups:
        for place in range(len(group.digits) - 17) if 18 < len(group.digits) <= 64 else ():
            if is_identity(number := group.digits[place : place + 18]):
                yield Hit(Kind.IDENTITY, group.start + place, group.start + place + 18, number)


def is_born(number: str) -> bool:
    """Return whether the day of birth is a day that may be one."""
    try:
        return date(1900, 1, 1) <= ric.get_birth_date(number) <= date(2099, 12, 31)
    except ValidationError:
        return False


def is_identity(number: str) -> bool:
    """Return whether 18 digits are an identity number: its check digit, its day of birth, its province.

    The library's list of counties is not asked: a new one would hide everybody who was born there.
    """
    return number[-1] == ric.calc_check_digit(number) and is_born(number) and bool(place(number)[:1])


def is_old_identity(number: str) -> bool:
    """Return whether 15 digits are an identity number of the first generation, which has no check digit."""
    return int(f"19{number[6:8]}") >= OLDEST and is_born(f"{number[:6]}19{number[6:]}0") and len(place(number)) > 1


def place(number: str) -> tuple[str, ...]:
    """Return the names of province and county that the first six digits stand for, as far as the library knows them."""
    found = numdb.get("cn/loc").info(number[:6])
    return tuple(name for _, names in found for name in names.values())


# ── bank cards ───────────────────────────────────────────────────────────────────────────────────


def cards(text: str, groups: list[Group]) -> Iterator[Hit]:
    for window in windows(groups, range(13, 20)):
        number = window.digits
        if not luhn.is_valid(number) or is_code(text, window.start, window.end):
            continue
        if not (len(window.shape) == 1 or window.is_whole or window.shape in CARD_SHAPES):
            continue
        is_issued = UNION.match(number) if len(number) > 16 else SIXTEEN.match(number) or UNION.match(number)
        if (len(number) >= 16 and is_issued and not is_dated(number)) or near(text, window.start, NAMED_CARD):
            yield Hit(Kind.CARD, window.start, window.end, number)


def is_dated(number: str) -> bool:
    """Return whether a number begins with a county and a day, as numbers of cases do: one in ten passes Luhn's test."""
    return is_born(number) and len(place(number)) > 1


# ── telephones ───────────────────────────────────────────────────────────────────────────────────


def phones(text: str, groups: list[Group]) -> Iterator[Hit]:
    for window in windows(groups, range(LOCAL[0], 16)):
        if is_code(text, window.start, window.end) or AMOUNT.match(text, window.end):
            continue
        if found := telephone(text, window):
            yield Hit(*found)


def telephone(text: str, window: Window) -> tuple[Kind, int, int, str] | None:
    """Return what a window is if it is a telephone number that somebody can be called on."""
    number = window.digits
    has_plus = text[max(0, window.start - 1) : window.start] == "+"
    if has_plus and (window.is_whole or len(window.shape) == 1):
        return judged(window, f"+{number}")
    bare = re.sub(r"\A(?:0086|086|86)(?=1[3-9][0-9]{9}\Z)|\A0(?=1[3-9][0-9]{9}\Z)", "", number)
    if len(bare) == 11 and bare.startswith("1"):
        cut = number[: len(number) - 11]
        shape = window.shape[1:] if cut and window.shape[0] == len(cut) else window.shape
        usual = shape in MOBILE_SHAPES or len(shape) == 1
        return judged(window, bare) if usual or window.is_whole else None
    if number.startswith("0") and 10 <= len(number) <= 12:
        return judged(window, number) if is_landline_shape(window) else None
    is_local = len(number) in LOCAL and number[0] in "2345678" and window.shape in LOCAL_SHAPES
    if is_local and near(text, window.start, NAMED_PHONE):
        return Kind.LANDLINE, window.start, window.end, number
    return None


def is_landline_shape(window: Window) -> bool:
    first, *rest = window.shape
    return not rest or window.is_whole or (first in AREA_DIGITS and tuple(rest) in LOCAL_SHAPES)


def judged(window: Window, written: str) -> tuple[Kind, int, int, str] | None:
    """Ask the library; numbers of services (400, 12345) are nobody's."""
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = phonenumbers.number_type(number)
    national = str(phonenumbers.national_significant_number(number))
    if kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.PAGER):
        return Kind.MOBILE, window.start, window.end, national
    if kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP, PhoneNumberType.PERSONAL_NUMBER):
        return Kind.LANDLINE, window.start, window.end, f"0{national}"
    return None
