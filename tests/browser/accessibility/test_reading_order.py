"""What a blind reader hears, in order: where am I, who answers for it, how does it go, then the rest."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility.kinds import largest
from tests.browser.accessibility.tree import LANDMARKS, NAMED, Spoken, heard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

GRID = "grid/320812001001001/"
FEW = ("", GRID, "about/")
UNFOLD = "document.querySelectorAll('main details').forEach(fold => fold.open = true)"


def faults(spoken: list[Spoken]) -> list[str]:
    """Return what is wrong with a page as it is heard, a sentence each."""
    found = []
    titles = [node for node in spoken if node.level == 1]
    if len(titles) != 1:
        found.append(f"{len(titles)} headings of the first level")
    levels = [node for node in spoken if node.role == "heading"]
    found += [
        f"heading “{after.name}” is of level {after.level} after {before.level}"
        for before, after in pairwise(levels)
        if after.level > before.level + 1
    ]
    if levels and levels[0].level != 1:
        found.append(f"the first heading is “{levels[0].name}” of level {levels[0].level}")
    landmarks = [(node.role, node.name) for node in spoken if node.role in LANDMARKS]
    twice = sorted({landmark for landmark in landmarks if landmarks.count(landmark) > 1})
    found += [f"two landmarks {role} “{name}”" for role, name in twice]
    roles = [role for role, _ in landmarks]
    found += [f"{roles.count(once)} of {once}" for once in ("banner", "main", "contentinfo") if roles.count(once) != 1]
    found += [f"{node.role} without a name" for node in spoken if node.role in NAMED and not node.name]
    return found


def visit(browser: Browser, address: str, paths: dict[str, str], width: int) -> str:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page, lines = context.new_page(), []
    for kind, path in paths.items():
        page.goto(address + path)
        page.evaluate(UNFOLD)
        found = faults(heard(page))
        lines += [f"{kind} | {fault} ({found.count(fault)})" for fault in dict.fromkeys(found)]
    context.close()
    return "\n".join(lines)


def test_headings_and_landmarks_make_sense_to_those_who_listen(browser: Browser, address: str) -> None:
    found = visit(browser, address, {path: path for path in FEW}, 360)
    assert not found, found


@pytest.mark.nightly
@pytest.mark.parametrize("width", [360, 1280])
def test_headings_and_landmarks_of_every_kind_of_page_make_sense(
    browser: Browser, site: Path, address: str, width: int
) -> None:
    found = visit(browser, address, dict(largest(site)), width)
    assert not found, found


def test_a_grid_is_heard_in_the_order_in_which_it_is_read(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + GRID)
    blocks = page.locator("main section[id] > h2, main section > h2[id]").all_inner_texts()
    contact = page.locator("main .mg-card h2").first.inner_text()
    page.evaluate(UNFOLD)
    spoken = heard(page)
    page.close()
    order = ["跳到正文", "banner", "main", "当前位置", *(f"# {name}" for name in ("柴米第一网格", contact, *blocks)),
             "contentinfo"]  # fmt: skip
    names = [
        node.role if node.role in ("banner", "main", "contentinfo") else f"# {node.name}" if node.level else node.name
        for node in spoken
    ]
    assert [name for name in order if name not in names] == []
    assert sorted(order, key=names.index) == order
