"""One wrong cell has one finding: what rests on a cell that has a finding already is not told as well.

An issue rests on the cells of its own row that its check reads, on those of the rows that its row's foreign keys point
at, and, where the check says what belongs together (`groups`), on all rows of its group. As errors are found, the cells
that may be to blame are added to those that are known, so that the first check of a row speaks for those after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builder.model import Damage, Issue, Mask, Severity, Tables
from builder.rules import Check

__all__ = ["Blame", "Doubt", "blamed", "doubt"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an issue of one check may rest on that has a finding already.

    `rows`: of the check's own table, None for no row. `groups`: groups with such a cell; `keys`: the group of each row
    of the check's table. `unknown`: how many wrong rows there are of which nobody knows the group; `is_whole`: every
    issue rests on a wrong cell.
    """

    rows: Mask | None = None
    groups: frozenset[str] = frozenset()
    keys: npt.NDArray[np.object_] | None = None
    unknown: int = 0
    is_whole: bool = False

    def left(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """Yield the issues that rest on no such cell."""
        if self.is_whole:
            return iter(())
        kept = (issue for issue in issues if not self.holds(issue.row))
        return iter(self.unexplained(list(kept))) if self.unknown else kept

    def holds(self, row: int) -> bool:
        """Return whether an issue in `row` follows from what has a finding."""
        is_own = self.rows is not None and bool(self.rows[row])
        return is_own or (bool(self.groups) and self.group(row) in self.groups)

    def group(self, row: int) -> str:
        """Return the group of a row."""
        return "" if self.keys is None else str(self.keys[row])

    def unexplained(self, issues: list[Issue]) -> list[Issue]:
        """Return the issues where they are of more groups than there are wrong rows of unknown groups."""
        return issues if len({self.group(issue.row) for issue in issues}) > self.unknown else []


def doubt(check: Check, cells: Tables) -> Doubt:
    """Return what `check`, which reads `cells`, cannot say anything about."""
    damage = cells.damage
    if not damage.masks and not damage.lost:
        return Doubt()
    if check.is_computed and any(damage.rows(*counted) is not None for counted in sources(cells)):
        return Doubt(is_whole=True)
    groups, keys, unknown, is_whole = set[str](), None, 0, False
    for item in check.groups:
        resource, _, column = item.partition(".")
        wrong = damage.rows(resource, columns(check, cells, resource))
        unknown += damage.lost.get(resource, 0)
        if not column:
            is_whole = is_whole or wrong is not None or resource in damage.lost
            continue
        column_cells = cells[resource][column]
        if resource == check.resource:
            keys = column_cells.to_numpy(dtype=object)
        if wrong is not None:
            groups |= {str(value) for value in column_cells[wrong].dropna().unique()}
        if (lost := damage.rows(resource, (column,))) is not None:
            unknown += int(lost.sum())
    return Doubt(own(check, cells), frozenset(groups), keys, unknown, is_whole)


def own(check: Check, cells: Tables) -> Mask | None:
    """Return the rows of the check's table of which a cell is wrong, or a cell of a row that they point at."""
    names = columns(check, cells, check.resource) if check.rests is None else list(check.rests)
    found = cells.damage.rows(check.resource, names)
    for key in cells.package.resources[check.resource].schema.foreign_keys:
        target = key.target or check.resource
        if key.field not in names or target not in cells or key.target_field not in cells.tables[target].frame:
            continue
        wrong = cells.damage.rows(target, columns(check, cells, target))
        if wrong is None or (target == check.resource and key.target_field not in names):
            continue
        codes = cells[target][key.target_field][wrong].dropna()
        pointing = cells[check.resource][key.field].isin(codes).to_numpy(dtype=bool)
        found = pointing if found is None else found | pointing
    return found


def columns(check: Check, cells: Tables, resource: str) -> list[str]:
    """Return the columns of `resource` that a check reads."""
    read = (item.partition(".") for item in (*check.reads, *check.extras))
    votes = (field.name for field in cells.package.resources[resource].schema.fields if field.vote)
    return [*(name for table, _, name in read if table == resource), *votes]


def sources(cells: Tables) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns that what subjects ask of each other is counted from."""
    for item in cells.measured.reads:
        resource, _, column = item.partition(".")
        yield resource, (column,)


def blamed(check: Check, issue: Issue) -> tuple[str, ...]:
    """Return the columns of an issue's row that may be to blame for it."""
    if check.blames is not None:
        return check.blames
    if check.severity is not Severity.ERROR:
        return ()  # all may be as it should
    if check.groups:
        return (issue.column,)
    read = (item.partition(".") for item in check.reads)
    return tuple(name for table, _, name in read if table == check.resource)


class Blame:
    """The cells that the issues of one check blame, gathered while they are counted."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.own: dict[tuple[str, ...], list[int]] = {}
        self.elsewhere: dict[tuple[str, str], list[int]] = {}

    def add(self, issue: Issue) -> None:
        """Note what an issue blames; an error may blame cells of other tables, too."""
        if names := blamed(self.check, issue):
            self.own.setdefault(names, []).append(issue.row)
        for resource, column, row in issue.elsewhere if self.check.severity is Severity.ERROR else ():
            self.elsewhere.setdefault((resource, column), []).append(row)

    def spread(self, damage: Damage, found: Tables) -> Damage:
        """Return `damage` with these cells."""
        for names, rows in self.own.items():
            damage = damage.joined(self.check.resource, names, rows, len(found.tables[self.check.resource].frame))
        for (resource, column), rows in self.elsewhere.items():
            damage = damage.joined(resource, (column,), rows, len(found.tables[resource].frame))
        return damage
