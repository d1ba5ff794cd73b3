"""Pages to files, in any process: what is the same on every page comes once, then page after page.

Always holds: a page's bytes depend on its context and on the press, not on the process nor on other pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from builder.language import mark, translator
from builder.model import Feed, Json, News, Planned, Resource, newest
from builder.site.atom import Publisher, atom
from builder.site.environment import SiteFacts, Words, environment
from builder.site.ical import calendar
from builder.site.render import Writer

__all__ = ["Done", "Press", "Printer"]


class Press(NamedTuple):
    """What every page is made with: the templates, the shell of each kind, words, and the folder of the site."""

    templates: Path
    shells: Mapping[str, str]
    facts: SiteFacts
    resources: Mapping[str, Resource]
    target: Path


class Done(NamedTuple):
    """Pages that were written, by their paths. `document`: the first one written for programs, None if none was.

    `views`: those of the pages that show another one in another way. `news`: path → the feeds that others
    are made from; "": the newest of all.
    """

    paths: tuple[str, ...]
    document: Json
    views: tuple[str, ...] = ()
    news: Mapping[str, tuple[News, ...]] = MappingProxyType({})


class Printer:
    """Writes pages below the site's folder."""

    def __init__(self, press: Press) -> None:
        facts, translate = press.facts, translator(press.facts.language)
        words = Words(facts, translate, press.resources)
        self.writer = Writer(environment(press.templates, press.shells, words), press.target)
        self.by = Publisher(
            name=facts.name, url=facts.url, language=facts.language, timezone=facts.timezone, as_of=facts.as_of,
            mark=translate(mark("Demonstration data")) if facts.demonstration else "",
        )  # fmt: skip
        self.paths: list[str] = []
        self.views: list[str] = []
        self.news: dict[str, tuple[News, ...]] = {}
        self.document: Json = None

    def page(self, planned: Planned) -> None:
        """Write one page, and the same for programs beside it."""
        head = planned.context.head
        self.writer.page(planned)
        if planned.document is not None:
            self.writer.document(f"{head.path}data.json", planned.document)
            self.document = self.document or planned.document
        if planned.feed:
            self.feed(planned.feed)
        if planned.calendar and self.by.url:
            self.writer.text(f"{head.path}calendar.ics", calendar(planned.calendar, self.by))
        self.paths.append(head.path)
        if head.canonical != head.path:
            self.views.append(head.path)

    def feed(self, feed: Feed) -> None:
        """Write a feed beside its page. On a site without an address nobody can follow anything."""
        if self.by.url:
            self.writer.text(f"{feed.path}feed.xml", atom(feed, self.by))
        shared = {feed.path: feed.news} if feed.shared else {}
        self.news |= {**shared, "": newest((*self.news.get("", ()), *feed.news))}

    def done(self) -> Done:
        """Return what was written since this was last asked."""
        found = Done(tuple(self.paths), self.document, tuple(self.views), self.news)
        self.paths, self.views, self.news, self.document = [], [], {}, None
        return found
