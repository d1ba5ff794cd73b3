"""Letters, targets and narrow screens: nothing is too small to read or to hit, and nothing is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.accessibility.kinds import largest
from tests.browser.accessibility.walking import prepare

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

GRID = "grid/320812001001001/"
FEW = ("", GRID, "about/")

LETTERS, IN_CHARTS, TARGET = 16, 14, 44  # px
TWICE = "document.documentElement.style.fontSize = '250%'"
"""The root's 20 px are 125 % of what a browser calls 16."""


def measured(
    browser: Browser, address: str, paths: dict[str, str], checks: dict[str, str], before: str = "", **options: Any
) -> str:
    """Return what `checks` (name → script) find on the pages, a line for each page and check that finds something."""
    context = browser.new_context(**{"reduced_motion": "reduce", "viewport": {"width": 360, "height": 740}, **options})
    page, lines = context.new_page(), []
    for kind, path in paths.items():
        page.goto(address + path)
        prepare(page)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        if before:
            page.evaluate(before)
        for name, script in checks.items():
            if found := page.evaluate(script):
                lines.append(f"{kind} | {name} | {found if isinstance(found, int) else '; '.join(found[:8])}")
    context.close()
    return "\n".join(lines)


FITS = {"wider than the screen": "measure.wider()", "cut off": "measure.cut()", "outside": "measure.outside()"}
LEGIBLE = {"small letters": f"measure.small({LETTERS}, {IN_CHARTS})", "small targets": f"measure.targets({TARGET})"}
SCREENS: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "200 % text": {"before": TWICE},
    "200 % text at a desk": {"before": TWICE, "viewport": {"width": 1280, "height": 900}},
    "zoomed to 400 %": {"viewport": {"width": 320, "height": 256}},
}
FORCED = {"icons": "measure.icons()", "controls without an edge": "measure.bare()", **FITS}


def test_letters_and_targets_are_large_enough(browser: Browser, address: str) -> None:
    found = measured(browser, address, {path: path for path in FEW}, LEGIBLE)
    assert not found, found


@pytest.mark.nightly
@pytest.mark.parametrize("width", [360, 1280])
def test_letters_and_targets_of_every_kind_of_page_are_large_enough(
    browser: Browser, site: Path, address: str, width: int
) -> None:
    found = measured(browser, address, dict(largest(site)), LEGIBLE, viewport={"width": width, "height": 740})
    assert not found, found


@pytest.mark.nightly
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_nothing_is_cut_off(browser: Browser, site: Path, address: str, screen: dict[str, Any]) -> None:
    found = measured(browser, address, dict(largest(site)), FITS, **screen)
    assert not found, found


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_forces_colours_sees_every_control(browser: Browser, site: Path, address: str, scheme: str) -> None:
    found = measured(browser, address, dict(largest(site)), FORCED, forced_colors="active", color_scheme=scheme)
    assert not found, found


@pytest.mark.nightly
def test_nothing_moves_for_those_who_asked_for_rest(browser: Browser, site: Path, address: str) -> None:
    found = measured(browser, address, dict(largest(site)), {"moving": "measure.moving()"})
    assert not found, found
