"""What three engines say of every kind of page, on a phone and at a desk, light and dark, dialogs closed and open.

What they say without a reason in reasons.yaml is a defect; a reason that nothing needs any more is one, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.accessibility import engines
from tests.browser.accessibility.kinds import largest
from tests.browser.accessibility.states import closed, offered, opened
from tests.browser.test_pages import STILL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
FEW = ("", "grid/320812001001001/", "about/")
"""What every change is judged by: the home page with its dialogs, a grid, a hand-written page."""
SIZES = (360, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.fixture(autouse=True)
def _installed() -> None:
    engines.require()


def all_states(page: Page) -> dict[str, list[engines.Fault]]:
    """Return state → faults, of the page as it opens and with each of its dialogs."""
    found = {"closed": engines.judged(page)}
    for name, dialog in offered(page).items():
        opened(page, dialog)
        found[name] = engines.judged(page, dialog.box)
        closed(page, dialog)
    return found


def visited(browser: Browser, width: int, scheme: Scheme) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script(STILL)
    return context.new_page()


def test_axe_and_ibm_find_nothing_on_a_phone(browser: Browser, address: str) -> None:
    page = visited(browser, 360, "light")
    found: dict[str, list[engines.Fault]] = {}
    for path in FEW:
        page.goto(address + path)
        states = all_states(page) if path == "" else {"closed": engines.judged(page)}
        found |= {f"{path} {state}": faults for state, faults in states.items()}
    page.context.close()
    assert not (left := engines.report(found, set())), left


def test_nu_finds_nothing(address: str) -> None:
    assert not (left := engines.report(dict(engines.nu([address + path for path in FEW])), set())), left


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The reasons that something needed in this run."""
    return set()


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_axe_and_ibm_find_nothing_on_any_kind_of_page(
    browser: Browser, site: Path, address: str, width: int, scheme: Scheme, used: set[str]
) -> None:
    page = visited(browser, width, scheme)
    found: dict[str, list[engines.Fault]] = {}
    for name, path in largest(site).items():
        page.goto(address + path)
        found |= {f"{name} {state}": faults for state, faults in all_states(page).items()}
    page.context.close()
    assert not (left := engines.report(found, used)), left


@pytest.mark.nightly
def test_nu_finds_nothing_on_any_kind_of_page(site: Path, address: str, used: set[str]) -> None:
    kinds = {address + path: name for name, path in largest(site).items()}
    found = {kinds[url]: faults for url, faults in engines.nu([*kinds]).items()}
    assert not (left := engines.report(found, used)), left


@pytest.mark.nightly
def test_every_reason_is_still_needed(used: set[str]) -> None:
    """Runs last: with `pytest -k` it sees only what ran before it."""
    assert set(engines.excused()) - used == set()
