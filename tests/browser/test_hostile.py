"""Whatever stands in a cell, a browser shows it as text: no script, no dialog, no request to anybody else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests import packages
from tests.browser.hostile import PAYLOADS, plant
from tests.browser.plain_server import served
from tests.site.addresses import files, urls

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

pytestmark = pytest.mark.browser

ACTING = r"""() => [...document.querySelectorAll('*')].flatMap(item => [
  ...[...item.attributes].filter(({name, value}) => name.startsWith('on') || name === 'srcdoc'
    || /^\s*(javascript|vbscript|data):/i.test(value)).map(({name}) => `${item.localName}[${name}]`),
  ...(/^(iframe|object|embed|base|template|math|style|mark)$/.test(item.localName)
    && !item.matches('.mingge-result__excerpt > mark') ? [item.localName] : []),
  ...(item.localName === 'script' && !item.src && item.type !== 'application/ld+json' ? ['script'] : [])])"""
"""What no page of ours has once it is loaded; a text that became markup would. `style`: scripts may set it."""

CODE = re.compile(r"[A-Z]?[0-9]{6,}")
MOST = 1
"""Pages of a kind, the largest: the rest of them is for the night."""


class Met(NamedTuple):
    """What a browser told about a site: dialogs, errors, requests to others."""

    dialogs: list[str]
    errors: list[str]
    outside: list[str]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a package in which every public text cell is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    package, planted = plant(packages.demo_package(tmp_path_factory.getbasetemp()), folder / "package")
    assert len(planted) > 40
    packages.build(package, folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def root(hostile: Path) -> Iterator[str]:
    """The hostile site on a host that sends no headers: what holds then stands in the pages."""
    with served(hostile) as host:
        yield host


UNPUBLISHED = ("/release.json", "/log/checkpoint")
"""What the page that verifies a site asks for, and only a release has. The browser notes that, sooner or later."""


@pytest.fixture
def met(page: Page, root: str) -> Met:
    return watched(page, root)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def watched(page: Page, root: str) -> Met:
    found = Met([], [], [])

    def told(dialog: Dialog) -> None:
        found.dialogs.append(dialog.message)
        dialog.dismiss()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith(UNPUBLISHED):
            found.errors.append(f"{page.url}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((root, "data:image/svg+xml")):
            found.outside.append(request.url)

    page.on("dialog", told)
    page.on("console", said)
    page.on("pageerror", lambda error: found.errors.append(f"{page.url}: {error}"))
    page.on("request", asked)
    return found


def kinds(site: Path) -> dict[str, list[str]]:
    """Return the pages of each kind, the largest first."""
    found: dict[str, list[str]] = {}
    for path in sorted(urls(site), key=lambda path: -(site / path / "index.html").stat().st_size):
        if (site / path).is_dir():
            found.setdefault(CODE.sub("*", path), []).append(path)
    return {kind: found[kind] for kind in sorted(found)}


@pytest.mark.parametrize("most", [MOST, pytest.param(None, marks=pytest.mark.nightly)])
def test_every_kind_of_page_shows_hostile_cells_as_text(
    most: int | None, hostile: Path, root: str, page: Page, met: Met
) -> None:
    acting, paths = {}, ["404.html", *(path for group in kinds(hostile).values() for path in group[:most])]
    assert len(kinds(hostile)) > 25
    for path in paths:
        page.goto(root + path)
        acting[path] = page.evaluate(ACTING)

    assert {path: items for path, items in acting.items() if items} == {}
    assert met == Met([], [], [])


def test_each_kind_of_hostile_text_is_on_some_page_and_can_be_read_there(hostile: Path) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for name, path in files(hostile).items() if name.endswith("html"))

    assert [text for text in PAYLOADS if html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
            not in pages] == []  # fmt: skip


def test_what_is_found_is_shown_as_text(root: str, page: Page, met: Met) -> None:
    page.goto(root)
    page.locator("header [data-mingge-search]").first.click()
    shown = set()
    for words in ("alert", "script", "onerror", "evil", "svg", "mark", "99000100100100", "B990001"):
        page.locator("#mingge-search-input").fill(words)
        page.locator("#mingge-search [role=status]").filter(has_text=re.compile("[0-9]|没有")).wait_for()
        page.wait_for_timeout(300)
        shown |= set(page.locator("#mingge-search-results li").all_inner_texts())
        assert page.evaluate(ACTING) == []
    assert any("<script" in text or "onerror" in text for text in shown)
    assert met == Met([], [], [])


def test_data_opened_by_itself_runs_nothing(hostile: Path, root: str, page: Page, met: Met) -> None:
    for name in files(hostile):
        if name.endswith(".json") and (name.startswith("data/") or name.count("/") < 3):
            page.goto(root + name)
    assert (met.dialogs, met.outside) == ([], [])


def test_what_gets_past_the_escaping_does_nothing_and_is_noticed_here(root: str, page: Page, met: Met) -> None:
    page.goto(root)
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(f"{request.url} {request.failure}"))
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=assets/images/logo.svg onload=alert(1)>"
        "<img src=//evil.example/a.png><p style=color:red>x</p>')"
    )
    page.wait_for_timeout(300)
    assert page.evaluate(ACTING) == ["img[onload]"]
    assert (met.dialogs, len(met.errors) >= 3) == ([], True)
    assert met.outside == ["http://evil.example/a.png"]  # noticed, and not sent:
    assert refused == ["http://evil.example/a.png csp"]
