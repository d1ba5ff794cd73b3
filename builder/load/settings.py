"""The `mingge` object of datapackage.json: what it leaves out has a default, what it misspells is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Settings

__all__ = ["settings"]

KNOWN = tuple(item.name for item in fields(Settings))
Value = TypeVar("Value", bool, int, str)


def settings(source: Any) -> Settings:
    """Return the parsed settings. Raises BuilderError."""
    if not isinstance(source, dict) or set(source) - set(KNOWN):
        extra = ", ".join(sorted(set(source) - set(KNOWN))) if isinstance(source, dict) else str(source)
        raise BuilderError(
            mark("datapackage.json: unknown settings in “mingge”: {extra}"),
            mark("known are: {known}"),
            extra=extra, known=", ".join(KNOWN),
        )  # fmt: skip
    found = Settings(
        as_of=None,
        demonstration=stated(source, "demonstration", False),
        timezone=stated(source, "timezone", "Asia/Shanghai"),
        calendar=stated(source, "calendar", ""),
        period_months=stated(source, "period_months", 12),
        minimum_denominator=stated(source, "minimum_denominator", 10),
        minimum_ballots=stated(source, "minimum_ballots", 10),
        minimum_ranked=stated(source, "minimum_ranked", 10),
    )
    found = replace(found, as_of=day(source.get("as_of"), found.timezone))
    if found.calendar not in ("", "CN"):
        raise BuilderError(
            mark("datapackage.json: mingge.calendar is “{calendar}”"),
            mark("use CN, or leave it empty"),
            calendar=found.calendar,
        )
    for key in ("minimum_denominator", "minimum_ballots", "minimum_ranked"):
        if getattr(found, key) < 2:
            raise BuilderError(
                mark("datapackage.json: mingge.{key} must be at least 2, or single persons could be recognised"),
                key=key,
            )
    if found.period_months < 1:
        raise BuilderError(mark("datapackage.json: mingge.period_months must be at least 1"))
    return found


def stated(source: Mapping[str, Any], key: str, default: Value) -> Value:
    """Return `source[key]`, which must be of the default's own type, or the default."""
    value = source.get(key, default)
    if type(value) is not type(default):  # isinstance would take true for a number
        raise BuilderError(
            mark("datapackage.json: mingge.{key} is “{value}”"),
            mark("it should look like: {default}"),
            key=key, value=value, default=json.dumps(default),
        )  # fmt: skip
    return value


def day(as_of: Any, timezone: str) -> date | None:
    """Return the day that `as_of` writes, None when it is empty; the time zone must exist."""
    try:
        found = date.fromisoformat(as_of) if as_of else None
        ZoneInfo(timezone)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise BuilderError(
            mark("datapackage.json: mingge.as_of or mingge.timezone cannot be used ({error})"),
            mark("write as_of like 2026-10-31 and timezone like Asia/Shanghai"),
            error=error,
        ) from None
    return found
