"""The pictures of the staff guide are of the program as it is. `make pictures` takes them anew."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pictures import IMAGES, PICTURES, size
from tests.packages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LARGEST = 250_000
"""Bytes: the guide is read on telephones, too."""

NEAR = 0.15
"""By so much of its height a picture may differ: fonts are not the same everywhere."""

office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (libreoffice-calc) is not here")


def test_the_guide_shows_every_picture_that_is_taken_and_no_other() -> None:
    text = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(images/([a-z-]+)\.png\)", text)

    assert [name for _, name in shown] == [*dict.fromkeys(name for _, name in shown)]
    assert {name for _, name in shown} == set(PICTURES)
    assert all(len(said) > 10 for said, _ in shown), "who cannot see a picture is told what it shows"
    assert {path.stem for path in IMAGES.glob("staff-*.png")} == set(PICTURES)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[office, pytest.mark.nightly] if item.needs_office else [])
     for name, item in PICTURES.items()],
)  # fmt: skip
def test_a_picture_is_what_the_program_shows(name: str, browser: Browser, tmp_path: Path) -> None:
    taken = PICTURES[name].take(browser, tmp_path)
    path = IMAGES / f"{name}.png"
    if os.environ.get("MINGGE_PICTURES"):
        path.write_bytes(taken)
    (width, height), (was_wide, was_high) = size(taken), size(path.read_bytes())

    assert len(path.read_bytes()) < LARGEST
    assert width == was_wide
    assert abs(height - was_high) <= NEAR * was_high, "take the pictures anew: make pictures"
