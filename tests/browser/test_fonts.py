"""Which fonts come first follows the language of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CSS = Path(__file__).parents[2] / "templates" / "theme" / "assets" / "stylesheets" / "theme.css"
FIRST = {"zh": '"PingFang SC"', "zh-Hant": '"PingFang SC"', "en": "system-ui", "fr": "system-ui"}


@pytest.mark.parametrize(("language", "first"), FIRST.items(), ids=FIRST)
def test_chinese_fonts_come_first_on_chinese_pages_alone(browser: Browser, language: str, first: str) -> None:
    page = browser.new_page()
    page.set_content(f'<!doctype html><html lang="{language}"><style>{CSS.read_text("utf-8")}</style><p>A</html>')
    fonts = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--md-text-font')")
    page.close()

    assert fonts.split(",")[0].strip() == first
    assert ("Noto Sans CJK SC" in fonts) == language.startswith("zh")
