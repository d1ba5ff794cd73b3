"""The trees of areas and branches: no cycles; a code begins with the code of the place it lies in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, issues

__all__ = ["CHECKS"]


def cycle(resource: str, key: str, code: str, rule: str) -> Check:
    """Return the check that following `parent_id` from any row ends."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource]
        parents = {k: p for k, p in zip(frame[key], frame["parent_id"], strict=True) if isinstance(p, str)}
        sound: set[str] = set()
        for row, start in enumerate(frame[key]):
            path, at = [], start
            while at in parents and at not in sound and at not in path:
                path.append(at)
                at = parents[at]
            if at not in path:
                sound.update(path)
            elif at == start:  # not one that only hangs below the circle
                way = Quote(resource, key, " → ".join([*path, at]))
                yield Issue(row, "parent_id", {"value": Quote(resource, key, start), "path": way})

    return Check(
        code, Severity.ERROR, resource, (f"{resource}.{key}", f"{resource}.parent_id"), rule,
        mark("“{value}” ends up above itself: {path}"),
        mark("Correct the parent of one of them; the topmost has none."), find,
        is_structural=True,
        wrong=f"{{{key}}} 320812001, {{parent_id}} 320812001", right=f"{{{key}}} 320812001, {{parent_id}} 320812",
    )  # fmt: skip


def grid_code(tables: Tables, _: date) -> Iterator[Issue]:
    """Yield the grids whose code does not begin with the code of their area."""
    frame = tables["grid"]
    both = frame[["grid_id", "area_id"]].dropna()
    broken = [not grid.startswith(area) for grid, area in zip(both["grid_id"], both["area_id"], strict=True)]
    yield from issues(both, pd.Series(broken, index=both.index, dtype=bool), "grid_id", "area_id")


CHECKS = (
    cycle("area", "area_id", "area-cycle", mark("No area lies in itself, directly or through others.")),
    cycle("branch", "branch_id", "branch-cycle", mark("No branch is above itself, directly or through others.")),
    Check(
        "grid-code", Severity.ERROR, "grid", ("grid.grid_id", "grid.area_id"),
        mark("A grid’s code begins with the code of the area it lies in."),
        mark("“{value}” does not begin with {area_id}, the code of its area"),
        mark("Correct the grid’s code or its area."), grid_code, setting="nested_codes",
        wrong="{grid_id} 320812002001001, {area_id} 320812001001",
        right="{grid_id} 320812001001001, {area_id} 320812001001",
    ),
)  # fmt: skip
