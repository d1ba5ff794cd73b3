"""What a page may cost a reader. The figures are printed by `python -m tests.bench.pages SITE`."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench import pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

GRID = "grid/320812001001001/"
FIRST_VIEW = 46_000
FIRST_SEARCH = 150_000
BLOCKING = 50


def test_the_first_view_of_the_heaviest_grid_is_46_kilobytes_at_most(
    browser: Browser, address: str, site: Path
) -> None:
    heaviest = max(site.glob("grid/*/index.html"), key=lambda path: len(gzip.compress(path.read_bytes(), 9)))
    view = pages.cost(browser, f"{address}grid/{heaviest.parent.name}/")

    assert {name.rpartition("/")[2] for name in view.files} >= {"site.css", "site.js", "early.js"}
    assert view.size <= FIRST_VIEW, sorted(view.files.items())


def test_no_script_of_the_theme_reaches_a_page(browser: Browser, address: str) -> None:
    scripts = {name.removeprefix(address) for name in pages.cost(browser, address).files if name.endswith(".js")}
    assert {name.rpartition("/")[2] for name in scripts} == {"early.js", "site.js"}


def test_the_first_search_is_150_kilobytes_at_most(browser: Browser, address: str) -> None:
    assert 0 < pages.search(browser, address + GRID, "柴米") <= FIRST_SEARCH


@pytest.mark.nightly
def test_scripts_do_not_block_a_slow_phone(browser: Browser, address: str) -> None:
    assert pages.cost(browser, address + GRID, pages.VISITS, pages.SLOWER).blocking <= BLOCKING
