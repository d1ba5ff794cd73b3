"""A page as a reader has it before them: as it opens, with the drawer open, with the search open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Dialog(NamedTuple):
    """A part of the shell that opens over the page."""

    opener: str
    box: str


DIALOGS = {
    "drawer": Dialog("button.mingge-menu", "#mingge-drawer"),
    "search": Dialog("header [data-mingge-search]", "#mingge-search"),
    "elder": Dialog("button.mingge-elder", "#mingge-elder"),
}


def offered(page: Page) -> dict[str, Dialog]:
    """Return the dialogs whose opener is shown: a wide screen needs no drawer."""
    return {name: dialog for name, dialog in DIALOGS.items() if page.locator(dialog.opener).first.is_visible()}


def opened(page: Page, dialog: Dialog) -> None:
    """Open a dialog with the keyboard alone."""
    page.locator(dialog.opener).first.focus()
    page.keyboard.press("Enter")
    page.locator(f"{dialog.box}[open]").wait_for(timeout=5_000)


def closed(page: Page, dialog: Dialog) -> None:
    """Close a dialog with Escape."""
    page.keyboard.press("Escape")
    page.locator(f"{dialog.box}[open]").wait_for(state="detached", timeout=5_000)
