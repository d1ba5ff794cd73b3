"""A map walked with the keyboard, and a position looked up in the browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.plain_server import Quiet
from tests.shaped import EAST, HOLE, INSIDE, SIDE
from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DENIED: list[str] = []


@pytest.fixture(scope="module")
def shaped(shaped_site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(shaped_site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def opened(
    browser: Browser, address: str, place: tuple[float, float] | None = None, accuracy: float = 10
) -> Iterator[Page]:
    """Open a page, at a place if its reader lets the browser tell."""
    options: dict[str, Any] = {"permissions": ["geolocation"] if place else DENIED}
    if place:
        options["geolocation"] = {"longitude": place[0], "latitude": place[1], "accuracy": accuracy}
    context = browser.new_context(viewport={"width": 360, "height": 800}, **options)
    try:
        page = context.new_page()
        page.goto(address)
        yield page
    finally:
        context.close()


FOUND = "main .mingge-find__results"
"""The finder takes what was found and lists it."""


def located(page: Page) -> list[str]:
    """Ask for the position and return the lines of the answer."""
    page.click("[data-mingge-locate]")
    page.wait_for_selector("[data-mingge-locate]:not([disabled])")
    status = page.inner_text(".mg-locate [role=status]")
    return [status, *page.eval_on_selector_all(f"{FOUND} li", "items => items.map((item) => item.textContent)")]


@pytest.mark.parametrize(
    ("place", "accuracy", "expected"),
    [
        (INSIDE, 10, [("第一网格", "您就在这里")]),
        (HOLE, 10, [("第一网格", "您不在任何一个里面。这是最近的一个，离您 90 m")]),
        (EAST, 10, [("第三网格", "您不在任何一个里面。这是最近的一个，离您 1.9 km")]),
        ((119.0 + SIDE - 0.0001, 33.605), 50, [("第一网格", "您就在这里。 离边界 10 m，而定位只准到 50 m"),
                                                 ("第二网格", "离边界 10 m，而定位只准到 50 m")]),
    ],
)  # fmt: skip
def test_the_place_around_the_reader_is_found_or_the_nearest_one(
    browser: Browser, shaped: str, place: tuple[float, float], accuracy: float, expected: list[tuple[str, str]]
) -> None:
    with opened(browser, shaped, place, accuracy) as page:
        status, *found = located(page)

        assert status == "找到了您的位置。"
        assert len(found) == len(expected)
        for line, (name, note) in zip(found, expected, strict=True):
            assert name in line
            assert note in line
        page.click(f"{FOUND} li a")
        assert "/grid/" in page.url


def test_a_position_is_sent_nowhere(browser: Browser, shaped: str) -> None:
    with opened(browser, shaped, INSIDE) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        located(page)

        # what the finder looks through comes by itself
        edition = page.evaluate("new URL(document.getElementById('mingge-search').dataset.edition, location).href")
        assert edition.startswith(f"{shaped}assets/")
        assert {url for url in asked if not url.endswith("favicon.svg")} <= {
            f"{edition}map/areas.json", f"{edition}find/data.json",
        }  # fmt: skip
        assert [url for url in asked if str(INSIDE[0])[:6] in url or str(INSIDE[1])[:5] in url] == []


def test_who_does_not_tell_a_position_is_told_what_to_do(browser: Browser, shaped: str) -> None:
    with opened(browser, shaped) as page:
        (status,) = located(page)

        assert status.startswith("浏览器没有得到使用位置的许可")


def test_who_takes_the_answer_shows_it(browser: Browser, shaped: str) -> None:
    with opened(browser, shaped, INSIDE) as page:
        page.evaluate(
            "document.addEventListener('mingge:found',"
            " (event) => { event.preventDefault(); window.got = event.detail; })"
        )
        located(page)
        assert page.locator(".mg-locate li").count() == 0
        (found,) = page.evaluate("window.got")

        assert sorted(found) == ["label", "note", "path"]
        assert found["path"].startswith("grid/")


def test_each_place_of_a_map_is_reached_with_the_keyboard_and_seen_to_be(browser: Browser, shaped: str) -> None:
    with opened(browser, f"{shaped}map/") as page:
        plain = page.evaluate("getComputedStyle(document.querySelector('.mg-map a path')).strokeWidth")
        page.evaluate("document.querySelector('.mg-map').previousElementSibling.querySelector('a').focus()")
        seen = []
        for _ in range(3):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(
                "(() => { const at = document.activeElement; const path = at.querySelector('path');"
                " return [at.querySelector('title')?.textContent, getComputedStyle(path).strokeWidth,"
                " getComputedStyle(path).fill]; })()"
            ))  # fmt: skip
        page.keyboard.press("Enter")
        page.wait_for_url("**/grid/**")

    assert len({name for name, _, _ in seen}) == 3
    assert all(name and "：" in name for name, _, _ in seen)
    assert {(width, fill) for _, width, fill in seen} == {("4px", "rgb(255, 213, 74)")}
    assert plain == "1px"


def test_a_screen_reader_is_told_of_each_place_as_a_link_with_its_figure(browser: Browser, shaped: str) -> None:
    with opened(browser, f"{shaped}map/") as page:
        group = page.get_by_role("group", name=page.inner_text("#map"))
        names = group.get_by_role("link").evaluate_all("items => items.map((item) => item.textContent.trim())")

        assert len(names) == 3
        for name in names:
            assert group.get_by_role("link", name=name, exact=True).count() == 1


@pytest.mark.parametrize("width", by_day([320, 360, 1280], [320]))
def test_a_map_is_as_wide_as_its_page_and_no_wider(browser: Browser, shaped: str, width: int) -> None:
    with opened(browser, f"{shaped}map/") as page:
        page.set_viewport_size({"width": width, "height": 800})
        drawn, whole = page.evaluate(
            "[document.querySelector('.mg-map').getBoundingClientRect().right, document.documentElement.scrollWidth]"
        )

        assert whole == width
        assert drawn <= width
