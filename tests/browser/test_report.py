"""The report as a page, judged by engines that judge the site: at two sizes, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from builder import report
from tests.browser.accessibility import engines
from tests.report import golden

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report.as_html(golden.document()), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_three_engines_hold_nothing_against_the_report_and_it_is_as_wide_as_the_screen(
    width: int, scheme: Scheme, page_file: Path, browser: Browser
) -> None:
    engines.require()
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [fault for fault in engines.judged(page) if fault.rule.startswith("axe")] == []
    assert asked == [page_file.as_uri()]
    page.close()
