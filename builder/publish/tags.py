"""The times of files, by which web servers tell versions of them (ETag): never the same for two contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from builder.publish import manifest
from builder.release.manifest import Written

__all__ = ["date"]


def date(folder: Path, files: Mapping[str, Written], before: Path) -> None:
    """Give files that are as they were the time of the former ones, and those that are not a later one.

    A server tells versions of a file by time and size (ETag): two of the same second, or a clock that was set back,
    would show a reader's browser the old one for ever.
    """
    known = manifest.parsed((before / manifest.NAME).read_bytes()).files
    for path, file in files.items():
        former = known.get(path)
        if former is None or not (before / path).is_file():
            continue
        old, new = (before / path).stat().st_mtime_ns, (folder / path).stat().st_mtime_ns
        if former.sha256 == file.sha256:
            stamp(folder / path, old)
        elif new // 10**9 <= old // 10**9:
            stamp(folder / path, old + 10**9)


def stamp(path: Path, changed_ns: int) -> None:
    for each in (path, path.with_name(f"{path.name}.gz"), path.with_name(f"{path.name}.zst")):
        if each.exists():
            os.utime(each, ns=(changed_ns, changed_ns))
