"""What is told by quarter and year of cases that are not listed, on pages and in data.json: the table, and no more."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from builder import pipeline
from builder.language import translator
from builder.load import site_config
from tests.intake.making import GRIDS, private, public, rows
from tests.packages import ROOT, checked, quiet

PLACES = {"district": "990001", "street": "990001001", "community": "990001001001", "grid": GRIDS[0]}
HIDDEN = {"少于下限": "少于 5", "为保护其他数不公布": "不写"}
KINDS = {"D01": ("物业", "数量公开"), "P01": ("纠纷", "受保护")}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("quarters")
    return public(private(base / "private", seed=4, count=1_000), base / "public")


@pytest.fixture(scope="module")
def site(package: Path) -> Path:
    pipeline.build(checked(package), site_config(ROOT / "mkdocs.yml"), package.parent / "site", quiet)
    return package.parent / "site"


def page(site: Path, level: str) -> str:
    kind = "grid" if level == "grid" else "area"
    return (site / kind / PLACES[level] / "index.html").read_text(encoding="utf-8")


def table(text: str, kind: str) -> list[list[str]]:
    """Return the rows of a table as words: its name first."""
    found = re.search(rf'mg-t-{kind}">.*?</table>', text, re.DOTALL)
    assert found is not None
    body = found[0].partition("<tbody>")[2] or found[0]
    cells = [re.split(r"<t[hd](?=[ >])[^>]*>", row)[1:] for row in body.split("<tr>")[1:]]
    return [[" ".join(html.unescape(re.sub(r"<[^>]*>", " ", cell)).split()) for cell in row] for row in cells]


def statistic(package: Path, place: str, *, quarters: bool) -> dict[tuple[str, str], dict[str, str]]:
    """Return (item, period) → what is told of the cases received in a place."""
    return {
        (row["item"], row["period"]): row
        for row in rows(package, "case_statistic")
        if row["place_id"] == place and row["measure"] == "收到" and ("-" in row["period"]) == quarters
    }


@pytest.mark.parametrize("level", PLACES)
def test_the_table_of_a_page_says_what_the_statistic_says_in_words(level: str, package: Path, site: Path) -> None:
    is_quarterly = level in ("district", "street")
    told = statistic(package, PLACES[level], quarters=is_quarterly)
    shown = {row[0]: row[1:] for row in table(page(site, level), "case-quarter")}
    periods = ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"] if is_quarterly else ["2025"]
    for item, (name, kind) in KINDS.items():
        if level == "grid" and item == "P01":
            assert [line for line in shown if name in line] == []
            continue
        cells = shown[f"{name} {kind}"]
        assert len(cells) == len(periods)
        for period, cell in zip(periods, cells, strict=True):
            row = told.get((item, period))
            word = "不分开写" if row is None else HIDDEN.get(row["status"], row["count"])
            assert cell.endswith(f" {word}"), (item, period, cell)
    said = translator("zh")("Protected categories are counted for communities and larger areas only.")
    assert (said in page(site, level)) == (level == "grid")


def test_small_counts_are_hidden_in_words_somewhere(package: Path, site: Path) -> None:
    cells = [row[1:] for level in PLACES for row in table(page(site, level), "case-quarter")]
    words = {cell.split()[-1] for row in cells for cell in row}
    told = {row["status"] for row in rows(package, "case_statistic")}

    assert {"少于下限", ""} <= told
    assert any(word.isdecimal() for word in words)


def case(site: Path, grid: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "grid" / grid / "data.json").read_text(encoding="utf-8"))["case"]
    return found


def test_data_for_programs_has_the_same_counts_and_says_why_one_is_hidden(package: Path, site: Path) -> None:
    for grid in GRIDS:
        told = statistic(package, grid, quarters=False)
        row = told.get(("D01", "2025"))
        expected = {"count": int(row["count"])} if row else {"count": None, "hidden": "untold"}
        found = case(site, grid)
        assert found["is_partial"] is True
        assert found["ratings"] == []
        assert found["not_listed"] == [
            {"period": "2025", "counts": [{"category_id": "D01", "name": "物业", "kind": "数量公开", **expected}]},
        ]  # fmt: skip


def test_ratings_stand_on_the_pages_of_the_district_and_of_streets_alone(package: Path, site: Path) -> None:
    good = {
        (row["place_id"], row["period"]): row["count"]
        for row in rows(package, "case_statistic") if row["measure"] == "评价满意"
    }  # fmt: skip
    shown = {level: table(page(site, level), "case-rating") if "mg-t-case-rating" in page(site, level) else []
             for level in PLACES}  # fmt: skip

    assert {level for level, lines in shown.items() if lines} == {"district", "street"}
    assert len(shown["district"]) == 4
    for (_, cell), period in zip(shown["district"], ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"], strict=True):
        assert cell.startswith(good["990001", period] or "不公布"), (cell, period)
    assert shown["street"][0][1].startswith(good["990001001", "2025"])


def test_totals_of_a_page_are_those_of_listed_cases_alone(package: Path, site: Path) -> None:
    listed = [row for row in rows(package, "case") if row["received_date"] >= "2025-11-01"]
    for grid in GRIDS:
        assert case(site, grid)["received"] == sum(row["grid_id"] == grid for row in listed)
