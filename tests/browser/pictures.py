"""The pictures of the staff guide: each is taken of the program itself, so that none shows what is no longer so."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typer.testing import CliRunner

from builder import templates
from builder.cli import app
from builder.language import translator
from tests.corpus.spoiled import base, spoiled
from tests.forms.office import convert
from tests.packages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["IMAGES", "PICTURES", "Picture", "size"]

IMAGES = ROOT / "docs" / "images"
WIDTH = 880
"""Pixels of a page that a picture is taken of; a picture has twice as many."""

SPOILT = (
    {"file": "case.csv", "cell": "F2", "value": "2026-13-05"},
    {"file": "case.csv", "cell": "B3", "value": "3.20812E+14"},
    {"file": "grid.csv", "cell": "D3", "value": "综合网格"},
    {"file": "grid.csv", "cell": "F4", "value": "312户"},
    {"file": "duty.csv", "cell": "D3", "value": "=1+1"},
)
"""What a clerk does to a table on an ordinary day."""


class Picture(NamedTuple):
    """How a picture is taken in a new folder; `needs_office`: with LibreOffice."""

    take: Callable[[Browser, Path], bytes]
    needs_office: bool = False


def shot(browser: Browser, body: str, width: int = WIDTH) -> bytes:
    """Return a picture of what is in the body of a page."""
    page = browser.new_page(viewport={"width": width, "height": 100}, device_scale_factor=2)
    page.set_content(f"<!doctype html><html lang=zh><body style='margin:0'>{body}")
    taken = page.locator("body > *").screenshot()
    page.close()
    return taken


def check(browser: Browser, folder: Path) -> bytes:
    """`mingge check` of a package that a clerk spoilt, as a terminal shows it."""
    package = spoiled(folder / "package", SPOILT)
    said = CliRunner().invoke(app, ["check", str(package), "--config", str(ROOT / "mkdocs.yml")]).output
    lines = html.escape(f"$ .venv/bin/mingge check\n{said}")
    style = (
        "margin:0;padding:16px 20px;background:#1e1e1e;color:#e6e6e6;white-space:pre-wrap;overflow-wrap:anywhere;"
        "font:14px/1.6 'Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace"
    )
    return shot(browser, f'<pre style="{style}">{lines}</pre>')


def form(browser: Browser, folder: Path) -> bytes:
    """The form of the grids with its rows, as LibreOffice shows it."""
    (made,) = templates.templates(base(folder / "package"), ("grid",), translator("zh"), with_rows=True)
    path = folder / "form.xlsx"
    path.write_bytes(made.data)
    return sheet(browser, path, folder / "drawn")


def sheet(browser: Browser, path: Path, folder: Path) -> bytes:
    """Return a picture of the left of a workbook's first sheet, with thin lines between its cells."""
    drawn = convert(path, "html", folder).read_text(encoding="utf-8")
    table = re.findall("<table.*?</table>", drawn, re.DOTALL)[0]
    table = re.sub("<comment>.*?</comment>", "", table, flags=re.DOTALL)
    style = (
        "td{border:1px solid #d0d0d0;padding:2px 4px;white-space:nowrap}"
        "td,td *{font:12px 'Noto Sans CJK SC',sans-serif!important}"
        "table{border-collapse:collapse;table-layout:fixed}"
    )
    box = f"background:#fff;width:{WIDTH}px;overflow:hidden"
    return shot(browser, f"<div style='{box}'><style>{style}</style>{table}</div>")


PICTURES: Mapping[str, Picture] = {
    "staff-check": Picture(check),
    "staff-form": Picture(form, needs_office=True),
}
"""Name of a file in IMAGES → how it is taken."""


def size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height
