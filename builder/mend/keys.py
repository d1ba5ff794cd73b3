"""Codes as a spreadsheet or a hand damages them: exponents, decimals, lost zeros, spaces, letters for digits."""

from __future__ import annotations

import re
import unicodedata

from builder.mend.found import Diagnosis
from builder.mend.shape import shape
from builder.mend.signs import plain
from builder.mend.valid import is_valid
from builder.model import Field

__all__ = ["is_rounded", "of_code"]

KEPT = 15
"""Digits that a spreadsheet keeps of a number."""

EXPONENT = re.compile(r"([0-9])(?:\.([0-9]{1,20}))?[Ee]\+?([0-9]{1,2})")
LOOKALIKES = ("OoQlI|", "000111"), ("0", "O"), ("1", "I")
ENDS = ".,;。、；,"


def of_code(text: str, field: Field) -> Diagnosis | None:
    """Return what became of a text that the pattern of `field` refuses."""
    narrow = plain(text)
    if narrow.code and is_valid(narrow.text, field):
        return Diagnosis(narrow.code, narrow.text, is_sure=True)
    if narrow.text == "0":
        return Diagnosis("placeholder-required" if field.required else "placeholder")
    if field.phone:
        return telephone(text, field)
    for read in (exponent, decimal, cased, ended, zeros, look_alike, within, length):
        if found := read(narrow.text, field):
            return found
    return None


TELEPHONE = re.compile(
    r"(?:\+?(?:00)?86[- ]?)?[(（]?0?(10|2[0-9]|[3-9][0-9]{2})[)）]?[-_—–－ 　.]{0,3}([2-8][0-9]{6,7})"
    r"(?:(?:转|分机|ext\.?|-|#|,|，| )\s?([0-9]{1,6}))?",
    re.IGNORECASE,
)


def telephone(text: str, field: Field) -> Diagnosis | None:
    """Return the number of an office as it is written here, whatever stands around its area code; None for others."""
    match = TELEPHONE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    found = "-".join(part for part in (f"0{match[1]}", match[2], match[3]) if part) if match else ""
    return Diagnosis("phone-form", found) if is_valid(found, field) else None


def exponent(text: str, field: Field) -> Diagnosis | None:
    """Return the digits of 3.20812001001001E+14; of 3.20812E+14 the last are lost."""
    match = EXPONENT.fullmatch(text)
    if match is None:
        return None
    first, rest, places = match[1], match[2] or "", int(match[3])
    if len(rest) == places < KEPT and is_valid(first + rest, field):
        return Diagnosis("scientific-code", first + rest, is_sure=True)
    return Diagnosis("scientific-lost", facts={"kept": len(first + rest), "count": places + 1})


def decimal(text: str, field: Field) -> Diagnosis | None:
    match = re.fullmatch(r"([0-9]+)\.0+", text)
    if match is None:
        return None
    value = match[1] if is_valid(match[1], field) else ""
    return Diagnosis("code-as-decimal", value, is_sure=bool(value) and len(value) <= KEPT)


def cased(text: str, field: Field) -> Diagnosis | None:
    """Return B01 for b01, where small letters are no other code."""
    found = [value for value in {text.upper(), text.lower()} - {text} if is_valid(value, field)]
    return Diagnosis("letter-case", found[0], is_sure=True) if len(found) == 1 else None


def ended(text: str, field: Field) -> Diagnosis | None:
    """Return a code without the comma behind it, or the hyphens that somebody put between its parts."""
    for value in (text.rstrip(ENDS), re.sub(r"[-_./]", "", text)):
        if value != text and is_valid(value, field):
            return Diagnosis("stray-sign", value)
    return None


def zeros(text: str, field: Field) -> Diagnosis | None:
    """Return 012 for 12, and A03 for A3: only for short codes, since of a long one any digit may be missing."""
    match = re.fullmatch(r"([A-Za-z]*)([0-9]+)", text)
    form = shape(field.descriptor["constraints"]["pattern"])
    if match is None or form is None:
        return None
    for prefix in dict.fromkeys((match[1], match[1] or form.start)):
        for missing in (0, 1, 2):
            value = prefix + "0" * missing + match[2]
            if value != text and len(value) <= 5 and is_valid(value, field):
                return Diagnosis("leading-zeros", value, facts={"count": len(text), "expected": form.lengths})
    return None


def look_alike(text: str, field: Field) -> Diagnosis | None:
    """Return the code with digits for the letters that look like them."""
    for old, new in LOOKALIKES:
        changed = text.translate(str.maketrans(old, new))
        if changed != text and is_valid(changed, field):
            return Diagnosis("look-alike", changed)
    head = text[:1] + text[1:].translate(str.maketrans(*LOOKALIKES[0]))
    return Diagnosis("look-alike", head) if head != text and is_valid(head, field) else None


def within(text: str, field: Field) -> Diagnosis | None:
    """Return the code that stands in a text with a name, quotation marks or commas around it, and no other beside."""
    latin = text.translate(CYRILLIC)
    found = {run for run in re.findall("[0-9A-Za-z]+", latin) if len(run) > 1 and is_valid(run, field)}
    found |= {run for run in [re.sub("[\\s,，]", "", latin)] if run != text and is_valid(run, field)}
    return Diagnosis("code-with-more", found.pop()) if len(found) == 1 else None


CYRILLIC = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")


def length(text: str, field: Field) -> Diagnosis | None:
    """Return that a code of the right signs is too long or too short."""
    form = shape(field.descriptor["constraints"]["pattern"])
    if form is None or len(form.lengths) > 12 or not set(text) <= form.signs or len(text) in form.lengths:
        return None
    expected = form.lengths if len(form.lengths) <= 4 else ()
    facts = {"count": len(text), "expected": expected, "least": form.lengths[0], "most": form.lengths[-1]}
    return Diagnosis("wrong-length", facts=facts)


def is_rounded(text: str) -> bool:
    """Return whether a code of more digits than a spreadsheet keeps ends in zeros where it would have lost them."""
    return re.fullmatch(r"[1-9][0-9]{14}00+", text) is not None
