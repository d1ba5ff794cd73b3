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

__all__ = ["Upkeep", "kept_up"]

HISTORY = "changes/history.json"


class Upkeep(NamedTuple):
    """What is to be seen to: lines for people, values for programs, and the lines that are worth a mail today."""

    lines: Sequence[str] = ()
    values: Sequence[dict[str, str]] = ()
    reminders: Sequence[str] = ()


def kept_up(
    order: Order, config: SiteConfig, keys: Sequence[Path], certificates: Sequence[Path], translate: Translator
) -> Upkeep:
    """Return what is to be seen to after the site of `order` was built."""
    from builder import pipeline

    settings = pipeline.opened(order.datasets).package.settings
    day = today(settings.timezone)
    found = upkeep.near(endings(order, config, settings, keys, certificates, day), day)
    lines = ["\n  ".join(said(translate, ending.message)) for ending in found]
    values = [{"code": ending.code, "day": ending.day.isoformat() if ending.day else ""} for ending in found]
    reminders = [line for line, ending in zip(lines, found, strict=True) if ending.is_reminded(day)]
    return Upkeep(lines, values, reminders)


def endings(
    order: Order, config: SiteConfig, settings: Settings, keys: Sequence[Path], certificates: Sequence[Path], day: date
) -> Iterator[Ending]:
    """Yield everything that ends one day, near or far."""
    yield from upkeep.holidays(settings.calendar)
    yield from upkeep.programs(has_engine=order.frozen is None or order.frozen.is_made)
    yield from upkeep.noted(config.reminders)
    yield from map(upkeep.certificate, certificates)
    for path in keys:
        if made := made_on(path):
            yield upkeep.key(path.name, made)
    if (updated := last_data(order.output)) and not settings.demonstration:
        yield upkeep.data(updated, settings.stale_days, day)


def last_data(site: Path) -> date | None:
    """Return the day on which the last data came, as the site itself says."""
    text = json.loads((site / HISTORY).read_text(encoding="utf-8"))["updated"]
    return date.fromisoformat(text) if text else None
