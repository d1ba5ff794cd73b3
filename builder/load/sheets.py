"""The rows of a workbook's sheet as the part of a table, judged like the rows of a CSV."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from builder.language import mark
from builder.load.layout import AHEAD, chosen
from builder.load.shape import misshapen
from builder.load.trouble import Trouble, empty_file
from builder.load.workbook import Merged, Sheet
from builder.model import Message, Resource, TextPart, letter

__all__ = ["part_of"]

MERGED = "merged-cells"


def part_of(
    found: Sheet, resource: Resource, others: Sequence[Resource], name: str
) -> tuple[TextPart | None, Trouble | None]:
    """Return the part that a sheet holds, None if it is no table, and the trouble of the sheet, if any.

    A merged cell says once what is meant for all of them: it is judged as if it stood in each, and is told once.
    """
    if not found.rows:
        return None, empty_file()
    if trouble := misshapen(resource, chosen(",", found.rows[:AHEAD], resource.schema), others):
        return None, trouble
    header, *body = found.rows
    width = max(map(len, found.rows))
    spread = [item for item in found.merged if item.bottom < len(found.rows) + 1 and spreads(item, found.rows)]
    for item in spread:
        fill(item, body, width)
    columns = tuple(
        pa.chunked_array([pa.array([row[at] if at < len(row) else "" for row in body], pa.string())])
        for at in range(width)
    )
    cells = (*header, *[""] * (width - len(header)))
    return TextPart(name, cells, columns, len(body), (), None), told(spread)


def spreads(item: Merged, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether merged cells say anything."""
    row = rows[item.top] if item.top < len(rows) else ()
    return item.left < len(row) and bool(row[item.left])


def fill(item: Merged, body: list[list[str]], width: int) -> None:
    """Write what merged cells say into each of them."""
    text = body[item.top - 1][item.left]
    for row in body[item.top - 1 : item.bottom]:
        last = min(item.right, width - 1)
        row += [""] * (last + 1 - len(row))
        for at in range(item.left, last + 1):
            row[at] = row[at] or text


def told(spread: Sequence[Merged]) -> Trouble | None:
    if not spread:
        return None
    first = min(spread)
    area = f"{letter(first.left)}{first.top + 1}:{letter(first.right)}{first.bottom + 1}"
    text = mark("{count} groups of cells are merged, the first is {area}: one cell holds what is meant for all of them")
    hint = mark("Unmerge them and write into each cell what it should say.")
    message = Message(text, hint, {"count": len(spread), "area": area})
    return Trouble(MERGED, message, first.top + 1, letter(first.left))
