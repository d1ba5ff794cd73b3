"""Search in Chinese, in the header of every page: a part of a name, a code or a person finds the grid."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GRID = "320812001001001"


def row(resource: str, **wanted: str) -> dict[str, str]:
    with (ROOT / "datasets" / f"{resource}.csv").open(encoding="utf-8") as source:
        return next(r for r in csv.DictReader(source) if all(r[key] == value for key, value in wanted.items()))


TERM = row("branch_grid", grid_id=GRID, role="主责", to_date="")
CASES = {
    "part of the name": "柴米",
    "the whole name": row("grid", grid_id=GRID)["name"],
    "the code": GRID,
    "the grid worker": row("grid", grid_id=GRID)["worker"],
    "the branch": row("branch", branch_id=TERM["branch_id"])["name"],
}


@pytest.mark.parametrize("start", by_day(["", "about/"], ["about/"]))
@pytest.mark.parametrize("typed", CASES.values(), ids=CASES)
def test_what_people_type_finds_the_grid(browser: Browser, address: str, start: str, typed: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + start)
    page.locator("header [data-mingge-search]").first.click()
    page.keyboard.type(typed)
    link = page.locator(f'#mingge-search a[href$="/grid/{GRID}/"]')
    link.wait_for(timeout=10_000)
    link.click()
    page.wait_for_url(f"**/grid/{GRID}/")
    page.close()


def test_words_that_stand_nowhere_are_answered(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.locator("header [data-mingge-search]").first.click()
    page.keyboard.type("龘靐齉")
    status = page.locator("#mingge-search [role=status]")
    status.get_by_text("没有找到").wait_for(timeout=10_000)
    page.close()


def test_what_was_published_is_found_among_the_texts(browser: Browser, site: Path, address: str) -> None:
    with (ROOT / "datasets/disclosure.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    published = next(row for row in rows if (site / "disclosure" / row["disclosure_id"]).is_dir())
    page = browser.new_page()
    page.goto(address)
    page.fill("#find", published["title"])
    texts = page.locator('.mingge-find a[href*="/disclosure/"]')
    texts.first.wait_for(timeout=20_000)
    page.close()
