"""What Excel lets somebody type into a cell of a field, and what it says if it does not.

Always holds: Excel refuses nothing that the schema allows. What its rules cannot say (a pattern's letters, keys that
occur twice) `mingge check` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from builder import mend
from builder.calendar.bounds import LAST_DAY
from builder.excel import FIRST_DAY
from builder.forms.choices import Choices
from builder.forms.rows import day_of
from builder.forms.words import refused
from builder.language import Translator, mark
from builder.model import Field

__all__ = ["lengths", "rule"]

LONGEST = 60
"""Characters from which a length that a pattern has is none: it may go on without an end."""

ALL = 10**15
"""Excel has no larger whole number."""


def rule(field: Field, choices: Choices | None, source: str, cell: str, translate: Translator) -> dict[str, Any]:
    """Return the validation of a column for XlsxWriter, {} for none.

    `source`: where its list stands in the workbook, "" without one; `cell`: the address of its first cell. A key of
    another table is only warned of, because the table may have grown since.
    """
    found = {"validate": "list", "source": f"={source}"} if source else typed(field, cell)
    if not found:
        return {}
    return {
        **found, "error_type": "warning" if choices and choices.table else "stop",
        "error_title": translate(mark("Please look again")), "error_message": refused(field, choices, translate),
    }  # fmt: skip


def typed(field: Field, cell: str) -> dict[str, Any]:
    limits: Mapping[str, Any] = field.descriptor.get("constraints", {})
    least, most = limits.get("minimum"), limits.get("maximum")
    if field.type == "date":
        return between("date", day(least, FIRST_DAY), day(most, LAST_DAY))
    if field.type == "integer":
        return between("integer", -ALL if least is None else least, ALL if most is None else most)
    if field.type == "number":
        lowest, highest = -ALL if least is None else least, ALL if most is None else most
        if "decimals" not in field.descriptor:
            return between("decimal", lowest, highest)
        places = f"ROUND({cell},{field.descriptor['decimals']})={cell}"
        return {"validate": "custom", "value": f"=AND(ISNUMBER({cell}),{cell}>={lowest},{cell}<={highest},{places})"}
    shortest, longest = lengths(field)
    return between("length", shortest, longest) if longest is not None else {}


def between(kind: str, least: object, most: object) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def day(value: object, usual: date) -> date:
    """Return a limit as a day that Excel knows; whether it is one `mingge check` says."""
    return max(day_of(str(value)) or usual, FIRST_DAY)


def lengths(field: Field) -> tuple[int, int | None]:
    """Return how short and how long the texts of a field may be, None for any length."""
    limits: Mapping[str, Any] = field.descriptor.get("constraints", {})
    found = mend.shape(str(limits["pattern"])) if "pattern" in limits else None
    if found and found.lengths[-1] <= LONGEST:
        return found.lengths[0], found.lengths[-1]
    return int(limits.get("minLength", 0)), limits.get("maxLength")
