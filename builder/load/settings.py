"""The `mingge` object of datapackage.json: what it leaves out has a default, what it misspells is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Settings

__all__ = ["settings"]

DEFAULTS: Mapping[str, Any] = {
    "as_of": None, "demonstration": False, "timezone": "Asia/Shanghai", "calendar": "", "period_months": 12,
    "minimum_denominator": 10, "minimum_ballots": 10, "minimum_ranked": 10,
}  # fmt: skip


def settings(source: Any) -> Settings:
    """Return the parsed settings. Raises BuilderError."""
    if not isinstance(source, dict) or set(source) - set(DEFAULTS):
        extra = ", ".join(sorted(set(source) - set(DEFAULTS))) if isinstance(source, dict) else str(source)
        raise BuilderError(
            mark("datapackage.json: unknown settings in “mingge”: {extra}"),
            mark("known are: {known}"),
            extra=extra, known=", ".join(DEFAULTS),
        )  # fmt: skip
    values = {**DEFAULTS, **source}
    for key, default in DEFAULTS.items():
        if default is not None and type(values[key]) is not type(default):
            raise BuilderError(
                mark("datapackage.json: mingge.{key} is “{value}”"),
                mark("it should look like: {default}"),
                key=key, value=values[key], default=json.dumps(default),
            )  # fmt: skip
    try:
        values["as_of"] = date.fromisoformat(values["as_of"]) if values["as_of"] else None
        ZoneInfo(values["timezone"])
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise BuilderError(
            mark("datapackage.json: mingge.as_of or mingge.timezone cannot be used ({error})"),
            mark("write as_of like 2026-10-31 and timezone like Asia/Shanghai"),
            error=error,
        ) from None
    if values["calendar"] not in ("", "CN"):
        raise BuilderError(
            mark("datapackage.json: mingge.calendar is “{calendar}”"),
            mark("use CN, or leave it empty"),
            calendar=values["calendar"],
        )
    if values["period_months"] < 1:
        raise BuilderError(mark("datapackage.json: mingge.period_months must be at least 1"))
    return Settings(**values)
