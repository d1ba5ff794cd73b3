"""A site is copied while it is checked: what is published is what was read, and what was read is what was built."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from builder.errors import BuilderError
from builder.language import mark
from builder.publish import manifest
from builder.publish.manifest import Release
from builder.release import manifest as built
from builder.release.manifest import Manifest, Written

__all__ = ["Snapshot", "listing", "taken", "walked"]

BLOCK_BYTES = 1 << 17
AT_ONCE = 4
"""Files that are copied at once: the disk is the limit."""
NAMED = 3
"""How many files a message names."""

RESERVED = re.compile(r"log/|release\.json$")
"""What a release has beside the site's own files."""


class Snapshot(NamedTuple):
    """A site as it was found whole. `files`: path → size and SHA-256; `left`: what people put there, not published."""

    release: Release
    text: bytes
    files: Mapping[str, Written]
    left: tuple[str, ...]


def taken(site: Path, into: Path | None) -> Snapshot:
    """Check a site against its manifest and copy it into the empty folder `into` (None: nowhere).

    Raises BuilderError when a file is not as a build wrote it; OSError.
    """
    listed = listing(site)
    found = frozenset(walked(site))
    if taken_names := sorted(path for path in listed.files if RESERVED.match(path)):
        raise BuilderError(
            mark("the site has {path}, and a release needs that name"), mark("give the page or the file another name"),
            path=taken_names[0],
        )  # fmt: skip
    missing = sorted(listed.files.keys() - found)
    for folder in sorted({os.path.dirname(path) for path in listed.files}) if into else ():
        if into and folder_is_safe(folder):
            (into / folder).mkdir(parents=True, exist_ok=True)
    there = sorted(listed.files.keys() & found)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sums = pool.map(partial(copied, site, into), there)
        wrong = [path for path, file in zip(there, sums, strict=True) if file != listed.files[path]]
    refuse(site, missing, wrong)
    if into:
        copied(site, into, built.NAME)
    release, text = manifest.described(site, listed.files)
    if into:
        (into / manifest.NAME).write_bytes(text)
    left = sorted(found - listed.files.keys() - {built.NAME, manifest.NAME})
    return Snapshot(release, text, listed.files, tuple(left))


def listing(site: Path) -> Manifest:
    """Return the manifest of a site. Raises BuilderError when it has none."""
    listed = built.read(site) if site.is_dir() else None
    if listed is None or not listed.changed_ns:
        raise BuilderError(
            mark("{path} is no site that mingge has built"),
            mark("run `mingge build`, and name its folder with --site"), path=site,
        )  # fmt: skip
    return listed


def folder_is_safe(folder: str) -> bool:
    return not folder.startswith("/") and ".." not in folder.split("/")


def refuse(site: Path, missing: Sequence[str], wrong: Sequence[str]) -> None:
    """Raise BuilderError when files of a site are gone or not as the build wrote them."""
    if missing or wrong:
        text = (
            mark("{count} files of {path} are not as the build wrote them, such as {names}") if wrong
            else mark("{count} files of {path} are missing, such as {names}")
        )  # fmt: skip
        raise BuilderError(
            text, mark("build the site again, then publish it; a change belongs into data, docs or templates"),
            count=len(missing) + len(wrong), path=site, names=tuple([*wrong, *missing][:NAMED]),
        )  # fmt: skip


def walked(folder: Path, prefix: str = "", *, is_strict: bool = False) -> Iterator[str]:
    """Yield the paths of all files below `folder`; a link is no file, and none is followed.

    `is_strict`: yield what is neither file nor folder as well.
    """
    with os.scandir(folder / prefix) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walked(folder, f"{prefix}{entry.name}/", is_strict=is_strict)
            elif is_strict or entry.is_file(follow_symlinks=False):
                yield prefix + entry.name


def copied(site: Path, into: Path | None, path: str) -> Written:
    """Read a file, write what was read, and return its size and SHA-256."""
    total, size = hashlib.sha256(), 0
    source = os.open(site / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    target = os.open(into / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644) if into else -1
    try:
        while block := os.read(source, BLOCK_BYTES):
            total.update(block)
            size += len(block)
            put(target, block)
    finally:
        os.close(source)
        if target >= 0:
            os.close(target)
    return Written(size, total.hexdigest())


def put(target: int, block: bytes) -> None:
    """Write all of a block; a disk may take a part of it only."""
    while block and target >= 0:
        done = os.write(target, block)
        if not done:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        block = block[done:]
