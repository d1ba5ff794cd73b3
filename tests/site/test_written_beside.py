"""Feeds, calendars and linked data hold whatever a cell holds, and nothing of it gets out."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import icalendar
import pytest

from builder.errors import BuilderError
from builder.load import site_config
from builder.model import Calendar, Event, Feed, News
from builder.site import sitemap
from builder.site.atom import Publisher, atom
from builder.site.ical import calendar
from builder.site.linked import data_block
from tests.console import configuration

BY = Publisher("一个站", "https://mingge.example/open/", "zh", "Asia/Shanghai", "2026-10-31", "演示数据")
CELLS = [
    "]]><script>alert(1)</script>", "</script><!--", "a;b,c\\d", "line\nBEGIN:VEVENT\r\nUID:x", "x\rUID:y",
    "NUL\0BEL\7ESC\x1b", "\x85\u2028\u2029", "\ufffe\uffff", "&amp; <b> \"'", "=cmd|'/C calc'!A0",
    "{title} %(x)s {{ 7 * 7 }}", "长" * 300, "😀" * 40, " ", "\t",
]  # fmt: skip
KEPT = str.maketrans("", "", "\0\7\x1b\ufffe\uffff")


def news(text: str) -> News:
    return News("2026-10-30", f"duty-{text}-done", text, text, "grid/1/#duty")


@pytest.mark.parametrize("cell", CELLS)
def test_a_feed_says_a_cell_as_it_is(cell: str) -> None:
    text = atom(Feed("grid/1/", cell, (news(cell), news("other"))), BY)
    found = feedparser.parse(text.encode())

    assert not found.bozo
    assert len(found.entries) == 2
    assert "<script" not in text
    expected = " ".join(cell.translate(KEPT).split())
    # feedparser takes what looks like markup out of titles; the text of the file is the proof
    assert expected[:20] in " ".join(found.entries[0].title.split()) or "<" in cell or "&" in cell


@pytest.mark.parametrize("cell", CELLS)
def test_a_calendar_says_a_cell_as_it_is_and_one_event_is_one(cell: str) -> None:
    event = Event(f"duty-{cell}", cell, cell, "2026-10-30 08:00", "2026-10-30 18:00", cell, "grid/1/#duty")
    text = calendar(Calendar("grid/1/", cell, (event,)), BY)
    found = icalendar.Calendar.from_ical(text)
    (only,) = found.walk("VEVENT")

    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 and line.isprintable() for line in (part.replace("\t", " ") for part in lines))
    assert text.count("BEGIN:VEVENT\r\n") == text.count("\r\nUID:") == 1
    (value,) = re.findall("DESCRIPTION:(.*)", text.replace("\r\n ", ""))
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a strict reader would end the value here"
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    dropped = "\x7f\x85\u2028\u2029\ufffe\uffff"
    kept = "".join(sign for sign in plain if sign in "\n\t" or not (sign < " " or sign in dropped))
    assert str(only["DESCRIPTION"]).replace("\r\n", "\n") == kept
    assert only["DTSTART"].dt == datetime(2026, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "utc"), [("2026-03-07 08:00", 16), ("2026-03-09 08:00", 15), ("2026-11-02 08:00", 16)])
def test_a_shift_is_at_its_local_time_in_summer_and_winter(day: str, utc: int) -> None:
    by = BY._replace(timezone="America/Los_Angeles")
    event = Event("roster-1", "On duty", "", day, day.replace("08", "09"), "", "grid/1/#roster")
    (found,) = icalendar.Calendar.from_ical(calendar(Calendar("grid/1/", "x", (event,)), by)).walk("VEVENT")

    assert found["DTSTART"].dt.hour == utc


def test_the_same_news_are_the_same_bytes_and_no_news_are_as_old_as_the_data() -> None:
    feed = Feed("grid/1/", "x", (news("y"),))

    assert atom(feed, BY) == atom(feed, BY)
    assert feedparser.parse(atom(feed._replace(news=()), BY).encode()).feed.updated == "2026-10-31T00:00:00+08:00"


@pytest.mark.parametrize("cell", CELLS)
def test_linked_data_never_ends_its_element(cell: str) -> None:
    text = data_block("https://mingge.example/")({"@id": "grid/1/", "name": cell, "x": [{"url": "a/"}]}).text

    assert json.loads(text) == {
        "@id": "https://mingge.example/grid/1/", "name": cell, "x": [{"url": "https://mingge.example/a/"}],
    }  # fmt: skip
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize(("day", "until"), [("2026-10-31", "2027-10-31"), ("2028-02-29", "2029-02-28")])
def test_security_txt_is_good_for_a_year(day: str, until: str, tmp_path: Path) -> None:
    sitemap.write_security(tmp_path, "", "mailto:a@example.org", day, "en")

    assert (tmp_path / ".well-known/security.txt").read_text(encoding="utf-8").splitlines() == [
        "Contact: mailto:a@example.org", f"Expires: {until}T00:00:00Z", "Preferred-Languages: en",
    ]  # fmt: skip


def test_without_a_contact_there_is_no_security_txt(tmp_path: Path) -> None:
    sitemap.write_security(tmp_path, "https://mingge.example/", "", "2026-10-31", "zh")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["a@example.org", "http://example.org/", "mailto:a b", "mailto:a\nExpires: x"])
def test_a_contact_is_an_address_on_one_line(address: str, tmp_path: Path) -> None:
    path = configuration(tmp_path, "mkdocs")
    value = json.loads(path.read_text(encoding="utf-8"))
    value["extra"]["mingge"]["security"] = address
    path.write_text(json.dumps(value), encoding="utf-8")

    with pytest.raises(BuilderError):
        site_config(path)
