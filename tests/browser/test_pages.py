"""Every kind of page as a person meets it: on a phone and at a desk, light and dark, with and without script."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GRID = "320812001001001"
KINDS = (
    "",
    f"grid/{GRID}/",
    f"grid/{GRID}/records/",
    f"grid/{GRID}/records/2026/",
    "area/320812/",
    "area/320812001001/",
    "area/320812/by-overdue/",
    "branch/B32081200100101/",
    "branch/B32081200100101/disclosures/",
    "catalogue/",
    "coverage/",
    "disclosure/P00000001/",
    "overdue/",
    "overdue/320812001/",
    "overdue/by-branch/",
    "assessment/",
    "changes/",
    "assessment/320812001/",
    "data/",
    "quality/",
    "policy/",
    "about/",
    "metrics/",
    "dictionary/",
    "checks/",
)


# the theme's drawer works without script because its button is a label; axe would have a button there
RULES: Mapping[str, object] = {"rules": {"aria-allowed-role": {"enabled": False}}}
# what another scheme changes is colours; every other rule finds the same in both
COLOURS: Mapping[str, object] = {"runOnly": ["color-contrast", "link-in-text-block"]}
STILL = """document.addEventListener("DOMContentLoaded", () => {
  const style = new CSSStyleSheet();  // the content security policy lets no <style> in
  style.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [style];
})"""
"""The header fades in; axe would measure half-faded text."""


EVERY = 8
"""Of the places of a page that stand in folds, one in so many is tried."""


class Visit(NamedTuple):
    page: Page
    foreign: list[str]
    failed: list[str]


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    options = {"viewport": {"width": 360, "height": 740}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    page = context.new_page()
    foreign: list[str] = []
    failed: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else foreign.append(r.url),
    )
    page.on("response", lambda r: failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield Visit(page, foreign, failed)
    context.close()


def grid_row() -> dict[str, str]:
    with (ROOT / "datasets" / "grid.csv").open(encoding="utf-8") as source:
        return next(row for row in csv.DictReader(source) if row["grid_id"] == GRID)


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", by_day([320, 360, 1280], [320]))
def test_no_page_is_wider_than_the_screen_or_loads_anything_foreign(visit: Visit, address: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    found = {}
    for kind in KINDS:
        visit.page.goto(address + kind)
        found[kind] = overflow(visit.page)
    assert found == dict.fromkeys(KINDS, 0)
    assert (visit.foreign, visit.failed) == ([], [])


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_a_link_into_a_page_arrives_at_something_that_is_shown(visit: Visit, address: str) -> None:
    """What stands in a closed fold is not, unless the browser opens the fold (HTML: ancestor revealing algorithm)."""
    paths = (*KINDS, "overdue/by-branch/B320812001001/")
    lost: dict[str, list[str]] = {}
    for path in paths:
        visit.page.goto(address + path)
        folded = visit.page.evaluate(
            "[...document.querySelectorAll('main [id]')].filter(item => item.closest('details:not([open])')"
            " && item.closest('details') !== item && !item.closest('svg, summary')).map(item => item.id)"
        )
        for name in folded[::EVERY]:
            visit.page.goto(f"{address}{path}#{name}")
            box = visit.page.locator(f"[id='{name}']").bounding_box()
            if not box or not -1 <= box["y"] < 740:
                lost.setdefault(path, []).append(name)
    assert lost == {}


def test_a_page_of_a_grid_or_a_branch_is_no_longer_than_twelve_telephone_screens(visit: Visit, address: str) -> None:
    for kind in (f"grid/{GRID}/", "branch/B32081200100101/"):
        visit.page.goto(address + kind)
        assert visit.page.evaluate("document.documentElement.scrollHeight") <= 12 * 740, kind


def test_what_is_overdue_is_the_only_red_in_a_list(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}grid/{GRID}/records/2026/")
    colours = visit.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('td > [class^=mg-]')].map(item =>"
        " [item.className, getComputedStyle(item).color]))"
    )
    ink = visit.page.evaluate("getComputedStyle(document.querySelector('main h1')).color")
    assert {name for name, colour in colours.items() if colour == "rgb(166, 27, 27)"} == {"mg-overdue"}
    assert colours["mg-late"] == ink


@pytest.mark.nightly
def test_text_at_twice_the_size_still_fits(visit: Visit, address: str) -> None:
    found = {}
    for kind in KINDS:
        visit.page.goto(address + kind)
        visit.page.evaluate("document.documentElement.style.fontSize = '250%'")
        found[kind] = overflow(visit.page)
    assert found == dict.fromkeys(KINDS, 0)


def test_the_first_phone_screen_of_a_grid_says_who_answers_and_how_it_goes(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}grid/{GRID}/")
    row = grid_row()
    first, second = visit.page.locator("a.mg-call").all()
    boxes = [item.bounding_box() for item in (first, second)]
    assert all(box is not None and box["height"] >= 60 for box in boxes)
    assert first.get_attribute("href") == "tel:" + row["work_phone"].replace("-", "")
    assert second.get_attribute("href") == "tel:" + row["supervision_phone"]
    assert [word for word in ("网格员", row["worker"], row["work_phone"]) if word not in first.inner_text()] == []
    day = visit.page.locator(".mg-first .mg-as-of").bounding_box()
    assert day is not None
    assert day["y"] + day["height"] <= 1000, "the sentences and the day, below a notice that real sites do not have"
    said = visit.page.locator(".mg-page").inner_text()
    assert [word for word in (row["name"], GRID, row["leader"], row["extent"]) if word not in said] == []


def test_a_number_never_breaks_and_nothing_of_the_first_screen_is_cut_off(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}grid/{GRID}/")
    broken = visit.page.evaluate(
        "[...document.querySelectorAll('.mg-count, .mg-number')].filter(item => item.getClientRects().length > 1)"
        ".map(item => item.textContent)"
    )
    assert broken == []
    visit.page.locator(".mg-said").first.locator("summary").click()
    assert visit.page.locator(".mg-said p").first.is_visible()
    assert overflow(visit.page) == 0


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_every_page_is_readable_and_the_search_leads_to_a_list(visit: Visit, address: str) -> None:
    for kind in KINDS:
        visit.page.goto(address + kind)
        assert visit.page.locator("h1:visible").count() == 1, kind
    visit.page.goto(f"{address}grid/{GRID}/")
    link = visit.page.locator("header [data-mingge-search]").first
    link.click()
    assert visit.page.url.endswith("/open/find/")


@pytest.mark.parametrize("kind", by_day(KINDS, 6))
def test_every_page_carries_the_demonstration_notice(visit: Visit, address: str, kind: str) -> None:
    visit.page.goto(address + kind)
    assert visit.page.locator(".mingge-notice:visible").inner_text().startswith("演示数据")


def test_a_table_is_sorted_by_tapping_its_head(visit: Visit, address: str) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.page.goto(f"{address}area/320812/")
    table = visit.page.locator("[data-sortable] > table").first
    codes = table.locator("tbody tr th").all_inner_texts()
    button = table.locator("thead button").nth(1)
    button.click()
    grids = [int(text) for text in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    assert grids in (sorted(grids), sorted(grids, reverse=True))
    assert sorted(table.locator("tbody tr th").all_inner_texts()) == sorted(codes)


@pytest.mark.nightly  # on every change three engines judge a few pages (tests/browser/accessibility)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Literal["light", "dark"], width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script(STILL)
    page, found = context.new_page(), {}
    # axe describes every element that it lets pass, unless it is asked for violations alone
    options = {**(RULES if scheme == "light" else COLOURS), "resultTypes": ["violations"]}
    for kind in KINDS:
        page.goto(address + kind)
        violations = Axe().run(page, options=options).response["violations"]
        found[kind] = [f"{v['id']}: {v['nodes'][0]['target']} ({len(v['nodes'])})" for v in violations]
    context.close()
    assert {kind: items for kind, items in found.items() if items} == {}
