"""Linked data in a page is data: the site's policy has nothing against it, and a browser runs nothing of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WATCH = "window.broken = []; addEventListener('securitypolicyviolation', event => broken.push(event.violatedDirective))"


@pytest.mark.parametrize("kind", ["grid", "branch", "area", "data"])
def test_the_policy_of_the_site_has_nothing_against_a_data_block(
    kind: str, site: Path, address: str, browser: Browser
) -> None:
    path = "data/" if kind == "data" else f"{kind}/{sorted(item.name for item in (site / kind).iterdir())[0]}/"
    assert "Content-Security-Policy" in (site / path / "index.html").read_text(encoding="utf-8")
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(address + path)
    blocks = page.locator('script[type="application/ld+json"]').all_text_contents()

    assert [json.loads(block)["@context"] for block in blocks] == ["https://schema.org"]
    assert page.evaluate("broken") == []
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.ran = 1'")
    page.wait_for_function("broken.length")  # a script would be seen
    assert page.evaluate("window.ran") is None
    page.close()
