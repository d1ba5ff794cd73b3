"""A site behind a real nginx: every file has its headers, pages work under them, and nothing else can run."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from builder.cli import servers
from tests import packages
from tests.browser.web_server import nginx
from tests.site.addresses import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser

HOSTILE_SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>top.document.title = "run"; alert(1)</script></svg>'
HOSTILE_XML = '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(2)</x:script>'
PLANTED = {
    "planted.svg": HOSTILE_SVG, "planted.xml": HOSTILE_XML, "planted.json": "<script>alert(3)</script>",
    "planted.png": "<script>alert(4)</script>", "planted.txt": "<html><script>alert(5)</script></html>",
    "planted.pdf": "<html><script>alert(6)</script></html>", "planted.csv": "<html><script>alert(7)</script></html>",
    "planted.unknown": "<html><script>alert(8)</script></html>",
    "planted.html": "<!doctype html><html><body onload=alert(9)><script>alert(10)</script></body></html>",
}  # fmt: skip
"""What somebody might have got past every check."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = packages.demo_site(tmp_path_factory.getbasetemp())
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("served") / "site"))
    for name, text in PLANTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


def answer(root: str, path: str, method: str = "GET") -> tuple[int, dict[str, str]]:
    line = http.client.HTTPConnection(urlsplit(root).netloc, timeout=10)
    line.request(method, "/" + path)
    found = line.getresponse()
    headers = dict(found.getheaders())
    line.close()
    return found.status, headers


def test_every_file_is_sent_with_the_headers_and_the_type_that_the_build_states(site: Path, root: str) -> None:
    stated, wrong = servers.read(site), {}
    paths = [path for path in files(site) if not path.startswith(".")]
    assert len({Path(path).suffix for path in paths}) > 8
    for path in paths:
        status, sent = answer(root, path)
        kind = stated.types.get(path.rpartition(".")[2], "application/octet-stream")
        expected = {"Content-Type": kind, **stated.headers(path)}
        if status != 200 or {name: sent.get(name) for name in expected} != expected:
            wrong[path] = (status, sent)
    assert wrong == {}


@pytest.mark.parametrize(
    "pattern", ["index.html", "assets/*/site.css", "assets/*/site.js", "find/data.json", "assets/*/find/data.json"]
)
def test_what_is_text_is_sent_compressed(site: Path, root: str, pattern: str) -> None:
    (path,) = site.glob(pattern)
    line = http.client.HTTPConnection(urlsplit(root).netloc, timeout=10)
    line.request("GET", f"/{path.relative_to(site)}", headers={"Accept-Encoding": "gzip"})
    found = line.getresponse()
    line.close()
    assert (found.status, found.getheader("Content-Encoding"), found.getheader("Vary")) == (
        200, "gzip", "Accept-Encoding",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("", "GET", 200), ("about", "GET", 301), ("nowhere/", "GET", 404), (".mingge-site", "GET", 404), ("", "POST", 403),
     ("data/", "HEAD", 200), ("assets/", "GET", 403)],
)  # fmt: skip
def test_answers_that_are_no_files_carry_the_headers_of_a_page(root: str, path: str, method: str, status: int) -> None:
    found, sent = answer(root, path, method)
    assert found == status
    assert "default-src 'none'; script-src 'self'" in sent["Content-Security-Policy"]
    assert (sent["X-Content-Type-Options"], sent["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert sent["Server"] == "nginx"


def test_what_is_no_page_of_ours_runs_nothing(root: str, page: Page) -> None:
    from playwright.sync_api import Error

    dialogs: list[str] = []

    def told(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    saved = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    for name in PLANTED:
        with suppress(Error):  # what is saved and not shown ends a navigation
            page.goto(root + name)
        page.wait_for_timeout(100)
    assert {"planted.pdf", "planted.csv", "planted.unknown"} <= set(saved)
    assert dialogs == []


def test_a_site_under_its_headers_works_and_says_nothing_in_the_console(root: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} {message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((root, "data:image/svg+xml")) else said.append(r.url))
    for path in ("", "about/", "metrics/", "dictionary/", "data/", "assessment/", "area/990001/", "404.html"):
        page.goto(root + path)
    page.goto(root)
    page.locator("header [data-mingge-search]").first.click()
    page.locator("#mingge-search-input").fill("柴米")
    page.locator("#mingge-search [role=status]").filter(has_text=re.compile("[1-9]")).wait_for()
    assert page.locator("#mingge-search-results li").count() > 0
    assert said == []


def test_a_site_keeps_nothing_but_the_colours_that_it_is_shown_in(root: str, page: Page) -> None:
    def kept() -> object:
        return page.evaluate(
            "async () => ({local: Object.keys(localStorage), session: Object.keys(sessionStorage),"
            " cookie: document.cookie, databases: (await indexedDB.databases()).length,"
            " caches: self.caches ? (await caches.keys()).length : 0,"
            " workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0})"
        )

    only = {"local": [], "session": [], "cookie": "", "databases": 0, "caches": 0, "workers": 0}
    for path in ("", "about/", "area/990001/", "data/"):
        page.goto(root + path)
    page.locator("header [data-mingge-search]").first.click()
    page.locator("#mingge-search-input").fill("柴米")
    page.locator("#mingge-search [role=status]").filter(has_text=re.compile("[1-9]")).wait_for()
    page.keyboard.press("Escape")
    assert kept() == only
    page.locator("header [data-mingge-colours]").click()

    assert kept() == {**only, "local": ["/colours"]}
    assert page.evaluate("localStorage.getItem('/colours')") == "dark"
    assert page.evaluate("document.documentElement.dataset.minggeColours") == "dark"
    assert page.context.cookies() == []
