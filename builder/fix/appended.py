"""The rows of a file put behind those that the package has already, where they are no whole table of their own.

Always holds: no row is lost. A row whose primary key is there already takes the place of the old one.
"""

from __future__ import annotations

from dataclasses import replace

from builder.fix.former import Former, key_of
from builder.fix.imported import text
from builder.fix.values import Taken
from builder.language import mark
from builder.model import Message, Resource, letter

__all__ = ["appended"]

BROKEN = Message(
    mark("the file in the package has rows that are not whole, so nothing can be put behind them"),
    mark("Mend the file in the package first, or replace it as a whole."),
)


def appended(resource: Resource, taken: Taken, old: Former) -> Taken:
    """Return the rows of `old` with those of `taken` behind them; the numbers of old rows are 0.

    What was refused, or has columns that nobody knows, is returned as it is: it cannot be saved anyway.
    """
    if taken.refused or not taken.is_sure or not old.headers:
        return taken
    if not old.is_whole:
        return replace(taken, refused=BROKEN)
    schema, dropped = resource.schema, {item.name for item in taken.dropped}
    names = [name for name in schema.names if name in taken.header or (name in old.headers and name not in dropped)]
    rows = [dict(row) for row in old.rows]
    numbers = [0] * len(rows)
    is_keyed = bool(schema.primary_key) and set(schema.primary_key) <= set(old.headers) & set(taken.header)
    known = {key_of(schema, row): place for place, row in enumerate(old.rows)} if is_keyed else {}
    for number, cells in zip(taken.numbers[1:], taken.rows, strict=True):
        row = dict(zip(taken.header, cells, strict=True))
        place = known.get(key_of(schema, row)) if is_keyed else None
        if place is None or numbers[place]:  # the same key twice in the new file is for `check` to tell
            rows.append(row)
            numbers.append(number)
        else:
            rows[place] |= row
            numbers[place] = number
    fields = [schema[name] for name in names]
    found = [tuple(row.get(name, "") for name in names) for row in rows]
    letters = dict(zip(taken.header, taken.letters, strict=True))
    return replace(
        taken,
        data=text(fields, [old.spelt(field) for field in fields], found, is_quoted=old.is_quoted).encode(),
        header=tuple(names),
        letters=tuple(letters.get(name, letter(place)) for place, name in enumerate(names)),
        rows=tuple(found),
        numbers=(taken.numbers[0], *numbers),
    )
