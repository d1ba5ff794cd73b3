"""Why something was corrected, as the package's own table of corrections says, and what is not quoted any more.

A reason holds for changes between two releases only if its day lies between theirs: what was said last year explains
nothing that happens now. It may be told later, and then stands with the release that it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from builder.changes.previous import Stored
from builder.changes.text import read
from builder.model import CORRECTIONS, Change, Needs, ReleaseChanges, Use, extra

__all__ = ["NEEDS", "Reasons", "explained", "reasons", "retold"]

RESOURCE, WITHHELD = "correction", "is_withheld"

NEEDS = (
    Needs(
        RESOURCE,
        ("resource", "key", "field", "date"),
        (
            Use("resource", shown=True), Use("key", shown=True), Use("field", shown=True),
            Use("date", "date", shown=True), Use("reason", shown=True, figure=False),
            *extra(WITHHELD, type="boolean"),
        ),
    ),
)  # fmt: skip

EVERY = "*"
"""In the place of a key or a field: all of them."""

Place = tuple[str, str, str]


class Reasons(NamedTuple):
    """`told`: the day of each reason, what it explains (resource, key, field), and itself, in the order of days.

    `withheld`: what must not be quoted any more.
    """

    told: tuple[tuple[str, Place, str], ...] = ()
    withheld: frozenset[Place] = frozenset()

    def between(self, since: str, as_of: str) -> Mapping[Place, str]:
        """Return the reasons of what changed between two releases; of several, the last."""
        return {place: reason for day, place, reason in self.told if since <= day <= as_of}


def reasons(tables: Mapping[str, Stored]) -> Reasons:
    """Return what a release says of its corrections; nothing where it has no such table."""
    if RESOURCE not in tables:
        return Reasons()
    table = tables[RESOURCE]
    true = next((field["trueValues"] for field in table.schema["fields"] if field["name"] == WITHHELD), ())
    rows = sorted(read(table).to_pylist(), key=lambda row: str(row["date"]))
    told = tuple((row["date"], (row["resource"], row["key"], row["field"]), row["reason"]) for row in rows)
    withheld = frozenset(place for row, (_, place, _) in zip(rows, told, strict=True) if row.get(WITHHELD) in true)
    return Reasons(told, withheld)


def among(places: Collection[Place], resource: str, key: str, field: str) -> Iterator[Place]:
    """Yield those of `places` that speak of a cell or a row (field ""), the most exact first."""
    for each in ((resource, key, field), (resource, key, EVERY), (resource, EVERY, field), (resource, EVERY, EVERY)):
        if each in places:
            yield each


def explained(changes: pd.DataFrame, resource: str, found: Reasons, since: str, as_of: str) -> pd.DataFrame:
    """Return the changes of a table with the column `reason`, and without the values that are withheld."""
    known = {place: reason for place, reason in found.between(since, as_of).items() if place[0] == resource}
    changes = changes.assign(reason="")
    wanted = changes["kind"].isin(CORRECTIONS)
    for place in sorted(known, key=lambda place: (place[1] != EVERY, place[2] != EVERY)):  # the most exact last
        changes.loc[wanted & spoken(changes, place), "reason"] = known[place]
    for place in found.withheld:
        if place[0] == resource:
            changes.loc[spoken(changes, place), ["before", "after"]] = None
    return changes


def spoken(changes: pd.DataFrame, place: Place) -> pd.Series:
    """Return which changes of its table a place speaks of."""
    _, key, field = place
    found = pd.Series(True, index=changes.index)
    found &= True if key == EVERY else changes["key"] == key
    return found & (True if field == EVERY else changes["field"] == field)


def retold(release: ReleaseChanges, found: Reasons) -> ReleaseChanges:
    """Return an earlier release with the reasons that were told since, and without what is withheld since."""
    known = found.between(release.since, release.as_of)
    return replace(release, corrections=tuple(again(change, known, found.withheld) for change in release.corrections))


def again(change: Change, known: Mapping[Place, str], withheld: Collection[Place]) -> Change:
    place = change.resource, change.key, change.field
    reason = change.reason or next((known[each] for each in among(known, *place)), "")
    if any(among(withheld, *place)):
        return change._replace(reason=reason, before=None, after=None)
    return change._replace(reason=reason)
