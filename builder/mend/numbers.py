"""Numbers with what people and spreadsheets write around them: separators, units, signs of money, percent, words."""

from __future__ import annotations

import re
from decimal import Decimal

from builder.mend.found import Diagnosis
from builder.mend.signs import plain
from builder.mend.valid import is_valid
from builder.model import Field

__all__ = ["of_number"]

GROUPS = re.compile(r"-?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
AROUND = re.compile(
    r"(?P<before>[¥￥$]|约|共|计|RMB|人民币)?\s*(?P<number>-?[0-9][0-9, ]*(?:\.[0-9]+)?)\s*"
    r"(?P<after>[万亿千百]?[户人件个名位张次天日月年票条项分元块处栋岁套间米岗]|[万亿千百]|角|公里|平方米|小时|分钟|工作日|元整)?[.。]?"
)
SCIENTIFIC = re.compile(r"(-?)([0-9])(?:\.([0-9]{1,20}))?[Ee]\+?([0-9]{1,2})")
DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
DIGITS |= {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "百": Decimal(100)}
LOOKALIKES = str.maketrans("OoQlI|", "000111")


def of_number(text: str, field: Field) -> Diagnosis | None:
    """Return what a text that is no number of `field` says."""
    narrow = plain(text, spaces=" ")
    tight = plain(text).text
    if is_valid(narrow.text, field):
        return Diagnosis(narrow.code, narrow.text, is_sure=True) if narrow.code else None
    for read in (grouped, whole, places, scientific, percent, surrounded, spaced, spelt, look_alike):
        if found := read(tight if read in (percent, spelt, look_alike) else narrow.text, field):
            return found
    return None


def fits(value: str, field: Field) -> str:
    """Return `value` if it is one of the field, else ""."""
    return value if is_valid(value, field) else ""


def grouped(text: str, field: Field) -> Diagnosis | None:
    """Return 1024 for 1,024: groups of three digits are nothing else here."""
    if not GROUPS.fullmatch(text):
        return None
    value = fits(re.sub("[, ]", "", text), field)
    return Diagnosis("thousands", value, is_sure=bool(value))


def whole(text: str, field: Field) -> Diagnosis | None:
    """Return 312 for 312.0, where a whole number is wanted."""
    match = re.fullmatch(r"(-?[0-9]{1,18})\.([0-9]*)", text) if field.type == "integer" else None
    if match is None:
        return None
    value = fits(match[1], field) if not match[2].strip("0") else ""
    return Diagnosis("whole-as-decimal", value, is_sure=bool(value))


def places(text: str, field: Field) -> Diagnosis | None:
    """Return that a number has more decimals than are kept; zeros behind them are nothing."""
    match = re.fullmatch(r"(-?[0-9]{1,15})\.([0-9]+)", text)
    if match is None:
        return None
    most = int(field.descriptor.get("decimals", len(match[2])))
    if len(match[2]) <= most:
        return None
    shorter = f"{match[1]}.{match[2][:most]}".rstrip(".")
    is_exact = not match[2][most:].strip("0")
    value = fits(shorter, field)
    facts = {"count": len(match[2].rstrip("0")) if not is_exact else len(match[2]), "most": most}
    return Diagnosis("too-many-decimals", value if is_exact else "", is_sure=bool(value) and is_exact, facts=facts)


def scientific(text: str, field: Field) -> Diagnosis | None:
    """Return 102400 for 1.024E+5: where the exponent is not larger than the digits are many, all of them are there."""
    match = SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    sign, first, rest, exponent = match[1], match[2], match[3] or "", int(match[4])
    if len(rest) > exponent or exponent > 17:
        return Diagnosis("scientific-number")
    value = fits(sign + first + rest.ljust(exponent, "0"), field)
    return Diagnosis("scientific-number", value, is_sure=bool(value) and len(rest) == exponent)


def percent(text: str, _field: Field) -> Diagnosis | None:
    match = re.fullmatch(r"(-?[0-9]{1,9}(?:\.[0-9]+)?)(?:%|％|‰)", text)
    return Diagnosis("percent", facts={"number": match[1]}) if match else None


def surrounded(text: str, field: Field) -> Diagnosis | None:
    """Return 312 for 312户. Known where the column's title has the unit, so that it is no other."""
    match = AROUND.fullmatch(text)
    if match is None or not (match["before"] or match["after"]):
        return None
    number = re.sub("[, ]", "", match["number"])
    if re.search("[, ]", match["number"].strip()) and not GROUPS.fullmatch(match["number"].strip()):
        return None
    unit = match["after"] or match["before"]
    if match["after"] and match["after"][0] in LARGE:
        product = (Decimal(number) * LARGE[match["after"][0]]).normalize()
        value = fits(f"{product:f}", field) if match["after"].lstrip("".join(LARGE)) in field.title else ""
        return Diagnosis("unit", value if not match["before"] else "", facts={"unit": unit})
    value = fits(number, field)
    names = field.title + ("元" if "元" in field.title and (match["before"] or "") in "¥￥" else "")
    is_sure = bool(value) and (match["after"] or "元") in names and (match["before"] or "¥") in "¥￥"
    # 312人 in a column of households, or 约200, is another figure and no other way to write this one
    return Diagnosis("unit", value if is_sure else "", is_sure, {"unit": unit})


def spaced(text: str, field: Field) -> Diagnosis | None:
    """Return 312 for 3 12: whether the space parts two numbers is not to be told."""
    if not re.fullmatch(r"-?[0-9.]+(?: [0-9.]+)+", text):
        return None
    return Diagnosis("stray-space", fits(text.replace(" ", ""), field))


def spelt(text: str, field: Field) -> Diagnosis | None:
    """Return 30 for 三十."""
    body = text.removesuffix("整")
    value = value_of(body)
    return Diagnosis("numeral", fits(str(value), field)) if value is not None else None


def value_of(text: str) -> int | None:
    """Return what a numeral of up to 亿 says, None when it is none."""
    if not text or not set(text) <= DIGITS.keys() | UNITS.keys() | {"万", "亿"} or len(text) > 16:
        return None
    if set(text) <= DIGITS.keys():
        return int("".join(str(DIGITS[sign]) for sign in text))
    total = part = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            part, digit = part + (digit or 1) * UNITS[sign], 0
        else:
            total, part, digit = (total + part + digit) * int(LARGE[sign]), 0, 0
    return total + part + digit


def look_alike(text: str, field: Field) -> Diagnosis | None:
    changed = text.translate(LOOKALIKES)
    if changed == text or not re.search("[0-9]", text):
        return None
    value = fits(changed, field)
    return Diagnosis("look-alike", value) if value else None


