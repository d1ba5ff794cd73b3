"""What is carried from release to release in changes/history.json: releases one by one, older ones by month.

Always holds: nothing is lost. A release that is not told one by one any more is still counted in its month, and the
key of a row that is gone is known for ever, so that it cannot come back as a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from builder.model import (
    CORRECTIONS,
    PROGRESS,
    Change,
    ChangeHistory,
    MonthOfChanges,
    ReleaseChanges,
    SchemaChange,
)

__all__ = ["carried", "read", "written"]

KIND, FORMAT = "changes", 1
QUOTED = (Change._fields.index("before"), Change._fields.index("after"))


def carried(
    known: ChangeHistory, latest: ReleaseChanges, gone: Mapping[str, Mapping[str, str]], shown: int
) -> ChangeHistory:
    """Return the history with one more release, of which `shown` are told one by one; of a repeated build, as it is.

    The day of the last data is that of the newest release that had any, so far back as is known.
    """
    releases = known.releases if latest.is_empty and latest.as_of == latest.since else (latest, *known.releases)
    months = {item.month: item for item in known.months}
    for old in releases[shown:]:
        name = old.as_of[:7]
        before = months.get(name, MonthOfChanges(name, 0, 0, 0))
        months[name] = MonthOfChanges(
            name, before.releases + 1, before.corrections + old.number(CORRECTIONS),
            before.progress + old.number(PROGRESS),
        )  # fmt: skip
    ordered = tuple(months[name] for name in sorted(months, reverse=True))
    told = next((release.as_of for release in known.releases if release.has_data), latest.since)
    updated = latest.as_of if latest.has_data else known.updated or told
    return ChangeHistory(releases[:shown], ordered, gone, updated)


def written(history: ChangeHistory) -> str:
    """Return the text of changes/history.json: the same bytes for the same history, a release a line."""
    head = {"mingge": KIND, "format": FORMAT, "updated": history.updated, "months": history.months,
            "gone": sorted_twice(history.gone)}  # fmt: skip
    releases = ",\n".join(line(asdict(release)) for release in history.releases)
    return f'{line(head)[:-1]},"releases":[\n{releases}\n]}}\n'


def line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sorted_twice(gone: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {name: dict(sorted(rows.items())) for name, rows in sorted(gone.items()) if rows}


def read(text: str) -> ChangeHistory:
    """Return the history in a text. Raises ValueError, KeyError or TypeError when it is none."""
    found = json.loads(text)
    if (found["mingge"], found["format"]) != (KIND, FORMAT):
        raise ValueError(found["format"])
    return ChangeHistory(
        tuple(release(item) for item in found["releases"]),
        tuple(month(*item) for item in found["months"]),
        {str(name): {str(key): str(total) for key, total in rows.items()} for name, rows in found["gone"].items()},
        day(found.get("updated", "")),
    )


def day(text: object) -> str:
    """Return a day as it was written, "" for none. Raises ValueError for anything else."""
    if text == "":
        return ""
    found = str(text)
    if date.fromisoformat(found).isoformat() != found:
        raise ValueError(found)
    return found


def release(item: Mapping[str, Any]) -> ReleaseChanges:
    return ReleaseChanges(
        as_of=str(item["as_of"]), since=str(item["since"]), since_id=str(item["since_id"]),
        counts={str(name): counts(kinds) for name, kinds in item["counts"].items()},
        schema=tuple(SchemaChange(str(kind), str(name), texts(names)) for kind, name, names in item["schema"]),
        corrections=tuple(change(cells) for cells in item["corrections"]),
    )  # fmt: skip


def counts(kinds: Mapping[str, Any]) -> dict[str, int]:
    if not set(kinds) <= {*CORRECTIONS, *PROGRESS}:
        raise ValueError(kinds)
    return {kind: int(number) for kind, number in kinds.items()}


def change(cells: Iterable[Any]) -> Change:
    found = Change(*cells)
    is_text = (isinstance(cell, str) or (cell is None and place in QUOTED) for place, cell in enumerate(found))
    if not (all(is_text) and found.is_correction):
        raise ValueError(found.resource)
    return found


def month(name: str, releases: int, corrections: int, progress: int) -> MonthOfChanges:
    return MonthOfChanges(str(name), int(releases), int(corrections), int(progress))


def texts(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(str, names))
