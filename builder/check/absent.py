"""Rows that many others point at and that are not there: told once, where they should stand, not at every one of these.

When a row was deleted, or its code changed, every case and duty of it names a code that does not exist; the mistake is
one, and it lies in the table that they point at. Where that table has codes that were refused or rows that could not be
read, and no more codes are missing than those, nothing is told at all: they have a finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from builder.check.near import Codes, codes
from builder.language import mark
from builder.model import Address, Damage, Finding, Listed, Message, Package, Quote, Severity, Table, Tables, plain
from builder.model.finding import Issue
from builder.rules import Check

__all__ = ["links", "rules"]

CODE = "row-missing"
RULE = mark("A row that many others point at is there.")
TEXT = mark("no row has the code {code}, but {count} rows point at it ({places})")
FIX = mark("Add the row: it was deleted, or its code was changed. Or correct the code where it is named.")
CHANGED = mark("no row names “{value}”, but {count} rows name {code}, which is not here ({places})")
WRITE = mark("Write {code} here if that is the code; otherwise add a row for it.")

MANY = 3
"""Rows that point at one code: fewer are told one by one."""

Target = tuple[str, str]
"""A table and the column that others point at."""


@dataclass(slots=True)
class Pointing:
    """What points at codes that one table lacks: code → table → number of rows; the cells that do."""

    missing: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cells: dict[tuple[str, str], dict[str, npt.NDArray[np.int64]]] = field(default_factory=lambda: defaultdict(dict))
    named: set[str] = field(default_factory=set)

    def count(self, code: str) -> int:
        """Return how many rows point at a code."""
        return self.missing[code].total()


def rules(package: Package) -> Iterator[Check]:
    """Yield what is looked for, as rules for the page that lists them."""
    for name in dict.fromkeys(target for target, _ in targets(package)):
        yield Check(CODE, Severity.ERROR, name, (), RULE, "", "", nothing, is_structural=True)


def nothing(_tables: Tables, _as_of: object) -> tuple[Issue, ...]:
    """Find nothing: what points at a table is looked for in all tables together."""
    return ()


def targets(package: Package) -> dict[Target, list[tuple[str, str]]]:
    """Return table and column that are pointed at → the tables and columns that do."""
    found: dict[Target, list[tuple[str, str]]] = {}
    for resource in package.resources.values():
        for key in resource.schema.foreign_keys:
            found.setdefault((key.target or resource.name, key.target_field), []).append((resource.name, key.field))
    return found


def links(found: Tables, damage: Damage) -> tuple[Listed, Damage]:
    """Return what is told once about missing rows, and `damage` with the cells that it explains."""
    told: list[Finding] = []
    for target, sources in targets(found.package).items():
        table = found.tables.get(target[0])
        if table is None or target[1] not in table.frame:
            continue
        pointing = pointed(found, target, sources, damage)
        wrong = damage.rows(target[0], (target[1],))
        is_known = len(pointing.missing) <= damage.lost.get(target[0], 0) + (0 if wrong is None else int(wrong.sum()))
        explained = [code for code in pointing.missing if is_known or pointing.count(code) >= MANY]
        if explained and not is_known:
            there = codes(plain(table.frame), table.resource, target[1])
            for code in explained:
                finding, row = missing(found, table, target[1], (code, pointing), there)
                told.append(finding)
                damage = damage.losing(target[0])
                if row is not None:
                    damage = damage.joined(target[0], (target[1],), [row], len(table.frame))
        damage = without(found, pointing, explained, damage)
    return Listed(tuple(told)), damage


def without(found: Tables, pointing: Pointing, explained: list[str], damage: Damage) -> Damage:
    """Return `damage` with the cells that name codes which need no further word."""
    for (resource, column), rows in pointing.cells.items():
        if places := [rows[code] for code in explained if code in rows]:
            count = len(found.tables[resource].frame)
            damage = damage.joined(resource, (column,), np.concatenate(places), count)
    return damage


def pointed(found: Tables, target: Target, sources: list[tuple[str, str]], damage: Damage) -> Pointing:
    """Return what `sources` name of `target` that is not there, but for cells that have a finding."""
    known = {str(code) for code in found.tables[target[0]].frame[target[1]].dropna().unique()}
    pointing = Pointing()
    for resource, column in sources:
        table = found.tables.get(resource)
        if table is None or column not in table.frame:
            continue
        cells = table.frame[column]
        distinct = {str(code) for code in cells.dropna().unique()}
        pointing.named |= distinct & known
        lacking = distinct - known
        if not lacking:
            continue
        wrong = damage.masks.get((resource, column))
        is_meant = cells.isin(lacking).to_numpy(dtype=bool) & (True if wrong is None else ~wrong)
        for code, rows in plain(cells[is_meant].to_frame()).groupby(column, sort=False).groups.items():
            pointing.cells[resource, column][str(code)] = np.asarray(rows, dtype=np.int64)
            pointing.missing[str(code)][resource] += len(rows)
    return pointing


def missing(
    found: Tables, table: Table, column: str, lacking: tuple[str, Pointing], there: Codes
) -> tuple[Finding, int | None]:
    """Return the finding about a code, and the row of `table` whose code was probably changed, if there is one.

    `lacking`: the code, and what points at it.
    """
    code, pointing = lacking
    name, places = table.resource.name, Counter[str]()
    for resource, count in pointing.missing[code].items():
        places[found.tables[resource].parts[0].path] += count
    named = tuple(f"{path} {count}" for path, count in places.most_common())
    quoted = Quote(name, column, code, is_formal=True)
    values: dict[str, object] = {"code": quoted, "count": pointing.count(code), "places": named}
    title = table.resource.schema[column].title
    changed = sorted(there.beside(code) - pointing.named)
    if len(changed) == 1:
        row = int(np.flatnonzero((table.frame[column] == changed[0]).to_numpy(dtype=bool))[0])
        value = Quote(name, column, changed[0], is_formal=True)
        message = Message(CHANGED, WRITE, {**values, "value": value})
        return Finding(CODE, Severity.ERROR, name, table.address(row, column), message, title, value, quoted), row
    return Finding(
        CODE, Severity.ERROR, name, Address(table.parts[0].path), Message(TEXT, FIX, values), title, quoted,
    ), None  # fmt: skip
