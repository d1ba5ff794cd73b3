"""`mingge serve` in a real browser: under the policy of the real site, a page still reloads when its source changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_serve import Local, local

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["local"]

pytestmark = pytest.mark.browser


@pytest.mark.nightly
def test_a_page_reloads_by_itself_and_nothing_is_said_in_the_console(browser: Browser, local: Local) -> None:
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"http://localhost:{local.port}/about/")
    page.evaluate("window.before = true")
    time.sleep(4)  # livereload takes what changes within three seconds for one change
    deadline = time.monotonic() + 20
    while page.evaluate("window.before === true") and time.monotonic() < deadline:
        (local.folder / "data.csv").write_text(f"a\n{time.time()}\n", encoding="utf-8")
        page.wait_for_timeout(500)
    is_reloaded = not page.evaluate("window.before === true")
    page.close()

    assert (is_reloaded, said) == (True, [])
