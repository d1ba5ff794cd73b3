"""One cell of a workbook as text: what a person who opens it reads there, in the form that its column wants.

A workbook holds a day as a number of days, a code as a number in floating point, and yes as 1. Nothing is guessed: a
number without a format for days stays a number.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from builder.model import Field

__all__ = ["written"]

DIGITS = 15
"""What Excel shows of a number: the digits behind are those of floating point."""

PADDED = re.compile("0{2,20}")
"""A format that fills up with zeros, as people set it for codes."""

ISO = "%Y-%m-%dT%H:%M:%S"


def written(cell: Any, field: Field | None) -> str:
    """Return what a cell of openpyxl holds as text of `field`, None where the column is not known; "" for nothing."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return truth(value, field)
    if isinstance(value, int | float | Decimal):
        return number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        return moment(value, field)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(timedelta(seconds=round(value.total_seconds())))
    return value.isoformat("seconds") if isinstance(value, time) else str(value)


def truth(value: bool, field: Field | None) -> str:
    """Return the first of the words that the schema has for yes or no, otherwise what Excel shows."""
    words = field.descriptor.get("trueValues" if value else "falseValues", ()) if field else ()
    return str(words[0]) if words else str(value).upper()


def number(value: float | Decimal, form: str) -> str:
    """Return a number with the digits that Excel shows, as a percentage or filled up with zeros where it is."""
    is_share = form.rstrip().endswith("%")
    exact = Decimal(format(value, f".{DIGITS}g") if isinstance(value, float) else str(value))
    if not exact.is_finite():
        return str(value)
    text = format((exact * 100 if is_share else exact).normalize(), "f")
    if PADDED.fullmatch(form) and text.isdigit():
        return text.zfill(len(form))
    return f"{text}%" if is_share else text


def moment(value: datetime, field: Field | None) -> str:
    """Return a day, with its time where it has one; times are fractions of a day there, so seconds are rounded."""
    near = (value + timedelta(microseconds=500_000)).replace(microsecond=0) if value.year < 9999 else value
    if field is not None and field.type == "datetime":
        form = field.descriptor.get("format", "default")
        return near.strftime(ISO if form == "default" else form)
    return near.date().isoformat() if near.time() == time() else near.isoformat(" ")
