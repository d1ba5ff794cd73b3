"""Days and local times of the data as moments: the only clock here is the calendar of the package's time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

__all__ = ["midnight", "utc"]

CACHED = 1 << 14


@lru_cache(CACHED)
def midnight(day: str, timezone: str) -> datetime:
    """Return the moment at which a day (ISO text) begins."""
    return datetime.fromisoformat(day[:10]).replace(tzinfo=ZoneInfo(timezone))


@lru_cache(CACHED)
def utc(moment: str, timezone: str) -> str:
    """Return a local time, 2026-03-05 08:00, or the beginning of a day, as iCalendar writes it: 20260305T000000Z."""
    local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(timezone))
    return local.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
