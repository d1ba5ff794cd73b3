"""Which table of the package a file may be of: told by its name, whatever was added to it, and by its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.load.layout import known_columns
from builder.model import Package, Resource, plain_header

__all__ = ["called", "recognise"]

ADDED = re.compile(
    r"(?:\s|[-_—~$.（(【\[]|副本|复件|备份|最新|新版|新|最终版?|定稿|修改后?|更新|导出|上报|汇总|表|数据|copy|of|final|new|old|bak"
    r"|backup|export|v?[0-9]+|[年月日]|[)）】\]])+",
    re.IGNORECASE,
)
"""What people and programs add to the name of a file: a copy’s number, a date, a version."""

ENDINGS = re.compile(r"(?:\.(?:csv|tsv|txt|xlsx?|xlsm|xlsb|ods|et|numbers|gz|zip|bak|old|tmp))+$", re.IGNORECASE)


def recognise(package: Package, name: str, header: Sequence[str] = ()) -> tuple[Resource, ...]:
    """Return the tables that a file of this name and header may be of, the likeliest first; () for none.

    `header`: the first row, () where it is not known.
    """
    scores = {item.name: (likeness(item, header), called(item, name)) for item in package.resources.values()}
    found = [item for item in package.resources.values() if any(scores[item.name])]
    return tuple(sorted(found, key=lambda item: scores[item.name], reverse=True))


def called(resource: Resource, name: str) -> bool:
    """Return whether a file’s name is that of a table, by its path, name or title, whatever was added to it."""
    meant = {bare(text) for text in (resource.name, resource.title, resource.path.rstrip("/").rpartition("/")[2])}
    return bool(bare(name)) and bare(name) in meant


def bare(name: str) -> str:
    """Return a file’s name without its ending and without what is added to names."""
    stem = ENDINGS.sub("", name.rpartition("/")[2])
    return plain_header(ADDED.sub("", stem)) or plain_header(stem)


def likeness(resource: Resource, header: Iterable[str]) -> float:
    """Return how much of a header a table knows, and how much of the table stands in it, 0 to 2; 0 below a half."""
    cells = [cell for cell in header if cell.strip()]
    known = len(known_columns(cells, resource.schema.named))
    needed = [field for field in resource.schema.fields if field.publish != "never"]
    if not cells or 2 * known < len(cells):
        return 0
    return known / len(cells) + min(1.0, known / max(1, len(needed)))
