"""LibreOffice, without a window and with a profile of its own: what it makes of a file is what staff would see."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["convert", "needs_office"]

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (libreoffice-calc) is not on this machine")

TIMEOUT = 120
"""Seconds."""


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Open a file in LibreOffice and save it into the new `folder` as `kind`: fods, xlsx, png, csv with its filter."""
    assert SOFFICE
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.parent}/office"
    command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    found = folder / f"{path.stem}.{kind.partition(':')[0]}"
    assert found.is_file(), done.stdout + done.stderr
    return found
