"""Rows that a package may not have where anybody can read it: what `protect` would leave out, or change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from builder.language import mark
from builder.model import Finding, Message, Policy, Severity, Table, Tables
from builder.protect.counted import listed
from builder.subjects.subject import AnySubject

__all__ = ["private_rows"]

HINT = mark(
    "Keep them in a private folder and bring in what may be published with `mingge intake`. What was committed must be "
    "taken out of the history too: see the guide for staff."
)


def private_rows(tables: Tables, policy: Policy, subjects: Sequence[AnySubject]) -> Iterator[Finding]:
    """Yield a finding for each table that has rows which may not be listed, and for cells that may not be shown."""
    for name, table in tables.tables.items():
        kept = listed(table, policy)
        if len(kept) < len(table.frame):
            left = table.frame.index.difference(kept.index)
            words = mark("{count} rows may not be listed one by one, and this package is public")
            yield finding(table, int(left[0]), words, len(left))
        masked = kept
        for subject in subjects:
            masked = subject.mask(name, masked, policy, tables)
        if changed := differing(kept, masked):
            words = mark("{count} rows have cells that are too telling to be shown, and this package is public")
            yield finding(table, changed[0], words, len(changed))


def finding(table: Table, row: int, words: str, count: int) -> Finding:
    address = table.address(row)
    return Finding("private-rows", Severity.ERROR, table.resource.name, address, Message(words, HINT, {"count": count}))


def differing(kept: pd.DataFrame, masked: pd.DataFrame) -> list[int]:
    """Return the rows in which a cell that is filled would be published otherwise, or not at all."""
    if masked is kept:
        return []
    changed = pd.Series(False, index=kept.index)
    for name in kept.columns.intersection(masked.columns):
        old, new = kept[name], masked[name]
        changed |= old.notna() & (new.isna() | (old.astype(object) != new.astype(object)))
    return [int(row) for row in kept.index[changed]]
