"""Every kind of page walked with the keyboard alone: all that is seen is reached, nothing unseen takes the focus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility.kinds import largest
from tests.browser.accessibility.states import DIALOGS, Dialog, closed, offered, opened
from tests.browser.accessibility.walking import prepare, walked
from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GRID = "grid/320812001001001/"
SIZES = (360, 1280)


def arrived(browser: Browser, address: str, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    prepare(page)
    return page


def summary(found: dict[str, list[str]]) -> str:
    """Return a line for each fault, with the pages that have it."""
    places: dict[str, list[str]] = {}
    for where, faults in found.items():
        for fault in dict.fromkeys(faults):
            places.setdefault(fault, []).append(where)
    return "\n".join(f"{fault} | {len(where)} pages: {', '.join(where[:4])}" for fault, where in places.items())


@pytest.mark.parametrize("width", by_day(SIZES, SIZES[:1]))
def test_all_that_is_seen_of_a_grid_is_reached_and_nothing_else(browser: Browser, address: str, width: int) -> None:
    page = arrived(browser, address + GRID, width)
    assert walked(page) == []
    page.context.close()


@pytest.mark.nightly
@pytest.mark.parametrize("folds", ["closed", "open"])
@pytest.mark.parametrize("width", SIZES)
def test_all_that_is_seen_is_reached_and_nothing_else(
    browser: Browser, site: Path, address: str, width: int, folds: str
) -> None:
    page, found = arrived(browser, address, width), {}
    for kind, path in largest(site).items():
        page.goto(address + path)
        prepare(page)
        if folds == "open":
            page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        found[kind] = walked(page)
    page.context.close()
    assert not (left := summary(found)), left


def dialog_faults(page: Page, dialog: Dialog) -> list[str]:
    """Open it, walk round in it, leave it with Escape: return what was wrong."""
    opened(page, dialog)
    faults = []
    if not page.evaluate("box => document.querySelector(box).matches(':modal')", dialog.box):
        faults.append("does not keep the page behind it from the keyboard")
    if not page.evaluate("box => document.querySelector(box).contains(document.activeElement)", dialog.box):
        faults.append("does not take the focus")
    faults += walked(page, dialog.box)
    closed(page, dialog)
    if not page.evaluate("opener => document.activeElement.matches(opener)", dialog.opener):
        faults.append("does not give the focus back to what opened it")
    return faults


@pytest.mark.parametrize("width", by_day(SIZES, SIZES[:1]))
def test_a_dialog_holds_the_focus_and_gives_it_back(browser: Browser, address: str, width: int) -> None:
    page = arrived(browser, address + GRID, width)
    found = {name: dialog_faults(page, dialog) for name, dialog in offered(page).items()}
    page.context.close()
    assert not (left := summary(found)), left
    if width == SIZES[0]:
        assert set(found) == set(DIALOGS)


@pytest.mark.nightly
@pytest.mark.parametrize("width", SIZES)
def test_every_dialog_of_every_kind_of_page_holds_the_focus(
    browser: Browser, site: Path, address: str, width: int
) -> None:
    page = arrived(browser, address, width)
    found: dict[str, list[str]] = {}
    for kind, path in largest(site).items():
        page.goto(address + path)
        prepare(page)
        found |= {f"{kind} {name}": dialog_faults(page, dialog) for name, dialog in offered(page).items()}
    page.context.close()
    assert not (left := summary(found)), left


@pytest.mark.parametrize("path", ["", GRID, "about/", "404.html"])
def test_the_first_stop_leads_past_the_header_to_the_text(browser: Browser, address: str, path: str) -> None:
    page = arrived(browser, address + path, 360)
    page.keyboard.press("Tab")
    first = page.evaluate(
        "({text: document.activeElement.innerText.trim(), shown: walk.isShown(document.activeElement),"
        " next: document.body.firstElementChild.contains(document.activeElement)})"
    )
    assert first == {"text": "跳到正文", "shown": True, "next": True}
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()
