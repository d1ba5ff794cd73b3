"""Feeds and calendars are the same however the package is divided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from builder import measure, pages
from builder.language import translator
from builder.model import Calendar, Feed, News, newest
from builder.pages import Sources
from builder.places import streets
from tests import packages


@pytest.fixture(autouse=True)
def every_street_is_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streets, "FEWEST", 1)


Made = tuple[dict[str, Feed], dict[str, Calendar], Mapping[str, tuple[News, ...]]]


def made(source: Sources) -> Made:
    """Return the feeds and calendars of a shard, and what it hands on."""
    planned = [pages.made(source, key) for key in pages.plan(source)]
    feeds = {item.feed.path: item.feed for item in planned if item.feed}
    handed = {path: feed.news for path, feed in feeds.items() if feed.shared}
    everything = newest(item for feed in feeds.values() for item in feed.news)
    return feeds, {item.calendar.path: item.calendar for item in planned if item.calendar}, {**handed, "": everything}


@pytest.mark.nightly
def test_made_street_by_street_they_are_those_of_the_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    checked = packages.demo_checked(tmp_path_factory.getbasetemp())
    published = packages.published(checked)
    piece, guide = measure.pieces(published, checked.subjects), pages.guide(published.tables)
    parts = [piece(shard) for shard in published.shards.every]
    sources = [
        pages.sources(part, measure.published(part, checked.subjects), checked.subjects, translator("en"), guide)
        for part in parts
    ]
    apart = [made(source) for source in sources]
    rest = pages.with_news(sources[-1], [told for *_, told in apart])
    feeds = {path: feed.news for found, *_ in apart for path, feed in found.items()}
    feeds |= {feed.path: feed.news for feed in pages.digests(rest)}

    whole = packages.sources(checked)
    together, calendars, told = made(whole)
    expected = {path: feed.news for path, feed in together.items()}
    expected |= {feed.path: feed.news for feed in pages.digests(replace(pages.with_news(whole, [told])))}

    assert len(sources) >= 3
    assert set(feeds) == set(expected)
    assert [path for path in expected if feeds[path] != expected[path]] == []
    assert {path: item for _, found, _ in apart for path, item in found.items()} == calendars
    assert any(item.events for item in calendars.values())
    assert len(expected[""]) == 30
