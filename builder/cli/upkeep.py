"""What ends one day, said at the end of a night, and now and then to whoever is told how nights end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from builder import upkeep
from builder.cli.boundary import today
from builder.cli.order import Order
from builder.language import Translator, said
from builder.log import made_on
from builder.model import Settings, SiteConfig
from builder.upkeep import Ending

__all__ = ["Upkeep", "Watched", "kept_up"]

HISTORY = "changes/history.json"


class Upkeep(NamedTuple):
    """What is to be seen to: lines for people, values for programs, and the lines that are worth a mail today."""

    lines: Sequence[str] = ()
    values: Sequence[dict[str, str]] = ()
    reminders: Sequence[str] = ()


class Watched(NamedTuple):
    """Files of this machine that are good for some time."""

    keys: Sequence[Path] = ()
    certificates: Sequence[Path] = ()


def kept_up(
    order: Order, config: SiteConfig, files: Watched, translate: Translator, site: Path | None
) -> Upkeep:
    """Return what is to be seen to. `site`: what was built of `order`, None where it was not built yet."""
    from builder import pipeline

    settings = pipeline.opened(order.datasets).package.settings
    day = today(settings.timezone)
    every = [*endings(order, config, settings, files), *([] if site is None else aged(site, settings, day))]
    found = upkeep.near(every, day)
    words = [said(translate, ending.message) for ending in found]
    lines = ["\n  ".join(both) for both in words]
    values = [
        {"code": ending.code, "day": ending.day.isoformat() if ending.day else "", "text": text}
        for ending, (text, _) in zip(found, words, strict=True)
    ]
    reminders = [line for line, ending in zip(lines, found, strict=True) if ending.is_reminded(day)]
    return Upkeep(lines, values, reminders)


def endings(order: Order, config: SiteConfig, settings: Settings, files: Watched) -> Iterator[Ending]:
    """Yield everything that ends one day, near or far, whatever becomes of the night."""
    yield from upkeep.holidays(settings.calendar)
    yield from upkeep.programs(has_engine=order.frozen is None or order.frozen.is_made)
    yield from upkeep.noted(config.reminders)
    yield from map(upkeep.certificate, files.certificates)
    for path in files.keys[-1:]:  # those before it are on their way out
        if made := made_on(path):
            yield upkeep.key(path.name, made)


def aged(site: Path, settings: Settings, day: date) -> Iterator[Ending]:
    """Yield the end of what the site shows as new, as the site itself says when the last data came."""
    text = json.loads((site / HISTORY).read_text(encoding="utf-8"))["updated"]
    if text and not settings.demonstration:
        yield upkeep.data(date.fromisoformat(text), settings.stale_days, day)
