"""Large type: four sizes, targets of 60 px, contrast of 7:1, kept by the reader's browser or carried by a link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.accessibility import engines
from tests.browser.accessibility.kinds import largest
from tests.browser.accessibility.states import DIALOGS, opened
from tests.browser.accessibility.walking import prepare, walked
from tests.browser.test_pages import STILL
from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GRID = "grid/320812001001001/"
FEW = {"home": "", "grid": GRID, "about": "about/"}
SIZES = (18, 22, 26, 30)
LARGE_TARGET = 60
OPENER, PANEL = DIALOGS["elder"]
SIZE = "getComputedStyle(document.querySelector('main .md-typeset, main.md-typeset')).fontSize"
CONTRAST = "axe.run(document, {runOnly: ['color-contrast-enhanced'], resultTypes: ['violations']})"

NO_STORE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});"""
NO_VOICE = "delete window.speechSynthesis; delete Window.prototype.speechSynthesis;"
VOICE = """
window.said = [];
window.cancelled = 0;
const queue = [];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "zh-CN"}],
  speak: (piece) => { said.push(piece.text); queue.push(piece); },
  cancel: () => { cancelled += 1; queue.length = 0; },
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
window.finish = () => { const piece = queue.shift(); if (piece) piece.onend(); };
"""
"""A voice that says a piece when it is told to finish it."""


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    script = getattr(request, "param", "")
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    if script:
        context.add_init_script(script)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def choose(page: Page, size: int) -> None:
    opened(page, DIALOGS["elder"])
    page.locator(f"{PANEL} input[value='{size}']").check()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("size", by_day(SIZES, SIZES[-1:]))
def test_a_size_is_kept_from_page_to_page_and_can_be_given_back(page: Page, address: str, size: int) -> None:
    page.goto(address + GRID)
    choose(page, size)
    assert page.evaluate(SIZE) == f"{size}px"
    page.goto(address + "about/")
    assert page.evaluate(SIZE) == f"{size}px"
    choose(page, 0)
    page.goto(address)
    assert page.evaluate(SIZE) == "16px"


def test_a_link_shows_a_page_large_and_leaves_the_readers_own_choice_alone(page: Page, address: str) -> None:
    page.goto(address + GRID)
    choose(page, 18)
    sent = page.url
    assert sent.endswith("?elder=18")
    page.goto(address + "about/?elder=26")
    assert page.evaluate(SIZE) == "26px"
    page.goto(address + "data/")
    assert page.evaluate(SIZE) == "26px"  # the tab goes on as it was opened
    other = page.context.new_page()
    other.goto(address)
    assert other.evaluate(SIZE) == "18px"


@pytest.mark.parametrize("asked", by_day(["?elder=400", "?elder=%22%3E", "?elder=", "?elder=0", "?ELDER=22"], 3))
def test_nothing_else_can_be_asked_for(page: Page, address: str, asked: str) -> None:
    page.goto(address + asked)
    assert page.evaluate("document.documentElement.dataset.minggeElder ?? null") is None
    assert page.evaluate(SIZE) == "16px"


@pytest.mark.parametrize("page", [NO_STORE], indirect=True)
def test_where_nothing_can_be_kept_the_links_carry_it(page: Page, address: str) -> None:
    page.goto(address + GRID)
    choose(page, 22)
    page.locator("footer a").nth(1).click()
    page.wait_for_url("**/?elder=22")
    assert page.evaluate(SIZE) == "22px"


def test_it_is_there_before_anything_is_drawn(page: Page, address: str) -> None:
    page.add_init_script(
        "new MutationObserver(() => { if (document.body && !('first' in window))"
        " window.first = document.documentElement.dataset.minggeElder; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto(address + "about/?elder=30")
    assert page.evaluate("first") == "30"


def test_without_a_script_there_is_no_switch_that_does_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator(OPENER).is_visible() is False
    page.close()


def faults(browser: Browser, address: str, paths: dict[str, str], size: int, **options: Any) -> str:
    """Return what does not fit, is too small or too pale at `size`, a line each."""
    context = browser.new_context(reduced_motion="reduce", **options)
    context.add_init_script(STILL)
    page, lines = context.new_page(), []
    page.goto(f"{address}?elder={size}")
    for kind, path in paths.items():
        page.goto(address + path)
        prepare(page)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        page.evaluate(f"{engines.AXE.read_text(encoding='utf-8')}\n;window.axe = axe;")
        pale = [node["target"] for rule in page.evaluate(CONTRAST)["violations"] for node in rule["nodes"]]
        for name, found in {
            "wider than the screen": page.evaluate("measure.wider()"),
            "cut off": page.evaluate("measure.cut()"),
            "outside": page.evaluate("measure.outside()"),
            "small targets": page.evaluate(f"measure.targets({LARGE_TARGET})"),
            "small letters": page.evaluate(f"measure.small({size}, 14)"),
            "under 7:1": pale,
        }.items():
            if found:
                lines.append(f"{kind} | {name} | {found if isinstance(found, int) else found[:6]}")
    context.close()
    return "\n".join(lines)


def test_the_largest_type_fits_the_narrowest_phone(browser: Browser, address: str) -> None:
    engines.require()
    found = faults(browser, address, FEW, 30, viewport={"width": 320, "height": 640})
    assert not found, found


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "size"), [(320, 30), (360, 18), (360, 22), (768, 26), (1280, 22), (1280, 30)])
def test_every_kind_of_page_fits_in_large_type(
    browser: Browser, site: Path, address: str, width: int, size: int, scheme: str
) -> None:
    engines.require()
    options = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
    found = faults(browser, address, dict(largest(site)), size, **options)
    assert not found, found


def test_the_keyboard_reaches_all_of_a_page_in_large_type(page: Page, address: str) -> None:
    page.goto(f"{address}{GRID}?elder=30")
    prepare(page)
    assert walked(page) == []


# ── reading aloud ────────────────────────────────────────────────────────────────────────────────────────────────────

READ = "[data-mingge-read]"


def begin(page: Page) -> None:
    opened(page, DIALOGS["elder"])
    page.locator(READ).click()


@pytest.mark.parametrize("page", [VOICE], indirect=True)
def test_a_page_is_read_block_by_block_and_the_block_is_marked(page: Page, address: str) -> None:
    page.goto(address + GRID)
    begin(page)
    for _ in range(40):
        page.evaluate("finish()")
    said = page.evaluate("said")
    shown = page.locator("main").inner_text().replace("\n", "")
    assert len(said) == 41
    assert page.locator("main h1").inner_text() in said
    assert page.locator(".mingge-spoken").count() == 1
    assert len(set(said)) > 30  # nothing is read twice over: blocks do not hold each other
    assert all(len(piece) <= 161 for piece in said)
    assert shown


@pytest.mark.parametrize("page", [VOICE], indirect=True)
def test_what_is_folded_is_not_read_and_a_cell_is_read_with_its_column(page: Page, address: str) -> None:
    page.goto(address + GRID)
    begin(page)
    page.evaluate("(() => { for (let n = 0; n < 3000; n++) finish(); })()")
    said = "".join(page.evaluate("said"))
    hidden = page.evaluate(
        "[...document.querySelectorAll('main details:not([open]) tr')].map(row => row.textContent.trim())"
        ".filter(text => text.length > 12)"
    )
    assert [text for text in hidden if text in said] == []
    assert page.locator("#mingge-speech").is_visible() is False  # it ended by itself
    assert page.locator(".mingge-spoken").count() == 0


@pytest.mark.parametrize("page", [VOICE], indirect=True)
def test_reading_pauses_goes_on_with_the_same_block_and_stops(page: Page, address: str) -> None:
    page.goto(address + "about/")
    begin(page)
    page.evaluate("finish()")
    pause, stop = page.locator("#mingge-speech button").all()
    before = page.evaluate("said.at(-1)")
    assert page.evaluate("document.activeElement.parentElement.id") == "mingge-speech"
    pause.click()
    assert pause.get_attribute("aria-pressed") == "true"
    page.evaluate("finish()")
    assert page.evaluate("said.at(-1)") == before
    pause.click()
    assert (pause.get_attribute("aria-pressed"), page.evaluate("said.at(-1)")) == ("false", before)
    stop.click()
    assert page.locator("#mingge-speech").is_visible() is False
    assert page.evaluate("document.activeElement.matches('.mingge-elder')")


@pytest.mark.parametrize("page", [NO_VOICE], indirect=True)
def test_a_browser_without_a_voice_offers_no_reading(page: Page, address: str) -> None:
    page.goto(address + GRID)
    opened(page, DIALOGS["elder"])
    assert page.locator(READ).is_visible() is False


@pytest.mark.parametrize("page", [VOICE.replace("zh-CN", "de-DE")], indirect=True)
def test_a_voice_of_another_language_is_not_asked(page: Page, address: str) -> None:
    page.goto(address + GRID)
    begin(page)
    assert page.locator("#mingge-speech-status").is_visible()
    assert page.evaluate("said") == []
