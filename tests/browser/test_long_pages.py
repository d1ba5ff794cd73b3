"""No page that people read is longer than ten screens of a phone, and nothing invisible takes the focus there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_pages import GRID

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.nightly]

LONGEST = 8_000
FOLDERS = ("grid/*/records/**", "branch/*/records/**", "area/*/records/**", "branch/*/disclosures", "overdue/**",
           "assessment/**")  # fmt: skip
SINGLE = ("quality/", "policy/", "dictionary/", "checks/", "data/", "coverage/", "catalogue/", "about/", "reading/")

UNSEEN = """() => [...document.querySelectorAll("main :is(a[href], button, input, summary, [tabindex='0'])")]
  .filter(item => item.checkVisibility({visibilityProperty: true}))
  .filter(item => { const box = item.getBoundingClientRect(); return box.width < 2 || box.height < 2
    || item.closest("thead") && getComputedStyle(item.closest("thead")).position === "absolute"; })
  .map(item => item.outerHTML.slice(0, 80))"""
"""What can take the focus and cannot be seen: clipped to nothing, or in the clipped head of a table."""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def largest(site: Path, pattern: str, most: int = 3) -> list[str]:
    """Return the paths of the largest pages below a pattern."""
    found = sorted(site.glob(f"{pattern}/index.html"), key=lambda path: -path.stat().st_size)
    return [path.parent.relative_to(site).as_posix() + "/" for path in found[:most]]


def test_the_longest_pages_of_every_kind_are_no_longer_than_ten_screens(phone: Page, site: Path, address: str) -> None:
    paths = [path for pattern in FOLDERS for path in largest(site, pattern)]
    assert len(paths) >= 12
    heights = {}
    for path in (*paths, *SINGLE):
        phone.goto(address + path)
        heights[path] = phone.evaluate("document.documentElement.scrollHeight")
    assert {path: height for path, height in heights.items() if height > LONGEST} == {}


def test_nothing_in_the_head_of_a_table_takes_the_focus_unseen(phone: Page, address: str) -> None:
    for path in ("area/320812/", "area/320812001/", "area/320812001001/", "overdue/", f"grid/{GRID}/", "data/"):
        phone.goto(address + path)
        phone.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        assert phone.evaluate(UNSEEN) == [], path


def test_a_link_to_a_fold_arrives_at_it_and_its_rows_are_one_tap_away(phone: Page, address: str) -> None:
    phone.goto(f"{address}overdue/320812001/")
    fold = phone.locator("details[id^=grid-]").first
    anchor = fold.get_attribute("id")
    phone.goto(f"{address}overdue/320812001/#{anchor}")
    assert fold.bounding_box() is not None
    assert 0 <= fold.bounding_box()["y"] < 800  # type: ignore[index]
    fold.locator("summary").first.click()
    assert fold.locator("tbody tr").first.is_visible()


def test_the_row_of_the_page_itself_stands_out_among_its_neighbours(phone: Page, address: str) -> None:
    phone.goto(f"{address}area/320812001001/")
    phone.locator("#siblings ~ details > summary").click()
    own = phone.locator("tr[aria-current=page]")
    assert own.count() == 1
    other = phone.locator("#siblings ~ details tbody tr:not([aria-current])").first
    style = "item => getComputedStyle(item).borderTopWidth + getComputedStyle(item).backgroundColor"
    assert own.evaluate(style) != other.evaluate(style)
    assert own.locator("a").first.get_attribute("href") == "../../area/320812001001/"
