"""Random small private packages: trees of every shape, few and many cases, any minimum; and what a day adds to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from builder import pipeline
from builder.intake.closing import Closed
from tests.packages import csv, no_clock, quiet, write_package

TOP, FIRST = "990001", date(2024, 12, 30)
COLUMNS = ("case_id", "grid_id", "category_id", "petition_kind", "received_date", "responded_date", "resolved_date",
           "stage", "outcome", "satisfaction", "is_void")  # fmt: skip
EMPTY = "period,place_id,measure,item,count,status,revision,published_date\n"
KEY = bytes(range(32))


@dataclass(frozen=True)
class Private:
    """A private package; `case` as text, `chance`: where its further days come from."""

    folder: Path
    case: pd.DataFrame
    grids: tuple[str, ...]
    categories: tuple[str, ...]
    chance: np.random.Generator
    as_of: date

    def save(self, case: pd.DataFrame) -> Private:
        case.to_csv(self.folder / "case.csv", index=False)
        return Private(self.folder, case, self.grids, self.categories, self.chance, self.as_of)


def a_tree(chance: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return the lines of area.csv and the grids: empty areas, single children, and grids at every level."""
    areas, grids = [f"{TOP},演示区,district,"], list[str]()

    def put(area: str, number: int) -> None:
        grids.extend(f"{(area + '000000')[:12]}{len(grids) + n:03}={area}" for n in range(1, number + 1))

    for street in range(1, int(chance.integers(2, 8))):
        code = f"{TOP}{street:03}"
        if chance.random() < 0.15:  # a community directly below the district
            areas.append(f"{code}001,直属社区{street},community,{TOP}")
            put(f"{code}001", int(chance.integers(0, 4)))
            continue
        areas.append(f"{code},街道{street},street,{TOP}")
        if chance.random() < 0.3:
            put(code, int(chance.integers(1, 3)))
        for community in range(1, int(chance.choice([0, 1, 2, 3, 4, 5])) + 1):
            areas.append(f"{code}{community:03},社区{street}-{community},community,{code}")
            put(f"{code}{community:03}", int(chance.choice([0, 1, 1, 2, 3])))
    if not grids or chance.random() < 0.15:
        put(TOP, int(chance.integers(1, 3)))
    return areas, grids


def some_cases(
    chance: np.random.Generator, number: int, grids: tuple[str, ...], categories: tuple[str, ...],
    first: date, last: date, prefix: str,
) -> pd.DataFrame:  # fmt: skip
    """Return random cases: most of them in a few grids and categories, some void."""
    weights = chance.dirichlet(np.full(len(grids), 0.7))
    kinds = chance.dirichlet(np.full(len(categories), 2.0))
    days = (last - first).days
    rows = []
    for n in range(number):
        received = first + timedelta(days=int(chance.integers(0, days + 1)))
        wait = int(chance.integers(0, 60))
        resolved = received + timedelta(days=wait)
        is_done = resolved <= last and chance.random() < 0.9
        rows.append((
            f"{prefix}{n:05}",
            str(chance.choice(grids, p=weights)),
            str(chance.choice(categories, p=kinds)),
            str(chance.choice(["个人", "集体"], p=[0.8, 0.2])),
            received.isoformat(),
            received.isoformat(),
            resolved.isoformat() if is_done else "",
            "已办结" if is_done else "办理中",
            "解决" if is_done else "",
            str(chance.choice(["满意", "基本满意", "不满意", ""], p=[0.5, 0.1, 0.25, 0.15])) if is_done else "",
            "是" if chance.random() < 0.03 else "否",
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def a_package(folder: Path, seed: int, size: int | None = None) -> Private:
    """Write a random private package whose cases begin with a whole year, 2025."""
    chance = np.random.default_rng(seed)
    areas, grids = a_tree(chance)
    least = int(chance.choice([4, 5, 5, 6, 8]))
    closing = int(chance.choice([0, 5, 15, 30]))
    as_of = date(2026, 1, 1) + timedelta(days=closing + int(chance.integers(0, 50)))
    levels = ("逐件公开", "逐件公开", "数量公开", "数量公开", "受保护")[: int(chance.choice([3, 4, 5, 5]))]
    lines = []
    for n, level in enumerate(levels):
        own = str(chance.choice(["", "", "4", "7", "10"]))
        zero = "是" if chance.random() < 0.2 else "否"
        limit = str(chance.choice(["3", "30", "90"]))
        lines.append(f"X{n:02},类别{n},组,{level},,{limit},自然日,{own},{zero}")
    codes, categories = tuple(g.split("=")[0] for g in grids), tuple(f"X{n:02}" for n in range(len(levels)))
    number = size or int(chance.choice([15, 80, 300, 900, 2500]))
    case = some_cases(chance, number, codes, categories, FIRST + timedelta(days=2), as_of, "C")
    case = pd.concat([some_cases(chance, 1, codes, categories, FIRST, FIRST, "A"), case], ignore_index=True)
    tables = {
        "area": csv("area_id,name,level,parent_id", areas),
        "grid": csv("grid_id,name,area_id,kind,opened_date,closed_date",
                    ["{0},{0}格,{1},综合,2020-01-01,".format(*grid.split("=")) for grid in grids]),
        "case_category": csv("category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind,"
                             "minimum_cell,hides_zero", lines),
        "case": case.to_csv(index=False),
        "case_statistic": EMPTY,
    }  # fmt: skip
    write_package(folder, tables, {"minimum_cell": least, "closing_days": closing, "as_of": as_of.isoformat()})
    return Private(folder, case, codes, categories, chance, as_of)


def a_day_later(before: Private, *, days: int = 1) -> Private:
    """Add what comes in on a day: new cases, old ones entered late, one recategorised, one void, one rated."""
    chance, day = before.chance, before.as_of + timedelta(days=days)
    new = some_cases(chance, int(chance.integers(1, 5)), before.grids, before.categories, day, day, "N")
    late = some_cases(chance, int(chance.integers(1, 4)), before.grids, before.categories, FIRST, day, "L")
    case = before.case.copy()
    for column, value in (("category_id", str(chance.choice(before.categories))), ("is_void", "是")):
        case.loc[int(chance.integers(1, len(case))), column] = value
    case = pd.concat([case, new, late], ignore_index=True)
    return Private(before.folder, case, before.grids, before.categories, chance, day).save(case)


def taken_in(
    private: Private, into: Path, before: Path | None = None, revised: tuple[str, ...] = (),
    key: bytes | None = KEY,
) -> Closed:  # fmt: skip
    """Make the public package of one night in the empty folder `into`."""
    into.mkdir(parents=True)
    found = pipeline.check(private.folder, no_clock, quiet, private.as_of, is_raw=True)
    assert not found.errors, [(item.code, *item.address, item.value) for item in found.remarks()][:5]
    return pipeline.take_in(found, into, before or into, key, quiet, revised)
