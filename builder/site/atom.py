"""News as an Atom feed (RFC 4287), dated by the data alone: the same news are the same bytes (docs/adr/0031).

Always holds: whatever stands in a cell, it is text; characters that XML cannot hold are left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from feedgen.feed import FeedGenerator

from builder.model import Feed, News
from builder.site.instants import midnight

__all__ = ["SAFE", "Publisher", "atom", "marked", "name"]

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2)."""

SAFE = "/:?#[]@!$&()*+,;=~%"
LONGEST = 500
"""Characters of a text; the page has all of it."""


class Publisher(NamedTuple):
    """Who tells the news: the site's `name`, its address (`url`, which ends in a slash), and when its days begin.

    `mark`: stands before every title, such as that the data was made up; "" for nothing.
    """

    name: str
    url: str
    language: str
    timezone: str
    as_of: str
    mark: str = ""


def atom(feed: Feed, by: Publisher) -> str:
    """Return a feed as XML. A feed without news is as old as the data."""
    address = f"{by.url}{feed.path}feed.xml"
    newest = max((item.date for item in feed.news), default=by.as_of)
    made = FeedGenerator()
    made.id(link(address))
    made.title(text(marked(f"{feed.title} · {by.name}" if feed.title else by.name, by)))
    made.language(by.language)
    made.author(name=text(by.name))
    made.generator("Mingge")
    made.link(href=link(address), rel="self", type="application/atom+xml")
    made.link(href=link(by.url + feed.path), rel="alternate", type="text/html")
    made.updated(midnight(newest, by.timezone))
    for item in feed.news:
        enter(made, item, by)
    return str(made.atom_str().decode("utf-8")) + "\n"


def enter(made: FeedGenerator, item: News, by: Publisher) -> None:
    """Add one entry behind the others; what has a page of its own is called like that."""
    page, entry = by.url + item.path, made.add_entry(order="append")
    entry.id(link(page if item.own else name(item.key, by)))
    entry.title(text(marked(item.title, by)))
    entry.link(href=link(page))
    entry.summary(text(item.text[:LONGEST]))
    entry.updated(midnight(item.date, by.timezone))


def name(key: str, by: Publisher) -> str:
    """Return what a thing is called everywhere: the site's address with its key. It opens, and never changes."""
    return f"{by.url}#{quote(key, safe='')}"


def marked(title: str, by: Publisher) -> str:
    """Return a title that says what it must not be read without."""
    return f"[{by.mark}] {title}" if by.mark else title


def link(address: str) -> str:
    """Return an address as XML holds it; codes are of narrow characters, so hardly anything is encoded."""
    return quote(address, safe=SAFE)


def text(cell: str) -> str:
    return UNWRITABLE.sub("", cell)
