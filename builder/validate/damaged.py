"""The cells of a table that are refused, by their rows in the typed table: what follows from them is not told again."""

from __future__ import annotations

from collections.abc import Sequence

from builder.model import Damage, Severity, Table
from builder.validate.cells import BLANK, Defects
from builder.validate.words import SHIFTED, severity

__all__ = ["damaged"]

ODD_YEAR = "odd-year"


def damaged(known: Damage, table: Table, defects: Sequence[Sequence[Defects]], uneven: int) -> Damage:
    """Return `known` with what is refused in `table` added.

    `defects`: those of each of its files, in order; `uneven`: how many records were no rows at all. A date
    whose year is only asked about is an odd one.
    """
    resource, count = table.resource, len(table.frame)
    odd = Damage(known.odd)
    for part, found in zip(table.parts, defects, strict=True):
        for item in found:
            if severity(item.rule) is Severity.ERROR:
                columns = resource.schema.names if item.rule in (BLANK, SHIFTED) else (item.field,)
                known = known.joined(resource.name, columns, item.rows + part.start, count)
            elif item.rule == ODD_YEAR:
                odd = odd.joined(resource.name, (item.field,), item.rows + part.start, count)
    return Damage(known.masks, {**known.lost, resource.name: uneven} if uneven else known.lost, odd.masks)
