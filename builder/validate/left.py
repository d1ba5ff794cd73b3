"""A report without what is told better elsewhere: of a cell that a check can say more about, the check speaks alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyarrow as pa

from builder.model import Cell, Mask, Part, Report, Severity, Tables
from builder.validate.cells import Defects
from builder.validate.defects import FileDefects
from builder.validate.words import severity

__all__ = ["left"]


def left(report: Report, tables: Tables, retold: Mapping[Cell, Mask]) -> tuple[Tables, Report]:
    """Return the tables and the report of `tables` without the errors of the cells that are told elsewhere.

    `retold`: resource and column → which rows of the typed table.
    """
    if not retold:
        return tables, report
    groups = tuple(
        replace(group, defects=tuple(others(group, tables, retold))) if isinstance(group, FileDefects) else group
        for group in report.groups
    )
    return replace(tables, damage=tables.damage.without(retold)), replace(report, groups=groups)


def others(group: FileDefects, tables: Tables, retold: Mapping[Cell, Mask]) -> Iterator[Defects]:
    """Yield the defects of a file that nobody else tells."""
    name = group.resource.name
    table = tables.tables.get(name)
    part = next((item for item in table.parts if item.path == group.part.path), None) if table else None
    for item in group.defects:
        mask = retold.get((name, item.field))
        is_meant = mask is not None and part is not None and severity(item.rule) is Severity.ERROR
        here = kept(item, part, mask) if is_meant and part is not None and mask is not None else item
        if len(here.rows):
            yield here


def kept(item: Defects, part: Part, mask: Mask) -> Defects:
    is_kept = ~mask[item.rows + part.start]
    return item._replace(rows=item.rows[is_kept], cells=item.cells.filter(pa.array(is_kept)))
