"""Areas as they are, and fictitious grids inside their communities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.columns import Dates, Ints, days, toss
from builder.demo.names import ROADS, community, numeral, persons, phones
from builder.demo.plan import Plan
from builder.errors import BuilderError
from builder.language import mark

__all__ = ["Places", "places", "read_areas"]

COLUMNS = ("code", "name", "level", "parent_code")
OWN = {"area_id": "code", "parent_id": "parent_code"}
"""The names of the same columns in a package's table of areas."""
NEEDED = mark("it needs the columns {columns}, and at least one row whose level is community")
SITES = ("农贸市场", "商业街", "产业园", "学校", "医院", "车站", "物流园", "写字楼")
MOST_GRIDS = 999


@dataclass(frozen=True, slots=True)
class Places:
    """Areas and grids. `home` is the position in `communities` of each grid, `opened` its first day."""

    area: pd.DataFrame
    grid: pd.DataFrame
    communities: pd.DataFrame
    home: Ints
    opened: Dates


def read_areas(path: Path) -> pd.DataFrame:
    """Return a file of areas, or a package's table of them, as text, one row an area, parents before children.

    Raises BuilderError if it is unfit.
    """
    columns = ", ".join(COLUMNS)
    try:
        areas = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        message = mark("{path}: cannot be read ({error})")
        raise BuilderError(message, NEEDED, path=path, error=error, columns=columns) from error
    areas = areas.rename(columns=OWN)
    missing = ", ".join(column for column in COLUMNS if column not in areas.columns)
    if missing:
        message = mark("{path}: there is no column {missing}")
        raise BuilderError(message, NEEDED, path=path, missing=missing, columns=columns)
    areas = areas.loc[:, list(COLUMNS)].sort_values("code", key=lambda code: code.str.pad(12, "right", "0"))
    check_areas(path, areas)
    return areas.reset_index(drop=True)


def check_areas(path: Path, areas: pd.DataFrame) -> None:
    """Raise BuilderError unless every code is unique, every parent is present and there is a community."""
    communities = areas.loc[areas["level"] == "community", "code"]
    if communities.empty:
        raise BuilderError(mark("{path}: there are no communities"), NEEDED, path=path, columns=", ".join(COLUMNS))
    wrong = communities[~communities.str.fullmatch("[0-9]{12}")]
    if not wrong.empty:
        raise BuilderError(
            mark("{path}: “{code}” is not the code of a community"),
            mark("use 12 digits"),
            path=path, code=wrong.iloc[0],
        )  # fmt: skip
    twice = areas.loc[areas["code"].duplicated(), "code"]
    if not twice.empty:
        raise BuilderError(
            mark("{path}: the code {code} occurs twice"), mark("remove one of the rows"), path=path, code=twice.iloc[0]
        )
    streets = areas.loc[areas["level"] == "street", "code"]
    orphans = ~areas["parent_code"].isin([*areas["code"], ""])
    orphans |= (areas["level"] == "community") & ~areas["parent_code"].isin(streets)
    if orphans.any():
        code, parent = areas.loc[orphans, ["code", "parent_code"]].iloc[0]
        raise BuilderError(
            mark("{path}: {code} cannot lie under “{parent}”"),
            mark("every parent must be in the file, and that of a community must be a street"),
            path=path, code=code, parent=parent,
        )  # fmt: skip


def places(rng: Generator, areas: pd.DataFrame, plan: Plan) -> Places:
    """Return the areas and `plan.grids` grids; communities vary in size, and each has a grid if there are enough."""
    communities = areas.loc[areas["level"] == "community"].reset_index(drop=True)
    counts = spread(rng, communities, plan.grids)
    home = np.repeat(np.arange(len(communities)), counts)
    serial = np.arange(plan.grids) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    opened = openings(rng, plan)
    area = areas.set_axis(["area_id", "name", "level", "parent_id"], axis=1)
    return Places(area, grid_table(rng, communities.iloc[home], serial, opened), communities, home, opened)


def spread(rng: Generator, communities: pd.DataFrame, grids: int) -> Ints:
    """Return the number of grids of each community, villages smaller than towns."""
    if grids <= len(communities):
        return (np.arange(len(communities)) < grids).astype(np.int64)
    size = rng.lognormal(0.0, 0.4, len(communities)) * np.where(communities["name"].str.contains("村委会"), 0.6, 1.0)
    counts = 1 + rng.multinomial(grids - len(communities), size / size.sum())
    if counts.max() > MOST_GRIDS:
        raise BuilderError(
            mark("{grids} grids in {communities} communities would put {most} in one community"),
            mark("a grid’s code has three digits for its number, so at most {limit} fit: ask for fewer grids"),
            grids=grids, communities=len(communities), most=counts.max(), limit=MOST_GRIDS,
        )  # fmt: skip
    return np.asarray(counts, dtype=np.int64)


def openings(rng: Generator, plan: Plan) -> Dates:
    """Return the first day of each grid: years ago for most, within the last months for a few."""
    months = np.where(toss(rng, 0.02, plan.grids), rng.integers(2, 10, plan.grids), rng.integers(13, 96, plan.grids))
    return np.asarray((plan.today.astype("datetime64[M]") - months).astype("datetime64[D]"))


def grid_table(rng: Generator, host: pd.DataFrame, serial: Ints, opened: Dates) -> pd.DataFrame:
    """Return grid.csv: one row a grid, `host` being its community."""
    count = len(host)
    special = toss(rng, 0.04, count) & (serial > 1)
    codes = host["code"].to_numpy()
    return pd.DataFrame({
        "grid_id": [f"{code}{number:03d}" for code, number in zip(codes, serial, strict=True)],
        "name": grid_names(host, special.tolist()),
        "area_id": codes,
        "kind": np.where(special, "专属", "综合"),
        "extent": extents(rng, count),
        "household_count": np.where(special, 0, np.clip(rng.normal(330, 80, count), 90, 800).astype(np.int64)),
        "leader": persons(rng, count),
        "worker": persons(rng, count),
        "work_phone": phones(np.arange(count)),
        "supervision_phone": "12345",
        "opened_date": days(opened),
        "closed_date": "",
    })  # fmt: skip


def grid_names(host: pd.DataFrame, special: list[bool]) -> list[str]:
    """Return the everyday names: 柴米第一网格, 柴米农贸市场专属网格."""
    names, used = [], Counter[tuple[str, bool]]()
    for code, name, is_special in zip(host["code"], host["name"], special, strict=True):
        base, _ = community(name)
        number = used[code, is_special]
        used[code, is_special] += 1
        turn, site = divmod(number, len(SITES))
        which = f"第{numeral(turn + 1)}" if turn else ""
        names.append(f"{base}{which}{SITES[site]}专属网格" if is_special else f"{base}第{numeral(number + 1)}网格")
    return names


def extents(rng: Generator, count: int) -> list[str]:
    """Return the four bounds of each grid, each along a different fictitious road."""
    sides = rng.random((count, len(ROADS))).argsort(axis=1)[:, :4]
    return [f"东至{ROADS[e]}、南至{ROADS[s]}、西至{ROADS[w]}、北至{ROADS[n]}" for e, s, w, n in sides]
