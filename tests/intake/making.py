"""Private packages that chance makes: two streets, three kinds of categories, ratings, void cases, and nothing real."""

from __future__ import annotations

import csv as csv_file
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests import packages
from tests.packages import AS_OF, csv, write_package

__all__ = [
    "AREAS", "CATEGORIES", "GRIDS", "KEY", "STATISTIC", "as_known", "case_line", "cases", "files", "private",
    "public", "rows", "tables", "with_cases",
]  # fmt: skip

AREAS = """area_id,name,level,parent_id
990001,演示区,district,
990001001,东街道,street,990001
990001002,西镇,street,990001
990001001001,柴米,community,990001001
990001001002,城南,community,990001001
990001002001,王庄,community,990001002
"""
GRIDS = [f"99000100100100{n}" for n in (1, 2)] + [f"99000100100200{n}" for n in (1, 2)] + ["990001002001001"]
CATEGORIES = csv(
    "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
    [
        "A01,路灯,公共,逐件公开,1,5,自然日", "A02,道路,公共,逐件公开,1,9,自然日",
        "D01,物业,社区,数量公开,1,12,自然日", "P01,纠纷,矛盾,受保护,1,12,自然日",
    ],
)  # fmt: skip
STATISTIC = csv("period,place_id,measure,item,count,status,revision,published_date", [])
CASE = (
    "case_id,grid_id,category_id,channel,petition_kind,received_date,resolved_date,stage,outcome,satisfaction,is_void"
)
FEEDBACK = "feedback_id,grid_id,category,question,received_date,reply,replied_date,rating,follow_up_date"
FIRST = date(2024, 12, 20)
KEY = bytes(range(32))


def case_line(number: int, grid: str, category: str, received: date, rng: Random) -> str:
    """Return one case as chance has it."""
    wait = rng.choice([None, 0, 3, 5, 8, 12, 13, 40])
    resolved = received + timedelta(wait) if wait is not None else None
    resolved = resolved if resolved and resolved <= AS_OF else None
    rating = rng.choice(["满意", "满意", "基本满意", "不满意", ""]) if resolved else ""
    cells = (
        f"C{number:06d}", grid, category, rng.choice(["12345热线", "网格巡查"]),
        rng.choice(["个人", "个人", "集体", ""]),
        received.isoformat(), resolved.isoformat() if resolved else "", "已办结" if resolved else "办理中",
        "解决" if resolved else "", rating, "是" if rng.random() < 0.05 else "否",
    )  # fmt: skip
    return ",".join(cells)


def cases(seed: int, count: int = 900) -> list[str]:
    """Return `count` lines of cases, older ones first."""
    rng = Random(seed)  # noqa: S311 - a test
    days = sorted(FIRST + timedelta(rng.randrange((AS_OF - FIRST).days + 1)) for _ in range(count))
    grids = [*GRIDS, *GRIDS[-1:] * 2]
    kinds = ["A01", "A01", "A02", "D01", "D01", "P01"]
    return [case_line(n, rng.choice(grids), rng.choice(kinds), day, rng) for n, day in enumerate(days)]


def tables(seed: int, count: int = 900) -> dict[str, str]:
    """Return the tables of a private package."""
    rng = Random(seed + 1)  # noqa: S311 - a test
    feedback = []
    for number in range(count // 5):
        received = FIRST + timedelta(rng.randrange((AS_OF - FIRST).days - 20))
        rating = rng.choice(["满意", "不满意", ""])
        back = (received + timedelta(15)).isoformat() if rating == "不满意" and rng.random() < 0.5 else ""
        feedback.append(
            f"F{number:06d},{rng.choice(GRIDS)},公共设施,楼道灯坏了{number},{received},已办,{received + timedelta(9)},"
            f"{rating},{back}"
        )
    return {
        "area": AREAS,
        "grid": csv("grid_id,name,area_id,kind", [f"{grid},{n}格,{grid[:12]},综合" for n, grid in enumerate(GRIDS)]),
        "case_category": CATEGORIES,
        "case": csv(CASE, cases(seed, count)),
        "case_statistic": STATISTIC,
        "feedback": csv(FEEDBACK, feedback),
        "feedback_statistic": STATISTIC,
    }


def private(folder: Path, seed: int = 1, count: int = 900) -> Path:
    """Write a private package into the new folder."""
    return write_package(folder, tables(seed, count))


def with_cases(folder: Path, lines: Iterable[str], settings: Mapping[str, Any] | None = None) -> Path:
    """Write a private package of these cases, without feedback."""
    own = {name: text for name, text in tables(1, 0).items() if "feedback" not in name}
    return write_package(folder, {**own, "case": csv(CASE, list(lines))}, settings)


def as_known(lines: Iterable[str], day: date) -> list[str]:
    """Return what of cases was known on a day."""
    known = []
    for line in lines:
        cells = line.split(",")
        if cells[6] > day.isoformat():
            cells[6:10] = ["", "办理中", "", ""]
        if cells[5] <= day.isoformat():
            known.append(",".join(cells))
    return known


def public(folder: Path, into: Path, key: bytes | None = None, as_of: date | None = None) -> Path:
    """Take the private package in to the new folder `into`."""
    return packages.taken_in(packages.checked(folder, as_of), into, key)


def files(folder: Path) -> dict[str, bytes]:
    """Return path → content of every file in a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table as text."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv_file.DictReader(file))
