"""Cells that their column refuses, of which more can be told here than that they are not written as they should be.

A name in the place of a code, whose code is in the table that it points at; and personal data, of which nobody should
read first that it has a digit too many. Each cell has one finding, so the column's own is taken back (`validate.left`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from builder import gate
from builder.check.near import codes
from builder.check.personal import held, public
from builder.model import Cell, Mask, Tables, plain

__all__ = ["retold"]


def retold(tables: Tables, as_of: date) -> dict[Cell, Mask]:
    """Return the cells of which more is told by checks: resource and column → which rows, of those that have any."""
    found: dict[Cell, Mask] = {}
    for place, mask in (*named(tables), *personal(tables, as_of)) if tables.damage.masks else ():
        if mask.any():
            found[place] = found[place] | mask if place in found else mask
    return found


def named(tables: Tables) -> Iterator[tuple[Cell, Mask]]:
    """Yield the refused cells of foreign keys that hold a name of the table that they point at."""
    for resource, table in tables.tables.items():
        for key in table.resource.schema.foreign_keys:
            wrong = tables.damage.masks.get((resource, key.field))
            target = tables.tables.get(key.target or resource)
            if wrong is None or target is None or key.field not in table.frame:
                continue
            there = codes(plain(target.frame), target.resource, key.target_field)
            cells = table.frame[key.field][wrong].dropna()
            names = [cell for cell in cells.unique() if (meant := there.meant(str(cell))) and meant.is_named]
            yield (resource, key.field), rows(cells.index[cells.isin(names)], len(table.frame))


def personal(tables: Tables, as_of: date) -> Iterator[tuple[Cell, Mask]]:
    """Yield the refused cells of public columns that hold personal data which nothing allows."""
    allowed = gate.allowed(tables, as_of)
    for table, field in public(tables):
        place = (table.resource.name, field.name)
        if (wrong := tables.damage.masks.get(place)) is None:
            continue
        cells = table.frame[field.name][wrong].dropna()
        hits = {cell: allowed.left(found, place) for cell, found in held(cells, field).items()}
        yield place, rows(cells.index[cells.isin([cell for cell, left in hits.items() if left])], len(table.frame))


def rows(index: object, count: int) -> Mask:
    mask = np.zeros(count, dtype=bool)
    mask[np.asarray(index, dtype=np.int64)] = True
    return mask
