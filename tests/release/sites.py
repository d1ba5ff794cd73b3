"""Small sites to build, and what lies in a folder, for the tests of release."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from builder.release import staged

MANIFEST = ".mingge-site"


def build(output: Path, text: str) -> None:
    """Write a small site that says `text`."""
    build_files(output, {"index.html": text, "grid/1/index.html": f"{text} 1"})


def build_files(output: Path, files: Mapping[str, str]) -> None:
    """Write a site of these files."""
    with staged(output) as staging:
        put(staging.site, files)


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, and the folders they need, below `folder`."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Return what is below `folder`: files with their bytes, folders with a slash, links with where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = os.fsencode(path.readlink())
        elif path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes() if path.is_file() else b"neither file nor folder"
    return found


def names(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(path.name for path in folder.iterdir())
