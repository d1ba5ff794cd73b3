"""What is to come as a calendar (RFC 5545): days as days, times in UTC, stamped with the day of the data.

Always holds: lines end in CRLF and have at most 75 octets; no cell begins a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from builder.model import Calendar, Event
from builder.site.atom import SAFE, Publisher, marked, name
from builder.site.instants import utc

__all__ = ["calendar"]

OCTETS = 75
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What no text may hold (RFC 5545, 3.3.11), and what readers take for the end of a line."""

SPECIAL = re.compile(r"[\\;,]")
BREAK = re.compile(r"\r\n|\r|\n")


def calendar(found: Calendar, by: Publisher) -> str:
    """Return a calendar as text."""
    return "".join((
        *map(folded, (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mingge//Mingge//EN", "CALSCALE:GREGORIAN",
            f"X-WR-CALNAME:{escaped(marked(found.title, by))}", f"URL:{address(by.url + found.path)}",
        )),
        *(folded(line) for item in found.events for line in lines(item, by)),
        "END:VCALENDAR\r\n",
    ))  # fmt: skip


def lines(item: Event, by: Publisher) -> Iterator[str]:
    """Yield the lines of one event."""
    yield "BEGIN:VEVENT"
    # no @: the gate would take it for somebody's mail
    yield f"UID:{name(item.key, by)}"
    yield f"DTSTAMP:{utc(by.as_of, by.timezone)}"
    if item.end:
        yield f"DTSTART:{utc(item.start, by.timezone)}"
        yield f"DTEND:{utc(item.end, by.timezone)}"
    else:
        day = date.fromisoformat(item.start[:10])
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(marked(item.title, by))}"
    if item.text:
        yield f"DESCRIPTION:{escaped(item.text)}"
    if item.place:
        yield f"LOCATION:{escaped(item.place)}"
    yield f"URL:{address(by.url + item.path)}"
    yield "END:VEVENT"


def address(url: str) -> str:
    return quote(url, safe=SAFE)


def escaped(text: str) -> str:
    """Return a text value: its line breaks are written, and nothing of it ends the line."""
    plain = CONTROL.sub("", BREAK.sub("\n", text))
    return SPECIAL.sub(lambda found: f"\\{found[0]}", plain).replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line with its end, cut between characters where it has too many octets (RFC 5545, 3.1)."""
    if len(line) * 3 <= OCTETS or len(line.encode()) <= OCTETS:
        return f"{line}\r\n"
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n".join(parts) + "\r\n"
