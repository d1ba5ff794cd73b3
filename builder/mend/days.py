"""Days in the forms in which people and spreadsheets write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from builder.mend.found import Diagnosis

__all__ = ["MAC_DAYS", "SERIALS", "ZERO", "day_in", "look_alike", "serial", "with_cause"]

SERIALS = range(18_264, 73_416)
"""Serial numbers of days from 1950 to the end of 2100."""

ZERO = date(1899, 12, 30)
"""Day 0 of Excel, as it is counted after its 29 February 1900."""

MAC_DAYS = 1462
"""What the system that begins in 1904 counts less."""

NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(NAMES.split(), 1)}
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
SEPARATED = re.compile(r"(\d{4})(?:[-/.,_~、\\]+|年)(\d{1,2})(?:[-/.,_~、\\]+|月)(\d{1,2})(?:日|号)?[.,;]?")
LETTERS = re.compile(r"(\d{1,2})[-/. ]?([A-Za-z]{3})[A-Za-z]*[-/., ]*(\d{4}|\d{2})")
AMERICAN = re.compile(r"([A-Za-z]{3})[A-Za-z]*[. ]*(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})")
SHORT = re.compile(r"(\d{2})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
BACKWARDS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
PARTIAL = re.compile(
    r"\d{4}年?|\d{4}[-/.年]\d{1,2}月?|\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}/\d{1,2}|[A-Za-z]{3}-\d{2}|\d{1,2}-[A-Za-z]{3}"
)
WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
HALVED = re.compile(r"(\d{4})[-/.](\d{2})(\d{2})|(\d{4})(\d{2})[-/.](\d{2})")
REPUBLIC = re.compile(r"(?:中华)?民国(\d{2,3})年(\d{1,2})月(\d{1,2})日?")
SCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) \d{2}:\d{2}:\d{2} (?:GMT|UTC)[-+0-9]*(?: [(（].{1,40}[)）])?"
)
"""A day as scripts of web pages write it."""
SECONDS = re.compile(r"((?:19|20)\d{6})(?:[01]\d|2[0-3])[0-5]\d[0-5]\d")
AROUND = re.compile(r"^[“”\"'‘’「]+|[“”\"'‘’」]+$|[ ]*(?:上午|下午|中午|早上|晚上)$")
"""What stands around a day and says nothing of it."""
CHINESE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
LOOKALIKES = str.maketrans("OoQlI|", "000111")


class Reading(NamedTuple):
    """A day as three numbers, with what kind of writing it was; `other`: what else it could be."""

    code: str
    year: int
    month: int
    day: int
    is_sure: bool = True
    other: tuple[int, int, int] | None = None


def with_cause(found: Diagnosis, cause: str) -> Diagnosis:
    """Return a day whose form is right but for spaces or width under the code of that."""
    if found.code == "date-form" and cause and found.facts.get("is_form"):
        return Diagnosis(cause, found.value, found.is_sure)
    return found


def day_in(text: str) -> Diagnosis | None:
    """Return what the text says of a day, in whatever form that is not a serial number."""
    tight = text.replace(" ", "")
    if found := day_written(tight):
        return judged(found, tight)
    if found := day_written(AROUND.sub("", tight)) or roundabout(text):
        return judged(found._replace(is_sure=False), text)
    if found := lettered(text):
        return judged(found, text)
    if match := CHINESE.fullmatch(tight):
        numbers = (int(match[1].translate(DIGITS)), tens(match[2]), tens(match[3]))
        return judged(Reading("date-form", *numbers, is_sure=False), tight)
    if WEEKDAY.search(tight) and (found := day_written(WEEKDAY.sub("", tight))):
        return judged(found._replace(is_sure=False), tight)
    return Diagnosis("date-incomplete") if PARTIAL.fullmatch(tight) and not tight.isdigit() else year_alone(tight)


def roundabout(text: str) -> Reading | None:
    """Return the reading of 2026-0305, 20260305080000, of a script’s day, and of a year of the Republic."""
    tight = text.replace(" ", "")
    if match := HALVED.fullmatch(tight):
        year, month, day = (int(part) for part in match.groups() if part)
        return Reading("date-form", year, month, day) if real(year, month, day) else None
    if match := SECONDS.fullmatch(tight):
        return (found := eight(match[1])) and found._replace(code="date-with-time")
    if (match := SCRIPT.fullmatch(text.strip())) and match[1].lower() in MONTHS:
        return Reading("date-with-time", int(match[3]), MONTHS[match[1].lower()], int(match[2]))
    if match := REPUBLIC.fullmatch(tight):
        return Reading("date-form", int(match[1]) + 1911, int(match[2]), int(match[3]))
    return None


def year_alone(text: str) -> Diagnosis | None:
    return Diagnosis("date-incomplete") if re.fullmatch("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])?", text) else None


def day_written(text: str) -> Reading | None:
    """Return the reading of digits and separators."""
    text = re.sub(r"\.0+$", "", text) if re.fullmatch(r"\d{8}\.0+", text) else text
    if match := SEPARATED.fullmatch(text):
        return Reading("date-form", int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{8}", text):
        return eight(text)
    if match := re.fullmatch(r"([12])[.](\d{1,7})E\+?0?7", text, re.IGNORECASE):
        whole = match[1] + match[2].ljust(7, "0")
        return eight(whole) if len(match[2]) >= 6 else None
    if (match := SHORT.fullmatch(text)) and (reading := short(*map(int, match.groups()))):
        return reading
    if match := BACKWARDS.fullmatch(text):
        return backwards(*map(int, match.groups()))
    return None


def eight(text: str) -> Reading | None:
    """Return the reading of 20260305; eight digits that begin otherwise are a telephone sooner than a day."""
    year = int(text[:4])
    return Reading("date-form", year, int(text[4:6]), int(text[6:])) if 1900 <= year <= 2100 else None


def short(first: int, second: int, third: int) -> Reading | None:
    """Return the reading of 26-3-5: a year of two digits first, as it is written here."""
    if first <= 12 and third > 31:
        return None
    year = 2000 + first
    return Reading("date-short-year", year, second, third, is_sure=False) if real(year, second, third) else None


def backwards(first: int, second: int, year: int) -> Reading | None:
    """Return the reading of 3/5/2026: in America the month comes first, in Europe the day."""
    code = "date-order"
    if year < 100:
        year, code = year + 2000, "date-short-year"
    american, european = (year, first, second), (year, second, first)
    if real(*american) and real(*european) and american != european:
        return Reading("date-order", *american, is_sure=False, other=european)
    fits = american if real(*american) else european
    return Reading("date-form" if code == "date-order" else code, *fits, is_sure=code == "date-order")


def lettered(text: str) -> Reading | None:
    """Return the reading of 5-Mar-26, 5-Mar-2026 or March 5, 2026."""
    if (match := AMERICAN.fullmatch(text)) and match[1].lower() in MONTHS:
        return Reading("date-form", int(match[3]), MONTHS[match[1].lower()], int(match[2]))
    if not (match := LETTERS.fullmatch(text)) or match[2].lower() not in MONTHS:
        return None
    first, month, last = int(match[1]), MONTHS[match[2].lower()], int(match[3])
    if last >= 1000:
        return Reading("date-form", last, month, first)
    day_first, year_first = (2000 + last, month, first), (2000 + first, month, last)
    if real(*day_first) and real(*year_first) and day_first != year_first:
        return Reading("date-order", *day_first, is_sure=False, other=year_first)
    return Reading("date-short-year", *(day_first if real(*day_first) else year_first), is_sure=False)


def tens(text: str) -> int:
    """Return the number of 三, 十, 十五, 二十 or 二十五."""
    left, ten, right = text.partition("十")
    if not ten:
        return int(text.translate(DIGITS)) if len(text) == 1 else 0
    units = [int(part.translate(DIGITS)) if len(part) == 1 else 0 for part in (left or "一", right)]
    return units[0] * 10 + units[1]


def judged(reading: Reading, text: str) -> Diagnosis:
    """Return the day of a reading, or that there is no such day."""
    numbers = (reading.year, reading.month, reading.day)
    if not real(*numbers):
        facts = why(*numbers)
        return Diagnosis("no-such-day" if facts["days"] else "no-such-month", facts=facts)
    first = iso(numbers)
    if reading.other:
        return Diagnosis("date-order", facts={"first": first, "other": iso(reading.other)})
    return Diagnosis(reading.code, first, reading.is_sure, {"is_form": text == first})


def why(year: int, month: int, day: int) -> Mapping[str, object]:
    """Return what is wrong with a day: there is no such month, or it has not so many days."""
    if not 1 <= month <= 12:
        return {"year": year, "month": month, "days": 0, "day": day}
    days = monthrange(year, month)[1] if year else 31
    return {"year": year, "month": month, "days": days, "day": day}


def real(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def iso(numbers: tuple[int, int, int]) -> str:
    return date(*numbers).isoformat()


def serial(text: str) -> Diagnosis | None:
    """Return the day that a spreadsheet counts as `text`."""
    match = re.fullmatch(r"(\d{5})(\.\d{1,12})?", text)
    if match is None or int(match[1]) not in SERIALS:
        return None
    day = ZERO + timedelta(int(match[1]))
    return Diagnosis(
        "date-serial", day.isoformat(), facts={"other": (day + timedelta(MAC_DAYS)).isoformat()},
    )  # fmt: skip


def look_alike(text: str) -> Diagnosis | None:
    """Return the day that a text says when its letters O and l are taken for digits."""
    changed = text.translate(LOOKALIKES)
    if changed == text or not re.fullmatch(r"[0-9OoQlI|/.\-年月日号 ]{6,12}", text):
        return None
    found = day_in(changed)
    return Diagnosis("look-alike", found.value) if found and found.value else None
