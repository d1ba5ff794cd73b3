"""One value against its field: what became of it, and how it is written when it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from builder.mend.choice import of_boolean, of_word
from builder.mend.found import Diagnosis
from builder.mend.keys import of_code
from builder.mend.moments import of_day, of_moment
from builder.mend.numbers import of_number
from builder.mend.signs import BLANK, EDGES, plain
from builder.mend.valid import form_of, is_valid
from builder.model import Field

__all__ = ["ERROR", "Diagnosis", "clean", "diagnose"]

LONGEST = 200
"""Characters of a value that has a form. What is longer was meant for another cell."""

ERROR = re.compile(
    r"#(?:REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|N/A|SPILL!|CALC!|GETTING_DATA|值[!！])|^#{3,}$", re.IGNORECASE
)
"""What a spreadsheet shows instead of a value. ###### is a column that was too narrow."""

NOTHING = (
    "无 没有 暂无 未知 不详 不清楚 不明 待补 空 空白 (空) (空白) (null) 无数据 不适用 不涉及 同上 "
    "/ // \\ - -- --- . .. ... … …… * ** ? ?? ??? 、 n/a na null none nil nan nat tbd unknown"
)
"""Words for an empty cell, in narrow signs and small letters."""

NOT_YET = (
    "0 00:00:00 1900-01-00 1900/1/0 0000-00-00 待定 未定 未完成 未办结 未办理 未结束 未到期 进行中 办理中 至今 "
    "现在 长期 永久 不限"
)
"""What stands in columns of days besides: that the day has not come."""

AMBIGUOUS = frozenset(["0", "同上", "现在", "至今"])

OF_TYPE: Mapping[str, Callable[[str, Field], Diagnosis | None]] = {
    "integer": of_number,
    "number": of_number,
    "date": lambda text, _field: of_day(text),
    "datetime": lambda text, field: of_moment(text, form_of(field)),
    "boolean": of_boolean,
}


def diagnose(text: str, field: Field) -> Diagnosis | None:
    """Return what happened to a cell that `field` refuses, None where nothing more exact than its rule is known.

    A `value` that is returned is one of the field, or "".
    """
    if ERROR.search(text):
        return Diagnosis("spreadsheet-error")
    if not BLANK.sub("", text):
        return Diagnosis("blank", is_sure=not field.required) if text else None
    if not has_form(field) or len(text) > LONGEST:
        return None
    found = of_form(text, field)
    if found is None or (not found.value and found.code != "wrong-length"):
        found = nothing(text, field) or found
    if found is None or not found.value or is_valid(found.value, field):
        return found
    # a day outside the limits of its column is still a day, but no mend
    return Diagnosis(found.code, facts=found.facts) if found.code in TOLD_WITHOUT else None


TOLD_WITHOUT = frozenset(["date-form", "date-serial", "date-with-time", "time-form", "unit", "thousands"])


def of_form(text: str, field: Field) -> Diagnosis | None:
    """Return what the form of the field's values makes of a text."""
    if field.type in OF_TYPE:
        return OF_TYPE[field.type](text, field)
    if "enum" in field.descriptor.get("constraints", {}):
        return of_word(text, field)
    return of_code(text, field)


def has_form(field: Field) -> bool:
    """Return whether the values of a field have a form: text without a pattern and a list is free."""
    if field.type == "string":
        return bool(field.descriptor.get("constraints", {}).keys() & {"pattern", "enum"})
    return field.type in OF_TYPE


def nothing(text: str, field: Field) -> Diagnosis | None:
    """Return that a text means an empty cell; to empty it is sure where the cell may be empty."""
    said = plain(text).text.casefold()
    if said not in NOTHING.split() and not (said in NOT_YET.split() and field.type in ("date", "datetime")):
        return None
    if field.required:
        return Diagnosis("placeholder-required")
    return Diagnosis("placeholder", is_sure=said not in AMBIGUOUS)


def clean(text: str, field: Field) -> str:
    """Return a cell as it should be written: mended where that takes no judgement, else as it is.

    Text without a form only loses the spaces and unseen signs at its ends.
    """
    if not text or is_kept(text, field):
        return text
    if not has_form(field) and field.type == "string":
        trimmed = EDGES.sub("", text)
        return trimmed if trimmed or not field.required else text
    found = diagnose(text, field)
    return found.value if found is not None and found.is_sure else text


def is_kept(text: str, field: Field) -> bool:
    """Return whether a cell is read as it is: spaces around a number are not asked for."""
    if field.type in ("integer", "number"):
        text = text.strip()
    return has_form(field) and is_valid(text, field)
