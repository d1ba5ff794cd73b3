"""The day that a package describes: none to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Settings

__all__ = ["refuse_future"]


def refuse_future(settings: Settings, today: Callable[[str], date]) -> None:
    """Raise BuilderError where a package describes a day to come: all that is open would be overdue by then.

    A demonstration may be of any day.
    """
    if settings.demonstration or not settings.as_of or settings.as_of <= today(settings.timezone):
        return
    raise BuilderError(
        mark("{where}: as_of is {day}, a day to come"),
        mark("correct the year, or say with --as-of that figures of another day are wanted"),
        where=settings.places.get("as_of", "datapackage.json"), day=settings.as_of,
    )  # fmt: skip
