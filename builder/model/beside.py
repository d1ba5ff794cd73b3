"""What lies beside a page for programs: what happened of late, and what is due. Dates are ISO text, paths as in page.

Always holds: `key` is made of published codes alone, so that whoever has read a thing once knows it again, whatever
page it is told on and however often the site is built.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["NEWS", "Calendar", "Event", "Feed", "News", "newest"]

NEWS = 30
"""Entries of a feed."""


class News(NamedTuple):
    """Something that the data dates: what happened on `date`, and where it stands. `own`: that page is of it alone."""

    date: str
    key: str
    title: str
    text: str
    path: str
    own: bool = False


class Event(NamedTuple):
    """Something to come: on the day `start` where `end` is "", else from `start` to `end`, 2026-03-05 08:00 local time.

    `place`: where one goes, "" for nowhere.
    """

    key: str
    title: str
    text: str
    start: str
    end: str
    place: str
    path: str


class Feed(NamedTuple):
    """The news of the page `path`, the newest first; `title` "": of the whole site.

    `shared`: the feeds of larger areas are made from it as well.
    """

    path: str
    title: str
    news: tuple[News, ...]
    shared: bool = False


class Calendar(NamedTuple):
    """What is to come for the page `path`, in the order of time."""

    path: str
    title: str
    events: tuple[Event, ...]


def newest(news: Iterable[News], limit: int = NEWS) -> tuple[News, ...]:
    """Return the newest, each once; those of one day by key, so that it does not matter where they come from."""
    found = {item.key: item for item in news}
    by_key = sorted(found.values(), key=lambda item: item.key)
    return tuple(sorted(by_key, key=lambda item: item.date, reverse=True)[:limit])
