"""How long the pages of the grids of a built site are on a telephone 360 px wide, with everything folded, in CSS px.

    python -m tests.bench.heights SITE [EVERY]

prints the median and the longest of every grid (or of every EVERYth), and of each of their sections.
"""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["WIDTH", "Heights", "grids", "heights"]

Heights = Mapping[str, Mapping[str, int]]
"""Path of a page → section → its height; `page` is the whole page, `top` what stands above the first section."""

WIDTH = 360
READ = """() => {
  const sections = [...document.querySelectorAll("main section.mg-section")];
  const found = {page: document.documentElement.scrollHeight};
  if (sections.length) found.top = Math.round(sections[0].getBoundingClientRect().top + scrollY);
  for (const section of sections) {
    const above = parseFloat(getComputedStyle(section).marginTop);
    found[section.getAttribute("aria-labelledby")] = Math.round(section.getBoundingClientRect().height + above);
  }
  return found;
}"""


def grids(site: Path, every: int = 1) -> list[str]:
    """Return the paths of the pages of grids, every `every`th by code."""
    return [f"grid/{code}/" for code in sorted(path.name for path in (site / "grid").iterdir())[::every]]


def heights(page: Page, address: str, paths: Sequence[str]) -> Heights:
    """Return how long each page is."""
    page.set_viewport_size({"width": WIDTH, "height": 800})
    found = {}
    for path in paths:
        page.goto(address + path)
        found[path] = page.evaluate(READ)
    return found


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing: the output is the table."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def main(site: Path, every: int) -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = heights(browser.new_page(), address, grids(site, every))
        browser.close()
    for name in dict.fromkeys(name for sizes in found.values() for name in sizes):
        sizes = [item[name] for item in found.values() if name in item]
        print(f"{name:14} pages {len(sizes):4}  median {median(sizes):6.0f}  longest {max(sizes):6}")
    print("longest page:", max(found, key=lambda path: found[path]["page"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
