"""What a page costs a reader: bytes of the first view, how long its scripts block, how long it is on a phone.

`python -m tests.bench.pages SITE [SITE …]` prints the figures of built sites side by side: bytes as a server sends them
(gzip, level 9), the blocking time of a processor four times slower (the part above 50 ms of each task, the least of
five visits), and heights at 360 px of every tenth grid.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.browser.plain_server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

SLOWER = 4
VISITS = 5
EVERY = 10

LONG = """() => { globalThis.long = []; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) globalThis.long.push(entry.duration);
}).observe({type: "longtask", buffered: true}) }"""
HEIGHT = "document.documentElement.scrollHeight"


class Cost(NamedTuple):
    """Bytes of one view, by file, and the blocking time in milliseconds."""

    files: dict[str, int]
    blocking: float

    @property
    def size(self) -> int:
        """All bytes together."""
        return sum(self.files.values())


def weighed(body: bytes, name: str) -> int:
    """Return how many bytes a server sends: what is compressed already is not compressed again."""
    return len(body) if name.endswith((".png", ".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".gz")) else len(
        gzip.compress(body, 9)
    )


@contextmanager
def visited(browser: Browser, slower: int = 1) -> Iterator[tuple[Page, list[Response]]]:
    """Yield a phone's page that nothing is kept for, and what it was answered."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # a built-in is no listener to Playwright
    if slower > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(f"({LONG})()")
    yield page, answers
    context.close()


def sizes(answers: Iterable[Response]) -> dict[str, int]:
    """Return the bytes of each file that was sent, before the reader goes on."""
    return {answer.url: weighed(answer.body(), answer.url) for answer in answers}


def cost(browser: Browser, address: str, visits: int = 1, slower: int = 1) -> Cost:
    """Return what one view of a page costs; the least blocking time of several visits."""
    blocking, files = [], dict[str, int]()
    for _ in range(visits):
        with visited(browser, slower) as (page, answers):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300 * slower if slower > 1 else 0)
            blocking.append(sum(max(0.0, item - 50) for item in page.evaluate("globalThis.long")))
            files = sizes(answers)
    return Cost(files, min(blocking))


def search(browser: Browser, address: str, words: str) -> int:
    """Return the bytes that the first search of a reader costs, the page itself not counted."""
    with visited(browser) as (page, answers):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        answers.clear()
        page.locator("header [data-mingge-search]").first.click()
        page.keyboard.type(words)
        page.locator("#mingge-search li a").first.wait_for()
        page.wait_for_load_state("networkidle")
        return sum(sizes(answers).values())


def heights(browser: Browser, root: str, paths: Sequence[str]) -> dict[str, int]:
    """Return the height of each page on a phone."""
    found = {}
    with visited(browser) as (page, _):
        for path in paths:
            page.goto(root + path)
            found[path] = int(page.evaluate(HEIGHT))
    return found


def main(sites: Sequence[Path]) -> None:
    """Print the figures of each site."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for site in sites:
            with served(site) as root:
                grids = [f"grid/{path.name}/" for path in sorted((site / "grid").iterdir()) if path.is_dir()][::EVERY]
                view = cost(browser, root + grids[0], VISITS, SLOWER)
                tall = sorted(heights(browser, root, grids).values())
                print(f"{site}: first view {view.size} B, blocking {view.blocking:.0f} ms")
                for name, size in sorted(view.files.items()):
                    print(f"  {size:7} {name.removeprefix(root)}")
                print(f"  first search {search(browser, root + grids[0], '柴米')} B")
                print(f"  grids: median {statistics.median(tall):.0f} px, longest {tall[-1]} px of {len(tall)}")
        browser.close()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
