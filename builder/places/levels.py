"""The trees have no holes: an area lies in one of the next level, a grid in the lowest, a branch below a higher one.

The order of levels is that of the schema's enumeration; what a schema does not list has no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.places.kinds import kinds, values
from builder.rules import Check, issues

__all__ = ["CHECKS"]

NO_PARENT = mark("no area is named that it lies in, but it is of the level “{value}”")
FILL = mark("Fill in the code of the area above it; only the topmost has none.")


def ranks(tables: Tables) -> Mapping[str, Mapping[str, int]]:
    """Return kind of areas → level → its place from the top, of the levels that areas of this kind have."""
    schema, frame = tables.package.resources["area"].schema, tables["area"]
    order, of = values(schema["level"]), frame["area_id"].map(kinds(tables))
    return {
        str(kind): {level: place for place, level in enumerate(item for item in order if item in set(levels))}
        for kind, levels in frame["level"].groupby(of)
    }


def skipping(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the areas that do not lie in one of the next level above."""
    frame, known = tables["area"], ranks(tables)
    labels, of = tables.package.resources["area"].schema["level"], kinds(tables)
    levels = dict(zip(frame["area_id"], frame["level"], strict=True))
    for row, area, level, parent in frame[["area_id", "level", "parent_id"]].itertuples(name=None):
        order = known.get(of.get(area, ""), {})
        if order.get(level, 0) == 0:
            continue  # of the topmost, or of no level that is known
        above = next(name for name, place in order.items() if place == order[level] - 1)
        if pd.isna(parent):
            yield Issue(int(row), "parent_id", {"value": Quote("area", "level", labels.label(level))}, NO_PARENT, FILL)
        elif parent in levels and levels[parent] != above and levels[parent] in order:
            told = {"level": labels.label(level), "above": labels.label(above), "is": labels.label(levels[parent])}
            yield Issue(int(row), "parent_id", {"value": parent, **told})


def elsewhere(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the grids that lie in an area of another level than most of them."""
    frame, labels = tables["grid"], tables.package.resources["area"].schema["level"]
    found = frame["area_id"].map(tables["area"].drop_duplicates("area_id").set_index("area_id")["level"])
    usual = found.value_counts()
    if usual.empty or 2 * usual.iloc[0] <= len(frame):
        return
    for issue in issues(frame, found.notna() & (found != usual.index[0]), "area_id"):
        told = {"is": labels.label(found[issue.row]), "usual": labels.label(usual.index[0])}
        yield issue._replace(values={**issue.values, **told})


def upside_down(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the branches below one of a lower kind."""
    frame = tables["branch"]
    labels = tables.package.resources["branch"].schema["kind"]
    order = {kind: place for place, kind in enumerate(values(labels))}
    kind = frame.drop_duplicates("branch_id").set_index("branch_id")["kind"]
    above = frame["parent_id"].map(kind)
    for issue in issues(frame, above.map(order) > frame["kind"].map(order), "parent_id", "kind"):
        yield issue._replace(values={**issue.values, "is": labels.label(above[issue.row])})


def crowded(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the branches whose committee is larger than the branch."""
    frame = tables["branch"]
    yield from issues(frame, frame["committee_count"] > frame["member_count"], "committee_count", "member_count")


def alike(resource: str, above: str) -> Check:
    """Return the check that no two rows of `resource` in one place have the same name."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame, table = tables[resource], tables.tables[resource]
        named = frame.dropna(subset=["name"])
        key = [named[above].fillna(""), named["name"]]
        first = named.index.to_series().groupby(key).transform("first")
        for issue in issues(named, first != named.index, "name"):
            at = table.address(int(first[issue.row]))
            yield issue._replace(values={**issue.values, "row": at.row, "path": at.path})

    return Check(
        "name-twice", Severity.WARNING, resource, (f"{resource}.name", f"{resource}.{above}"),
        mark("No two that lie in one place have the same name."),
        mark("“{value}” is the name of row {row} of {path}, too"),
        mark("Correct one of the names, or delete the row that was pasted again."), find,
        wrong=mark("{name} Grid 1, Grid 1"), right=mark("{name} Grid 1, Grid 2"),
        effect=mark("Residents cannot tell the two pages apart."),
    )  # fmt: skip


CHECKS = (
    Check(
        "level-skipped", Severity.WARNING, "area", ("area.area_id", "area.level", "area.parent_id"),
        mark("An area lies in one of the next level above its own."),
        mark("“{value}” is of the level “{is}”, but “{level}” lies in “{above}”"),
        mark("Correct the code of the area above, or the level."), skipping,
        extras=("area.area_kind",), groups=("area",), blames=("parent_id", "level"),
        wrong="{level} community, {parent_id} 320812", right="{level} community, {parent_id} 320812001",
        effect=mark("Its figures are missing from those of the level between."),
    ),
    Check(
        "grid-level", Severity.WARNING, "grid", ("grid.area_id", "area.area_id", "area.level"),
        mark("All grids lie in areas of the same level."),
        mark("“{value}” is of the level “{is}”, but grids lie in “{usual}”"),
        mark("Write the code of the area that the grid lies in directly."), elsewhere,
        groups=("area",),
        wrong="{area_id} 320812001", right="{area_id} 320812001001",
        effect=mark("It is on no page of that level."),
    ),
    Check(
        "branch-upside-down", Severity.WARNING, "branch", ("branch.branch_id", "branch.parent_id", "branch.kind"),
        mark("A branch is below one of the same or a higher kind."),
        mark("“{value}” is of the kind “{is}”, which is below “{kind}”"),
        mark("Correct the code of the branch above, or the kind."), upside_down,
        wrong="{kind} 党总支, {parent_id} B32081200100101", right="{kind} 党总支, {parent_id} B320812001",
    ),
    Check(
        "committee-above-members", Severity.WARNING, "branch", ("branch.committee_count", "branch.member_count"),
        mark("A committee is not larger than its branch."),
        mark("{value} on the committee, but only {member_count} members"),
        mark("Correct whichever of the two numbers is wrong."), crowded,
        wrong="{member_count} 5, {committee_count} 43", right="{member_count} 43, {committee_count} 5",
    ),
    alike("area", "parent_id"), alike("grid", "area_id"), alike("branch", "parent_id"),
)  # fmt: skip
