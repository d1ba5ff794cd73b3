"""Trees of files kept in a folder under a name: an entry is there whole, or it is not there.

Always holds: an entry appears by one rename; one whose digest is not right is as good as none; nothing else
that lies in the folder is read or removed, and no entry that was used lately. The digest finds damage, not malice:
whoever may write the folder may write the site.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo

__all__ = ["Tree", "found", "keep", "names", "parsed", "written"]

Tree = Mapping[str, bytes]
"""Path below a folder → content."""

MOST = 8
"""Entries kept: as many branches, languages or environments may take turns without a run of the engine."""

ENTRY = re.compile(r"[0-9a-f-]+\.tree")
UNFINISHED = ".unfinished-"
DAY_SECONDS = 86_400

# as other tools mark theirs: no version control, no backup
MARKS = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by mingge; may be deleted at any time.\n",
}


def names(folder: Path) -> list[str]:
    """Return the names of all entries, the one used last first; none when the folder cannot be read."""
    with suppress(OSError), os.scandir(folder) as entries:
        times = {entry.name: entry.stat().st_mtime_ns for entry in entries if ENTRY.fullmatch(entry.name)}
        return [name.removesuffix(".tree") for name in sorted(times, key=lambda name: (-times[name], name))]
    return []


def found(folder: Path, wanted: Iterable[str]) -> Tree | None:
    """Return the first of the `wanted` entries that is whole, and note its use; None when there is none."""
    for name in wanted:
        path = folder / f"{name}.tree"
        with suppress(OSError, ValueError, BadZipFile):  # gone, unreadable or damaged: made anew
            tree = parsed(path.read_bytes())
            if names(folder)[:1] != [name]:  # else a program that watches the folder would see a change
                with suppress(OSError):  # a folder that may only be read
                    os.utime(path)
            return tree
    return None


def keep(folder: Path, name: str, tree: Tree) -> None:
    """Keep `tree` as `name`, and remove the entries that were not used for longest. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for mark, text in MARKS.items():
        if not (folder / mark).exists():
            (folder / mark).write_text(text, encoding="ascii")
    with TemporaryDirectory(prefix=UNFINISHED, dir=folder) as beside:
        new = Path(beside) / name
        new.write_bytes(written(tree))
        now = new.stat().st_mtime  # the clock of the file system, as that of all entries
        new.replace(folder / f"{name}.tree")
    for old in names(folder)[MOST:]:
        (folder / f"{old}.tree").unlink(missing_ok=True)
    for left in folder.glob(f"{UNFINISHED}*"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < now - DAY_SECONDS:  # of a build that was killed; no other takes that long
                shutil.rmtree(left)


def written(tree: Tree) -> bytes:
    """Return the bytes of an entry: SHA-256 in hexadecimal, a line's end, a ZIP file without times."""
    body = io.BytesIO()
    with ZipFile(body, "w") as archive:
        for path, content in sorted(tree.items()):
            archive.writestr(ZipInfo(path), content)
    return hashlib.sha256(body.getvalue()).hexdigest().encode() + b"\n" + body.getvalue()


def parsed(entry: bytes) -> Tree:
    """Return the tree of an entry. Raises ValueError or BadZipFile when it is damaged."""
    digest, _, body = entry.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError(digest)
    with ZipFile(io.BytesIO(body)) as archive:
        tree = {name: archive.read(name) for name in archive.namelist()}
    if stray := [path for path in tree if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts]:
        raise ValueError(stray)
    return tree
