"""The pages of a street, made alone, are those that are made with the whole package at hand."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from builder import measure, pages
from builder.language import translator
from builder.model import PageContext, Published
from builder.pages import Sources
from builder.pipeline import Checked
from builder.places import streets
from tests import packages
from tests.two_trees import AREAS as OTHER_AREAS
from tests.two_trees import two_trees


@pytest.fixture(autouse=True)
def every_street_is_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streets, "FEWEST", 1)


def contexts(source: Sources) -> dict[str, PageContext]:
    found = [pages.made(source, key) for key in pages.plan(source)]
    assert len({item.context.head.path for item in found}) == len(found)
    return {item.context.head.path: item.context for item in found}


def street_by_street(published: Published, checked: Checked) -> tuple[int, Mapping[str, PageContext]]:
    """Return the number of shards, and every page, each made with nothing but its own shard."""
    piece, guide = measure.pieces(published, checked.subjects), pages.guide(published.tables)
    rest = piece(published.shards.rest)
    whole = pages.sources(rest, measure.published(rest, checked.subjects), checked.subjects, translator("en"), guide)
    guide = pages.compared(whole)
    found: dict[str, PageContext] = {}
    for shard in published.shards.every:
        part = piece(shard)
        facts = measure.published(part, checked.subjects)
        made = contexts(pages.sources(part, facts, checked.subjects, translator("en"), guide))
        assert not set(made) & set(found), "a page has one shard"
        found |= made
    return len(published.shards.every), found


def compare(checked: Checked, fewest: int) -> None:
    published = packages.published(checked)
    count, found = street_by_street(published, checked)
    whole = contexts(replace(packages.sources(checked), rules=()))
    whole.pop("policy/")  # made from the schemas, not from what is counted
    assert count >= fewest
    assert set(found) == set(whole)
    assert [path for path in whole if found[path] != whole[path]] == []


def test_the_demonstration_street_by_street(tmp_path_factory: pytest.TempPathFactory) -> None:
    compare(packages.demo_checked(tmp_path_factory.getbasetemp()), 3)


def rewritten(path: Path, change: Mapping[str, object], rows: random.Random) -> None:
    """Give each row of a table other values in some columns: `change`: column → what to choose from."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        for name, values in change.items():
            assert isinstance(values, list)
            if rows.random() < 0.5:
                row[name] = rows.choice(values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.nightly) for seed in range(4)])
def test_branches_that_answer_anywhere_and_duties_of_no_grid(
    seed: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = tmp_path / "package"
    shutil.copytree(packages.demo_package(tmp_path_factory.getbasetemp()), package)
    branches = column(package / "branch.csv", "branch_id")
    chance = random.Random(seed)  # noqa: S311 - a test
    rewritten(package / "branch_grid.csv", {"branch_id": branches}, chance)
    grids = ["", *column(package / "grid.csv", "grid_id")]
    rewritten(package / "duty.csv", {"branch_id": branches, "grid_id": grids}, chance)

    compare(packages.checked(package, errors=None), 3)


@pytest.mark.nightly
def test_areas_of_other_trees_which_span_streets(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    two_trees(packages.demo_package(tmp_path_factory.getbasetemp()), tmp_path / "package", seed=7)
    checked = packages.checked(tmp_path / "package")

    compare(checked, 3)

    published = packages.published(checked)
    piece, guide = measure.pieces(published, checked.subjects), pages.guide(published.tables)
    rest = piece(published.shards.rest)
    made = pages.sources(rest, measure.published(rest, checked.subjects), checked.subjects, translator("en"), guide)
    assert {f"area/{code}/" for code in OTHER_AREAS} <= set(contexts(made)), "they are made with the rest"


AREAS = """area_id,name,level,parent_id
990001,演示区,district,
990001001,东街道,street,990001
990001001001,柴米居委会,community,990001001
990001002,西镇,street,990001
"""
GRIDS = ["990001001001001", "990001001001002", "990001002901001", "990001901901001"]


def test_grids_that_lie_in_a_street_or_in_a_topmost_area_itself(tmp_path: Path) -> None:
    areas = [GRIDS[0][:12], GRIDS[1][:12], "990001002", "990001"]
    grid = "grid_id,area_id,name,kind,household_count,opened_date\n" + "".join(
        f"{code},{area},{code[-3:]}格,综合,100,2020-07-01\n" for code, area in zip(GRIDS, areas, strict=True)
    )
    case = "case_id,grid_id,category_id,channel,received_date,resolved_date,stage\n" + "".join(
        f"C{number:06d},{GRIDS[number % 4]},A01,网格巡查,2026-0{1 + number % 9}-10,,办理中\n" for number in range(60)
    )
    tables = {**packages.BRANCH_TABLES, "area": AREAS, "grid": grid, "case": case}
    kept = ("area", "grid", "case_category", "case")
    folder = packages.write_package(tmp_path, {name: tables[name] for name in kept})

    compare(packages.checked(folder, errors=None), 1)
