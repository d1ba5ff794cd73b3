"""On paper: a grid is one sheet of A4, a street as many as it has grids, and nothing is wider than the sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from builder.model import Figure, LateItem, Ratio
from builder.pages.sheet import ROOM, Named, Sheet, fitted
from tests.browser.test_pages import KINDS
from tests.sharing import by_day
from tests.site.samples import BARE_SHEET, SHEET, sample_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SMALL_STREET = "320812014"
WIDTH, POINT = 688, 0.75
"""CSS pixels of A4 less its margins; points of a pixel."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page as wide as the paper is, in the dark: what is printed is light all the same."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 980}, color_scheme="dark")
    yield context.new_page()
    context.close()


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def texts(paper: PdfReader) -> list[str]:
    """Return what the sheets say; fonts draw some characters as the radicals that look like them."""
    return [normalize("NFKC", sheet.extract_text()) for sheet in paper.pages]


def grids(site: Path) -> list[str]:
    with (site / "data" / "grid.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["grid_id"] for row in csv.DictReader(file)]


def length(site: Path, grid: str) -> int:
    return (site / "grid" / grid / "index.html").stat().st_size


def least_late(site: Path) -> str:
    """Return a grid in which nothing is overdue."""
    pages = ((grid, (site / "grid" / grid / "index.html").read_text(encoding="utf-8")) for grid in grids(site))
    return next(grid for grid, text in pages if "mg-sheet-list" not in text)


def test_the_longest_the_shortest_and_the_best_grid_are_one_sheet_each(site: Path, address: str, page: Page) -> None:
    found = sorted(grids(site), key=lambda grid: length(site, grid))
    for grid in (found[-1], found[0], least_late(site)):
        page.goto(f"{address}grid/{grid}/")
        paper = printed(page)
        found_text = texts(paper)

        assert len(found_text) == 1, grid
        assert all(word in found_text[0] for word in ("演示数据", "截至", "扫码看全部", f"/grid/{grid}/"))
        assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] in ([595, 842], [596, 842])


@pytest.mark.nightly
def test_every_grid_is_one_sheet(site: Path, address: str, page: Page) -> None:
    found = {}
    for grid in grids(site):
        page.goto(f"{address}grid/{grid}/")
        found[grid] = len(printed(page).pages)

    assert len(found) == 370
    assert {grid for grid, count in found.items() if count != 1} == set()


def streets(site: Path) -> list[str]:
    return sorted(path.parent.name for path in site.glob("print/*/index.html"))


@pytest.mark.parametrize("street", [SMALL_STREET, pytest.param("", marks=pytest.mark.nightly, id="every street")])
def test_a_street_has_a_sheet_for_each_grid_and_no_empty_one(
    street: str, site: Path, address: str, page: Page
) -> None:
    total = 0
    for code in [street] if street else streets(site):
        expected = [grid for grid in grids(site) if grid.startswith(code)]
        page.goto(f"{address}print/{code}/")
        sheets = texts(printed(page))
        total += len(sheets)

        assert len(sheets) == len(expected)
        assert all(f"/grid/{grid}/" in text for grid, text in zip(expected, sheets, strict=True))
        assert all("演示数据" in text and "截至" in text for text in sheets)
    assert street or total == 370


# ── whatever the package holds ───────────────────────────────────────────────────────────────────

LONG = "东至白露河、南至晨曦巷、西至问渠街、北至听竹街" * 12
WIDE = "W" * 300
WORDS = "Empowerment Congress North Area Neighborhood Development Council " * 6
LATE = SHEET.late[0]


def late(title: str, count: int) -> tuple[LateItem, ...]:
    return (LATE._replace(title=title, what=title, days=1_339),) * count


def figures(text: str, count: int) -> tuple[Figure, ...]:
    worded = Figure(text, "composite-score", text=text, note=text, period="2026-Q3")
    return (Figure(text, "duty-fulfilment", Ratio(12_345, 67_890), unit=text[:6], note=text), worded) * count


def hostile(text: str, count: int) -> Sheet:
    """Return a sheet that is full of one text."""
    rows = late(text, count)
    return replace(
        SHEET, name=text, where=(text,) * 6, extent=text, branch=text, closed_date="2026-01-31",
        people=(Named(text, text),) * 2,
        phones=(Named(text, text), Named("监督电话", "0517-83901234、0517-83905678 转 12345")),
        figures=figures(text, count), late=rows, late_count=count + 3, late_left=3,
    )  # fmt: skip


def listing(title: str, count: int) -> Sheet:
    return replace(SHEET, late=late(title, count), late_count=count, late_left=0, figures_left=0)


TEXTS = (LONG, WIDE, WORDS, "𠮷" * 200, "⚠️🏮" * 90, "m@%" * 90)
SHEETS = (
    SHEET, BARE_SHEET, *(hostile(text, count) for text in TEXTS for count in (0, 1, 12, 400)),
    *(listing(title, count) for title in ("垃圾清运", LONG, WORDS[:52]) for count in (1, 12, 60)),
    replace(SHEET, people=(), phones=(), branch="", extent="", household_count=None, closed_date="2026-01-31"),
    replace(SHEET, late=(), late_count=7, late_left=7), replace(SHEET, late=(), late_count=0, late_left=0),
)  # fmt: skip


def markup(sheets: Sequence[Sheet]) -> str:
    environment = sample_environment()
    used = '{% from "parts/sheet.html" import sheet_of %}{{ sheet_of(sheet, "../../", "h3") }}'
    template = environment.from_string(used)
    return "".join(template.render(sheet=sheet) for sheet in sheets)


def test_whatever_a_sheet_is_to_hold_it_is_one_page_and_nothing_is_cut_off(address: str, page: Page) -> None:
    found = [fitted(sheet, True) for sheet in SHEETS]
    page.goto(f"{address}print/{SMALL_STREET}/")
    page.evaluate(
        """html => { const [first, ...rest] = document.querySelectorAll('.mg-sheets');
        rest.forEach(item => item.remove()); first.innerHTML = html; }""",
        markup(found),
    )
    paper = printed(page)
    page.emulate_media(media="print")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.mg-sheet')].map(sheet => { sheet.style.minHeight = 0;
        const right = Math.max(...[...sheet.querySelectorAll('*')].map(item => item.getBoundingClientRect().right));
        return [sheet.getBoundingClientRect().height, right, getComputedStyle(sheet).overflow]; })"""
    )
    page.emulate_media()

    assert [height for height, *_ in boxes if height * POINT > ROOM] == [], "builder/pages/sheet.py counts too little"
    assert {overflow for *_, overflow in boxes} == {"visible"}
    assert max(right for _, right, _ in boxes) <= WIDTH + 1
    assert len(paper.pages) == len(found)


# ── every other page ─────────────────────────────────────────────────────────────────────────────

PAPER = """width => {
  const box = item => item.getBoundingClientRect();
  const style = (item, part) => getComputedStyle(item, part);
  const all = [...document.body.querySelectorAll('*')].filter(item => box(item).width > 0 && box(item).height > 0);
  const named = found => all.filter(found).map(item => item.outerHTML.slice(0, 80));
  return {
    wide: named(item => box(item).right > width + 1),
    tools: named(item => item.matches('nav, button, input, form, dialog')),
    notice: document.body.innerText.includes('演示数据'),
    split: named(item => item.matches('tr') && style(item).breakInside !== 'avoid'),
    heads: named(item => item.matches('thead') && style(item).display !== 'table-header-group'),
    addresses: named(item => item.matches('a') && style(item, '::after').content.includes('http')),
    paper: style(document.body).backgroundColor,
  };
}"""


@pytest.mark.parametrize("path", by_day(KINDS, 4))
def test_a_page_on_paper_is_as_wide_as_the_sheet_and_has_no_tools(path: str, address: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(address + path)

    assert page.evaluate(PAPER, WIDTH) == {
        "wide": [], "tools": [], "notice": True, "split": [], "heads": [], "addresses": [],
        "paper": "rgb(255, 255, 255)",
    }  # fmt: skip
    page.emulate_media()
