"""The constraints of a field: each of the kind that the Table Schema standard gives it.

Whether a limit is itself a value of the field is Frictionless' business.
"""

from __future__ import annotations

from builder.errors import BuilderError
from builder.language import mark
from builder.load.names import is_plain, shown
from builder.load.properties import Properties
from builder.patterns import PatternError, matcher

__all__ = ["check"]

LENGTHS = (0, 10**6)
VALUE = mark("{where}: “{key}” must be text or a number, but is {found}")
ENUM = mark("{where}: “{key}” must be a list of different values, but is {found}")


def check(source: Properties, kind: str) -> bool:
    """Raise BuilderError for a constraint that cannot be used. Returns whether the field is required."""
    for key in ("minLength", "maxLength"):
        source.whole(key, 0, LENGTHS)
    for key in ("minimum", "maximum"):
        if key in source and not is_value(source.source[key]):
            raise source.wrong(key, VALUE)
    if "enum" in source:
        check_enum(source, kind)
    check_pattern(source)
    return source.flag("required")


def is_value(value: object) -> bool:
    return is_plain(value) if isinstance(value, str) else isinstance(value, int | float) and not isinstance(value, bool)


def check_enum(source: Properties, kind: str) -> None:
    values = source.lines("enum") if kind == "string" else source.items("enum")
    # true and 1 are one value to Python
    usable = values and all(is_value(value) or isinstance(value, bool) for value in values)
    if not usable or len({str(value) for value in values}) < len(values):
        raise source.wrong("enum", ENUM)


def check_pattern(source: Properties) -> None:
    if "pattern" not in source:
        return
    try:
        matcher(source.line("pattern"))
    except PatternError as error:
        raise BuilderError(
            mark("{where}: the pattern cannot be used ({error})"),
            mark("write it without looking ahead or behind and without \\1: a cell must be judged in little time"),
            where=source.where, error=shown(error),
        ) from None  # fmt: skip
