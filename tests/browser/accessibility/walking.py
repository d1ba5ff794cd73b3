"""Walk through a page with the Tab key, as somebody does who has no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("walk.js", "measure.js")]


def prepare(page: Page) -> None:
    """Put the measuring scripts into the page."""
    for script in SCRIPTS:
        page.evaluate(script)


def walked(page: Page, within: str = "body", most: int = 6000) -> list[str]:
    """Return what is wrong on the way from where the focus is to where it has been, a sentence each.

    What is shown below the selector `within` and can be operated must be reached; what is reached must be shown, not
    covered, marked by a ring of 2 px in 3:1, and lie within. Raises AssertionError when it takes more than `most`
    steps.
    """
    page.evaluate("within => walk.begin(within)", within)
    faults: list[str] = []
    lost = 0
    for _ in range(most):
        page.keyboard.press("Tab")
        step = page.evaluate("within => walk.step(within)", within)
        # the browser's own controls come after the last and before the first
        lost = lost + 1 if step["at"] is None else 0
        if lost > 1 or (step["at"] is not None and not step["first"]):
            return [*faults, *(f"{name} is not reached" for name in page.evaluate("walk.rest()"))]
        faults += [f"{step['at']} {fault}" for fault in step["faults"]]
    raise AssertionError(f"no end after {most} steps")
