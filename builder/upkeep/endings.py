"""Things that end, and how long before somebody is to hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from builder.calendar.workdays import announced_until
from builder.language import mark
from builder.model import Message

__all__ = ["Ending", "data", "holidays", "key", "near", "noted"]

HOLIDAYS_AHEAD = 60
"""Days. The State Council announces the holidays of a year in the autumn before."""

KEY_YEARS, KEY_AHEAD = 5, 180
NOTED_AHEAD = 90
LAST_DAYS, EVERY, LATE_EVERY = 7, 30, 7
FORTNIGHT = 14


class Ending(NamedTuple):
    """Something that ends after `day`, or on it; None: nobody can tell. `code`: what sort of thing it is.

    `ahead`: how many days before it is told.
    """

    code: str
    message: Message
    day: date | None
    ahead: int

    def is_near(self, today: date) -> bool:
        """Whether it is to be said today."""
        return self.day is None or (self.day - today).days <= self.ahead

    def is_reminded(self, today: date) -> bool:
        """Whether somebody is to be told today by mail: every month, in the last days each day, afterwards weekly."""
        if self.day is None:
            return today.weekday() == 0
        left = (self.day - today).days
        if left < 0:
            return left % LATE_EVERY == 0
        return left <= LAST_DAYS or left == FORTNIGHT or left % EVERY == 0


def near(endings: Iterable[Ending], today: date) -> tuple[Ending, ...]:
    """Return what is to be said today, the soonest first; first of all what cannot be looked at."""
    found = (ending for ending in endings if ending.is_near(today))
    return tuple(sorted(found, key=lambda ending: ending.day or date.min))


def holidays(calendar: str) -> Iterator[Ending]:
    """Yield the end of the holidays that are known, where limits are counted by them."""
    if until := announced_until(calendar):
        message = Message(
            mark("Public holidays are known until {day}; limits in working days beyond it are only estimates."),
            mark("install the newest chinesecalendar once the next year’s holidays are announced, and renew the lock"),
            {"day": until},
        )
        yield Ending("holidays", message, until, HOLIDAYS_AHEAD)


def key(name: str, made: date) -> Ending:
    """Return the end of a key: after some years whoever could have copied it is not known any more."""
    until = made + timedelta(days=KEY_YEARS * 365)
    message = Message(
        mark("The key {name} was made on {day}, and {years} years are enough."),
        mark("make a new one, and let both sign for some time"), {"name": name, "day": made, "years": KEY_YEARS},
    )  # fmt: skip
    return Ending("key", message, until, KEY_AHEAD)


def noted(reminders: Sequence[tuple[str, date]]) -> Iterator[Ending]:
    """Yield what mkdocs.yml reminds of."""
    for name, day in reminders:
        message = Message(
            mark("The last day of {name} is {day}."),
            mark("see to it, then correct extra.mingge.reminders in mkdocs.yml"),
            {"name": name, "day": day},
        )  # fmt: skip
        yield Ending("reminder", message, day, NOTED_AHEAD)


def data(updated: date, stale_days: int, today: date) -> Ending:
    """Return the day on which every page begins to say that no data came; `updated`: when the last did."""
    message = Message(
        mark("Nothing newer than of {day} is shown, {days} days ago. Every page says so."),
        mark("see whether files are handed in, and whether what is handed in is held back"),
        {"days": (today - updated).days, "day": updated},
    )
    return Ending("data", message, updated + timedelta(days=stale_days), 0)
