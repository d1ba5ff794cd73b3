"""A site to which no data comes says so on every page, from the reader's own calendar."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import packages
from tests.browser.plain_server import served
from tests.sharing import by_day
from tests.site.addresses import AS_OF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

PAGES = ("", "grid/990001001001001/", "about/", "dictionary/", "404.html", "overdue/")
SAID = "很久没有新数据 这里没有比 2026-10-31 更新的数据，已经过去 {} 天，情况可能已经变了。"


@pytest.fixture(scope="module")
def address(public_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of real data, as a package says that is no demonstration."""
    folder = tmp_path_factory.mktemp("stale")
    package = Path(shutil.copytree(public_package, folder / "package"))
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"] |= {"demonstration": False, "as_of": AS_OF}
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    packages.build(package, folder / "site")
    with served(folder / "site") as host:
        yield host


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(timezone_id="Asia/Shanghai", viewport={"width": 360, "height": 780})
    yield context
    context.close()


def shown(context: BrowserContext, address: str, now: str) -> str:
    """Return the notice of a page at a time in China, "" where there is none to be seen."""
    page = context.new_page()
    page.clock.set_fixed_time(f"{now}+08:00")
    page.goto(address)
    notice = page.locator("[data-mingge-stale]")
    text = " ".join(notice.inner_text().split()) if notice.is_visible() else ""
    page.close()
    return text


@pytest.mark.parametrize("path", by_day(PAGES, ("", "about/", "404.html")))
def test_every_page_says_it(path: str, address: str, context: BrowserContext) -> None:
    assert shown(context, address + path, "2027-02-08T12:00:00") == SAID.format(100)


@pytest.mark.parametrize(
    ("days", "hour", "text"),
    [(29, 23, ""), (30, 1, SAID.format(30)), (30, 23, SAID.format(30)), (0, 12, ""), (-20_000, 12, "")],
)
def test_days_are_those_of_the_readers_calendar(
    days: int, hour: int, text: str, address: str, context: BrowserContext
) -> None:
    now = datetime.fromisoformat(AS_OF) + timedelta(days, hours=hour)
    assert shown(context, address, now.isoformat()) == text


def test_without_a_script_the_days_are_there_to_be_read(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator("[data-mingge-stale]").is_visible()
    footer = " ".join(page.locator(".mingge-footer__site").inner_text().split())
    context.close()
    assert footer.endswith(f"数据截至 {AS_OF} 最近一次新数据 {AS_OF}")
