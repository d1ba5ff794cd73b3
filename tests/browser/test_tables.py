"""Tables as a person sees them: on a phone each cell has its title beside it, at a desk numbers are set right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_pages import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

READ = """() => [...document.querySelectorAll("table[class*=mg-t-]")].flatMap(table => {
  for (let box = table.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const titles = [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim());
  return [table.tBodies[0], table.tFoot].filter(part => part && part.rows.length).map(part => ({
    kind: ((part.className || table.className).match(/mg-t-([a-z-]+)/))[1],
    titles,
    cells: [...part.rows[0].cells].slice(1).map(cell => {
      const label = getComputedStyle(cell, "::before"), box = cell.getBoundingClientRect();
      const words = document.createRange();
      words.selectNodeContents(cell);
      const first = [...words.getClientRects()].find(rect => rect.width > 0);
      return {
        label: label.content, shown: label.display !== "none" && label.visibility === "visible",
        align: getComputedStyle(cell).textAlign,
        indent: first.left - box.left, drop: first.top - box.top, width: box.width,
      };
    }),
  }));
})"""
"""Each table and foot: its kind, the titles of its head, and of its first row each cell with its label."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def tables(page: Page, address: str, width: int) -> dict[str, dict[str, Any]]:
    """Return kind → one table of it, from every kind of page and from a grid where something is overdue."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}overdue/320812001/")
    late = page.locator('main a[href*="/grid/"]').first.get_attribute("href") or ""
    found: dict[str, dict[str, Any]] = {}
    for path in (*KINDS, late.replace("../", "")):
        page.goto(address + path)
        found |= {table["kind"]: table for table in page.evaluate(READ)}
    return found


def test_on_a_phone_every_cell_of_every_kind_of_table_has_its_label_beside_it(
    page: Page, address: str, site: Path
) -> None:
    found = tables(page, address, 360)
    styled = set(re.findall(r"\.mg-t-([a-z-]+) td", next(site.glob("assets/*/site.css")).read_text(encoding="utf-8")))
    # the periods of this table are the data's, so its cells name them themselves
    by_period = found.pop("case-quarter")
    neighbours = found.pop("neighbours", None)  # these rows stay rows, below their head
    assert neighbours is None or {cell["label"] for cell in neighbours["cells"]} == {"none"}
    # no shapes, no map; nothing is held back; there is no former release
    assert set(found) == styled - {"neighbours", "map", "case-quarter", "held"} - {
        name for name in styled if name.startswith("change-")
    }
    assert {cell["label"] for cell in by_period["cells"]} == {"none"}
    page.goto(f"{address}area/320812/")
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    named = page.locator(".mg-t-case-quarter tr:first-child .mg-when")
    assert named.count() == 4  # quarters
    assert all(named.nth(n).is_visible() for n in range(named.count()))
    for kind, table in found.items():
        labels = [cell["label"].strip('"') for cell in table["cells"]]
        assert len(labels) == len(table["titles"]) - 1
        assert "none" not in labels, kind
        assert kind == "sheet-total" or labels == table["titles"][1:], kind
        for cell in table["cells"]:
            assert cell["shown"], (kind, cell)
            assert max(cell["indent"], cell["drop"]) >= 16, (kind, cell)  # the label stands before the words
            assert cell["indent"] < cell["width"], (kind, cell)
    assert [cell["label"] for cell in found["sheet-total"]["cells"]] == ['"得点相加"', '"综合得分"']


@pytest.mark.nightly
def test_at_a_desk_numbers_are_set_right_and_no_label_is_shown(page: Page, address: str) -> None:
    found = tables(page, address, 1280)
    assert {cell["label"] for table in found.values() for cell in table["cells"]} == {"none"}
    sides = {kind: [cell["align"] for cell in table["cells"]] for kind, table in found.items()}
    assert sides["case-category"] == ["right"] * 6
    assert sides["duty"] == ["left"] * 4
    assert sides["grids"] == ["right"] * 5 + ["left", "right", "left"]


@pytest.mark.nightly
def test_the_headings_of_columns_and_rows_are_headings_to_those_who_listen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 740})
    for path in (path for path in KINDS[1:7] if not path.endswith("records/")):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
        for role, place in (("columnheader", "thead th"), ("rowheader", ":is(tbody, tfoot) th"), ("cell", "td")):
            assert roles.count(role) == page.locator(f"main {place}").count() > 0, (path, role)
