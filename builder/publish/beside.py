"""Compressed copies beside the files of a release, for servers that send them as they are.

`X.gz` and `X.zst` beside a file X of the release hold X and nothing else; they are no content of the release, whose
hash does not depend on which library made them. zstandard is used here and nowhere else.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import zstandard

from builder.release.manifest import Written

__all__ = ["compress", "is_beside"]

SUFFIXES = (".css", ".csv", ".geojson", ".html", ".ics", ".js", ".json", ".jsonld", ".svg", ".txt", ".xml")
SMALLEST = 512
"""Bytes: less fits into one packet anyway."""
GZIP, ZSTD = 6, 12
"""Levels: the next ones take twice as long for one hundredth."""
AT_ONCE = 2


def compress(folder: Path, files: Mapping[str, Written]) -> None:
    """Write the compressed copies of those `files` (path → size) that become smaller. Raises OSError."""
    worth = [path for path, file in files.items() if path.endswith(SUFFIXES) and file.size >= SMALLEST]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(partial(one, folder, files), worth):
            pass


def one(folder: Path, files: Mapping[str, Written], path: str) -> None:
    """Compress one file, unless the site has a file of its own at that place."""
    if f"{path}.gz" not in files:
        with (
            (folder / path).open("rb") as source,
            (folder / f"{path}.gz").open("xb") as target,
            gzip.GzipFile("", "wb", GZIP, target, mtime=0) as packed,
        ):
            shutil.copyfileobj(source, packed, 1 << 17)
    if f"{path}.zst" not in files:
        with (folder / path).open("rb") as source, (folder / f"{path}.zst").open("xb") as target:
            # without the size, a window for the largest file there could be is cleared for each
            zstandard.ZstdCompressor(level=ZSTD).copy_stream(source, target, size=files[path].size)


def is_beside(path: str, files: Collection[str]) -> bool:
    """Say whether a file of a release that is none of its `files` is the compressed copy of one."""
    return path.endswith((".gz", ".zst")) and path.rpartition(".")[0] in files
