"""Moments, and days with a time, in the forms in which people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from builder.mend.days import MAC_DAYS, SERIALS, ZERO, day_in, look_alike, serial, with_cause
from builder.mend.found import Diagnosis
from builder.mend.signs import plain

__all__ = ["of_day", "of_moment"]

CLOCK = re.compile(
    r"(上午|下午|中午|晚上|早上|凌晨)?\s*(\d{1,2})(?:[:点时.](\d{1,2})分?(?:[:](\d{1,2})秒?(\.\d+)?)?|[点时](整)?)"
    r"\s*([AaPp]\.?[Mm]\.?)?"
)
ZONE = re.compile(r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")


def of_day(text: str) -> Diagnosis | None:
    """Return what a text that is no day in the form 2026-03-05 says; None when it says no day at all."""
    narrow = plain(text, spaces=" ")
    if found := day_in(narrow.text):
        return with_cause(found, narrow.code)
    body, clock = split(narrow.text)
    if not clock or (found := day_in(body)) is None or not found.value:
        return serial(narrow.text) or look_alike(narrow.text)
    moment = moment_of(clock)
    is_midnight = moment is not None and moment == time()
    if ZONE.search(clock):  # midnight in London is morning here, and the evening before in America
        return Diagnosis("date-with-time", found.value if is_midnight else "")
    return Diagnosis("date-with-time", found.value, found.is_sure and is_midnight)


def split(text: str) -> tuple[str, str]:
    """Return the day and the time of a text that has both."""
    match = re.match(r"(.*?\d(?:日|号)?)(?:T|\s+|\s*(?=[上下中晚早凌]))(\S.*)$", text)
    if match and re.search(r"[:点时]", match[2]):
        return match[1], match[2].strip()
    match = re.match(r"(.*?[日号])(\d.*)$", text)
    return (match[1], match[2].strip()) if match else (text, "")


def moment_of(text: str) -> time | None:
    """Return the time that a clock shows, with what a zone or a fraction of a second says left out."""
    match = CLOCK.fullmatch(ZONE.sub("", text))
    if match is None:
        return None
    hour, minute, second = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    is_late = match[1] in ("下午", "晚上") or (match[7] or "").lower().startswith("p")
    if is_late and hour < 12:
        hour += 12
    if (match[7] or "").lower().startswith("a") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def of_moment(text: str, form: str = "default") -> Diagnosis | None:
    """Return what a text that is no moment of a field with this `form` says."""
    found = moment_in(text)
    if found is None or not found.value or form == "default":
        return found
    if found.value < "1000":  # which no format writes with four digits
        return Diagnosis(found.code, facts=found.facts)
    moment = datetime.fromisoformat(found.value)
    written = moment.strftime(form)
    is_whole = datetime.strptime(written, form) == moment
    return Diagnosis(found.code, written, found.is_sure and is_whole, found.facts)


def moment_in(text: str) -> Diagnosis | None:
    """Return what a text says of a moment; its value is written like 2026-03-05T08:00:00."""
    narrow = plain(text, spaces=" ")
    body, clock = split(narrow.text)
    if not clock:
        return without_time(narrow.text)
    if (days := day_in(body)) is None:
        return None
    if not days.value:
        return days
    if re.match(r"24[:点时]", clock):
        following = date.fromisoformat(days.value) + timedelta(1) if days.value < "9999-12-31" else None
        return Diagnosis("time-form", f"{following}T00:00:00" if following else "")
    moment = moment_of(clock)
    if moment is None:
        return Diagnosis("no-such-time", facts={"clock": clock}) if re.match(r"\d{1,2}[:点时]\d", clock) else None
    value = f"{days.value}T{moment:%H:%M:%S}"
    if ZONE.search(clock):
        return Diagnosis("time-zone", value)
    is_exact = re.search(r"\.\d*[1-9]", clock) is None
    if value == narrow.text.replace(" ", "T") and narrow.code:
        return Diagnosis(narrow.code, value, is_sure=True)
    return Diagnosis("time-form", value, days.is_sure and is_exact)


def without_time(text: str) -> Diagnosis | None:
    if CLOCK.fullmatch(text) and re.search("[:点时]", text):
        return Diagnosis("day-missing")
    match = re.fullmatch(r"(\d{5})\.(\d{1,15})", text)
    if match and int(match[1]) in SERIALS:
        seconds = round(float(f"0.{match[2]}") * 86_400)
        value = datetime.combine(ZERO, time()) + timedelta(int(match[1]), seconds)
        other = value + timedelta(MAC_DAYS)
        return Diagnosis("date-serial", value.isoformat(), facts={"other": other.isoformat()})
    found = day_in(text) or serial(text)
    if found is None or not found.value:
        return found
    return Diagnosis("time-missing", f"{found.value}T00:00:00")


