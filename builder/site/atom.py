"""News as an Atom feed (RFC 4287), dated by the data alone: the same news are the same bytes (docs/adr/0031).

Always holds: it is well-formed whatever stands in a cell; characters that XML cannot hold are left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from builder.model import Feed, News
from builder.site.instants import with_offset

__all__ = ["Publisher", "atom"]

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2)."""

SPECIAL = re.compile("[&<>\"'\r]")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
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
    page, address = by.url + feed.path, f"{by.url}{feed.path}feed.xml"
    newest = max((item.date for item in feed.news), default=by.as_of)
    title = marked(f"{feed.title} · {by.name}" if feed.title != by.name else by.name, by)
    return "".join((
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escaped(by.language)}">\n'
        f"<id>{link(address)}</id>\n<title>{escaped(title)}</title>\n"
        f"<updated>{with_offset(newest, by.timezone)}</updated>\n<author><name>{escaped(by.name)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{link(address)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{link(page)}"/>\n',
        *(entry(item, by) for item in feed.news),
        "</feed>\n",
    ))  # fmt: skip


def entry(item: News, by: Publisher) -> str:
    """Return one entry. Its id is its own page, or the site's address with its key: it opens, and never changes."""
    page = by.url + item.path
    name = page if item.own else f"{by.url}#{quote(item.key, safe='')}"
    return (
        f"<entry><id>{link(name)}</id><title>{escaped(marked(item.title, by))}</title>"
        f"<updated>{with_offset(item.date, by.timezone)}</updated>"
        f'<link href="{link(page)}"/><summary>{escaped(item.text[:LONGEST])}</summary></entry>\n'
    )


def marked(title: str, by: Publisher) -> str:
    return f"[{by.mark}] {title}" if by.mark else title


def link(address: str) -> str:
    """Return an address as it stands in XML; codes are of narrow characters, so hardly anything is encoded."""
    return escaped(quote(address, safe=SAFE))


def escaped(text: str) -> str:
    """Return text for content and for attributes in quotation marks."""
    return SPECIAL.sub(lambda found: NAMED[found[0]], UNWRITABLE.sub("", text))
