"""A page that is open while a release comes: all it asks for is of its own release."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder import pipeline
from builder.load import site_config
from builder.publish import Folder, Order, publish
from tests import packages
from tests.browser.web_server import nginx_on_target

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.nightly]


def test_a_page_that_was_opened_before_a_release_searches_in_its_own(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    base = tmp_path_factory.getbasetemp()
    first, target = packages.demo_site(base), Folder(tmp_path / "target")
    second = packages.checked(packages.demo_package(base), date(2026, 11, 1))
    pipeline.build(second, site_config(packages.ROOT / "mkdocs.yml"), tmp_path / "second", packages.quiet)
    publish(first, target, Order())
    with nginx_on_target(tmp_path / "target", tmp_path, first) as root:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page, asked, said = context.new_page(), [], []
        page.on("response", lambda answer: asked.append((answer.status, answer.url.removeprefix(root))))
        page.on("console", lambda message: said.append(message.text))
        page.goto(root)
        publish(tmp_path / "second", target, Order())
        page.locator("header [data-mingge-search]").first.click()
        page.locator("#mingge-search-input").fill("柴米")
        page.locator("#mingge-search [role=status]").filter(has_text=re.compile("[1-9]")).wait_for()
        button = page.get_by_role("button", name=re.compile("也在说明"))
        if button.count():
            button.first.click()
            page.wait_for_timeout(1500)
        loaded = {url for _, url in asked if url}
        editions = {url.split("/")[1] for url in loaded if "find/" in url or "pagefind/" in url}
        assert {status for status, _ in asked} == {200}
        assert any("pagefind/pagefind.js" in url for url in loaded)
        assert len(editions) == 1
        assert (first / "assets" / editions.pop()).is_dir()
        page.locator("#mingge-search-results a").first.click()
        assert page.locator("h1").count() == 1
        assert said == []
        context.close()
