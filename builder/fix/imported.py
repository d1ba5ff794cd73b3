"""A file of any accepted kind as the CSV that a package holds.

Always holds: what a package may not have is not in what is returned, neither its cells nor its header. A column that
nobody knows is kept, so that `check` refuses the file: it could be a private one under another name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from builder import load
from builder.fix import words
from builder.fix.cells import Cleaner
from builder.fix.former import Former, key_of, meant
from builder.fix.layout import is_blank
from builder.fix.plan import Plan, planned, starting
from builder.fix.records import cell, joined
from builder.fix.values import Change, Dropped, Taken
from builder.language import mark
from builder.model import Field, Message, Resource, letter, plain_header
from builder.model.header import NOTES

__all__ = ["taken"]

BARE = ("date", "integer", "number")
"""Types whose cells need no quotation marks."""

NO_HEADER = Message(
    mark("the first row does not name the columns of “{title}”"),
    mark("Put the names of the columns into the first row, as `mingge template` does, or name the table with --as."),
)
RAGGED = Message(
    mark("row {row} has {count} cells, the header has {expected}"),
    mark("Mend the row in the file and import it again: it is not sure which cell belongs to which column."),
)


def taken(
    resource: Resource,
    name: str,
    data: bytes,
    unwanted: Collection[str] = ("never",),
    old: Former | None = None,
    *,
    is_mended: bool = True,
) -> Taken:
    """Return the file `name` as CSV, mended where that is sure, without the columns whose `publish` is `unwanted`.

    Spelling of headers, quotation marks and numbers are those of the file `old` that it replaces. `is_mended`: False
    where cells are to say what they said.
    """
    grid = load.grid(name, data, resource, titled=True)
    if isinstance(grid, load.Trouble):
        return Taken(b"", refused=grid.message)
    rows = trimmed(grid.rows)
    if not starting(resource.schema, rows):
        return Taken(b"", refused=Message(NO_HEADER.text, NO_HEADER.hint, {"title": resource.title}))
    if grid.kind != "csv":
        widest = max(map(len, rows))
        rows = [[*row, *[""] * (widest - len(row))] for row in rows]
    plan = planned(resource.schema, rows, in_order=False)
    for number, row in enumerate(rows, 1):
        if number > plan.titles + 1 and not is_blank(row) and not plan.is_whole(row):
            values = {"row": number, "count": len(row), "expected": plan.width}
            return Taken(b"", refused=Message(RAGGED.text, RAGGED.hint, values))
    return written(resource, plan, rows, unwanted, old or Former(), is_mended=is_mended)


def written(
    resource: Resource,
    plan: Plan,
    rows: Sequence[Sequence[str]],
    unwanted: Collection[str],
    old: Former,
    *,
    is_mended: bool,
) -> Taken:
    """Return the canonical file of `rows`, all of them whole."""
    fields = [field if field is None or field.publish not in unwanted else None for field in plan.head.fields]
    dropped = [place for place, field in enumerate(plan.head.fields) if field and field.publish in unwanted]
    notes = {place for place in plan.kept if plain_header(plan.head.cells[place]) in map(plain_header, NOTES)}
    kept = [place for place in plan.kept if place not in dropped and place not in notes]
    known = {place: field.name for place in kept if (field := fields[place])}
    if len(known) == len(kept):  # else it is refused, and told with the letters that the columns have there
        kept.sort(key=lambda place: resource.schema.names.index(known[place]))
    cleaner, changes, found, numbers = Cleaner(fields, is_exact=False), list[Change](), [], [plan.titles + 1]
    for number, row in enumerate(rows, 1):
        if number <= plan.titles:
            changes.append(Change(number, "", "", "", "", words.TITLE_ROW))
        elif number > plan.titles + 1 and is_blank(row):
            changes.append(Change(number, "", "", "", "", words.BLANK_ROW))
        elif number > plan.titles + 1:
            new = dict(enumerate(row))
            for place, change in cleaner.mended(number, row) if is_mended else ():
                new[place] = change.new
                changes.append(change)
            found.append([new[place] for place in kept])
            numbers.append(number)
    columns = [fields[place] for place in kept]
    header = [old.spelt(field) if field else plan.head.cells[place] for place, field in zip(kept, columns, strict=True)]
    if is_mended:
        keep_spelling(resource, old, columns, found)
    return Taken(
        text(columns, header, found, is_quoted=old.is_quoted).encode(),
        tuple(field.name if field else "" for field in columns),
        tuple(map(letter, kept)),
        tuple(map(tuple, found)),
        tuple(numbers),
        tuple(changes),
        tuple(left_out(plan, dropped, rows)),
        is_sure=all(columns),
    )


def trimmed(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return rows without the empty ones at the end."""
    end = len(rows)
    while end and is_blank(rows[end - 1]):
        end -= 1
    return list(rows[:end])


def left_out(plan: Plan, places: Collection[int], rows: Sequence[Sequence[str]]) -> list[Dropped]:
    """Return the columns that are left out, with the number of their cells that say something."""
    body = [row for row in rows[plan.titles + 1 :] if plan.is_whole(row)]
    return [
        Dropped(letter(place), field.name, field.title, field.publish, sum(not is_blank([row[place]]) for row in body))
        for place in places
        if (field := plan.head.fields[place])
    ]


def keep_spelling(resource: Resource, old: Former, columns: Sequence[Field | None], rows: list[list[str]]) -> None:
    """Let a number or a time that is the same as before be written as before: a workbook knows no 0.40."""
    names = [field.name if field else "" for field in columns]
    known = old.by_key(resource.schema) if set(resource.schema.primary_key) <= set(names) else {}
    spelt = [(place, field) for place, field in enumerate(columns) if field and field.name in old.headers]
    for row in rows if known else ():
        before = known.get(key_of(resource.schema, dict(zip(names, row, strict=True))), {})
        for place, field in spelt if before else ():
            if row[place] != before[field.name] and meant(field, row[place]) == meant(field, before[field.name]):
                row[place] = before[field.name]


def text(
    columns: Sequence[Field | None], header: Sequence[str], rows: Sequence[Sequence[str]], *, is_quoted: bool
) -> str:
    """Return the table as CSV; `is_quoted`: all text stands in quotation marks, as programs write it."""
    marked = [is_quoted and not (field and field.type in BARE) for field in columns]
    lines = [joined([cell(title, quoted=is_quoted) for title in header], "\n")]
    for row in rows:
        lines.append(joined([cell(item, quoted=q and item != "") for item, q in zip(row, marked, strict=True)], "\n"))
    return "".join(lines)
