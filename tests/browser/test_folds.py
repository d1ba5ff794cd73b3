"""Pages of grids are short, and everything that is folded in them is found by its name, with and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.bench.heights import grids, heights

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FOLD = "details.mg-fold[id]"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def fullest(site: Path) -> str:
    """Return the path of the grid with the most folds that have a name."""
    def folds(path: str) -> int:
        return len(re.findall(r'<details class="mg-fold" id=', (site / path / "index.html").read_text("utf-8")))

    return max(grids(site, 10), key=folds)


def test_a_named_fold_is_open_to_whoever_follows_a_link_to_it(page: Page, address: str, site: Path) -> None:
    path = fullest(site)
    page.goto(address + path)
    names = page.eval_on_selector_all(FOLD, "folds => folds.map(fold => fold.id)")
    assert {"duty-late", "duty-on-time", "case-on-time"} <= set(names)
    for name in names:
        page.goto(f"{address}{path}#{name}")
        assert page.locator(f"#{name} > :not(summary)").first.is_visible(), name
        top = page.locator(f"#{name} > summary").bounding_box()
        assert top is not None
        assert -1 <= top["y"] < 740, name


def test_no_grid_of_some_is_longer_than_it_may_be(plain: Page, address: str, site: Path) -> None:
    found = [sizes["page"] for sizes in heights(plain, address, grids(site, 20)).values()]
    assert (median(found) <= 4_000, max(found) <= 6_000) == (True, True), sorted(found)


@pytest.mark.nightly
def test_no_grid_is_longer_than_it_may_be(plain: Page, address: str, site: Path) -> None:
    found = [sizes["page"] for sizes in heights(plain, address, grids(site)).values()]
    assert (median(found) <= 4_000, max(found) <= 6_000) == (True, True), sorted(found)[-5:]


def test_text_in_a_chart_is_as_large_as_it_must_be_on_a_telephone(plain: Page, address: str, site: Path) -> None:
    sizes = {}
    for path in ("area/320812/", fullest(site), "branch/B32081200100101/"):
        plain.set_viewport_size({"width": 360, "height": 740})
        plain.goto(address + path)
        found = plain.evaluate(
            """() => {
              document.querySelectorAll("details").forEach(fold => { fold.open = true; });
              return [...document.querySelectorAll(".mg-chart svg")].flatMap(svg => {
                const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                return [...svg.querySelectorAll("text")].map(
                  text => parseFloat(getComputedStyle(text).fontSize) * scale);
              });
            }"""
        )
        sizes[path] = min(found)
    assert [path for path, size in sizes.items() if size < 14] == [], sizes


def test_no_figure_of_a_block_is_broken_across_lines(plain: Page, address: str, site: Path) -> None:
    broken = {}
    for width in (320, 360, 768, 1280):
        plain.set_viewport_size({"width": width, "height": 740})
        for path in ("area/320812/", "area/320812001/", fullest(site)):
            plain.goto(address + path)
            broken[width, path] = plain.evaluate(
                r"""() => {
                  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
                  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
                  const found = [];
                  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (node.parentElement.closest("svg, .mg-formula, .mg-text")) continue;
                    for (const match of node.data.matchAll(/[\d.,]*\d|[A-Za-z]{2,}/g)) {
                      const range = document.createRange();
                      range.setStart(node, match.index);
                      range.setEnd(node, match.index + match[0].length);
                      const tops = [...range.getClientRects()].map(box => Math.round(box.top));
                      if (new Set(tops).size > 1) found.push(match[0]);
                    }
                  }
                  return found;
                }"""
            )
    assert {key: found for key, found in broken.items() if found} == {}
