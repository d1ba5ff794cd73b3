"""Names in a language with word endings are found by how they begin: “Holly” is not the word “holly”."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from builder.model import Search
from builder.site import search

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NAMES = ("Hollywood Hills", "Valley Glen", "Arleta", "Reseda Cities")
ASK = """words => import("/pagefind/pagefind.js").then(async engine => {
  await engine.init();
  const { results } = await engine.search(words);
  return (await Promise.all(results.map(hit => hit.data()))).map(data => data.meta.title);
})"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: a test's output is its result."""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an English site on which nothing but names can be found."""
    folder = tmp_path_factory.mktemp("names")
    target = folder / "site"
    (target / "about").mkdir(parents=True)
    html = '<!doctype html><html lang="en"><body><main data-pagefind-body>Measured and told</main></body></html>'
    for path in ("index.html", "about/index.html"):
        (target / path).write_text(html, "utf-8")
    with search.opened(target, "en", folder / "scratch") as index:
        index.fill([(f"grid/{n}/", Search(name, "", name)) for n, name in enumerate(NAMES)], target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(target)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


FOUND = {
    "holly": ["Hollywood Hills"],
    "Holly": ["Hollywood Hills"],
    "hollywood": ["Hollywood Hills"],
    "Val": ["Valley Glen"],
    "valley": ["Valley Glen"],
    "citi": ["Reseda Cities"],
    "cities": ["Reseda Cities"],
    "arle": ["Arleta"],
}


@pytest.mark.parametrize(("typed", "titles"), FOUND.items(), ids=FOUND)
def test_the_beginning_of_a_name_finds_it(browser: Browser, names: str, typed: str, titles: list[str]) -> None:
    page = browser.new_page()
    page.goto(names)
    found = page.evaluate(ASK, typed)
    page.close()

    assert found == titles
