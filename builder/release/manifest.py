"""The manifest lists what a build wrote: path, size and SHA-256 of every file of the site but itself.

A file is the build's only while it is what the manifest says; everything else in a site is somebody's. Times are not
in it: the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["NAME", "Hasher", "Manifest", "Written", "hashing", "read", "write"]

T = TypeVar("T")

NAME = ".mingge-site"
KIND, FORMAT = "site", 1
BLOCK_BYTES = 1 << 17
AT_ONCE = 200
"""Files that a thread reads one after the other."""

Stamp = tuple[int, int, int]
"""Size, time of the last change of any kind in ns, and inode: alike only if nobody has touched the file."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as a build wrote it: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that a build wrote, the folders they need, and when the manifest itself was written (0: never)."""

    files: Mapping[str, Written]
    folders: frozenset[str]
    changed_ns: int

    def wrote(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Say whether what lies at `path` now is the file that the build wrote there."""
        if path == NAME:
            return self.changed_ns > 0
        known = self.files.get(path)
        if known is None or not entry.is_file(follow_symlinks=False):
            return False
        found = entry.stat(follow_symlinks=False)
        if found.st_size != known.size:
            return False
        # Every change moves a file's ctime, which no program can set back, and the manifest is written last: an older
        # file need not be read. A site that was copied or checked out has new ctimes and is read whole.
        return found.st_ctime_ns < self.changed_ns or digest(entry.path) == known.sha256


def read(folder: Path) -> Manifest:
    """Return the manifest of a site, one without files if it has none. Raises BuilderError when it is not readable."""
    path = folder / NAME
    if not os.path.lexists(path):
        return Manifest({}, frozenset(), 0)
    found = path.lstat()
    try:
        files = parse(path.read_bytes() if stat.S_ISREG(found.st_mode) else b"")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BuilderError(
            mark("{path} does not say which files a build wrote"),
            mark("name a new folder with --output, or remove the old one yourself"),
            path=path,
        ) from None
    folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
    return Manifest(files, frozenset(folders), found.st_ctime_ns)


def parse(text: bytes) -> dict[str, Written]:
    """Return the files of a manifest; ValueError, KeyError or TypeError when it is not one of this format."""
    source = json.loads(text)
    if (source["mingge"], source["format"]) != (KIND, FORMAT):
        raise ValueError(source["format"])
    return {str(file["path"]): Written(int(file["size"]), str(file["sha256"])) for file in source["files"]}


class Hasher:
    """Hashes the files of a site with `pool`, those that exist already while others are still to come.

    What it found early counts only for files that nobody has touched since.
    """

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self.folder, self.pool = folder, pool
        self.begun: list[tuple[Sequence[tuple[str, Stamp]], Future[list[str]]]] = []

    def begin(self) -> None:
        """Begin, and go on beside whoever asked for it."""
        for part in parts(sorted(stamps(self.folder).items())):
            self.begun.append((part, self.pool.submit(self.digests, [path for path, _ in part])))

    def digests(self, paths: Sequence[str]) -> list[str]:
        """Return the SHA-256 of files, one after the other."""
        return [digest(f"{self.folder}/{path}") for path in paths]

    def finish(self, found: Mapping[str, Stamp]) -> Iterator[tuple[str, str]]:
        """Yield path and SHA-256 of every file, hashing what has not been hashed in this state. `found`: its files."""
        known = {
            path: sha256
            for part, future in self.begun
            for (path, early), sha256 in zip(part, future.result(), strict=True)
            if found.get(path) == early
        }
        yield from known.items()
        rest = parts(sorted(path for path in found if path not in known))
        for part, sha256s in zip(rest, self.pool.map(self.digests, rest), strict=True):
            yield from zip(part, sha256s, strict=True)


def parts(items: Sequence[T]) -> list[Sequence[T]]:
    """Return `items` in the portions that one thread works on."""
    return [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]


def write(folder: Path, hasher: Hasher) -> None:
    """Write the manifest of a finished site, which `hasher` may have begun with.

    Raises ToolError when a file appears, disappears or changes meanwhile, BuilderError when one is not a plain file.
    """
    before = stamps(folder)
    files = {path: Written(before[path][0], sha256) for path, sha256 in hasher.finish(before)}
    with (folder / NAME).open("x", encoding="ascii", newline="\n") as target:
        target.writelines(lines(files))
    before[NAME] = stamp((folder / NAME).lstat())
    after = stamps(folder)
    if changed := sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)):
        raise ToolError(
            mark("{path} changed while the site was being finished"),
            mark("another program writes into the site’s folder; end it and build again"),
            path=changed[0],
        )


def lines(files: Mapping[str, Written]) -> Iterator[str]:
    """Yield the text of a manifest, a file a line, so that a difference between two sites can be read."""
    yield f'{{"mingge": "{KIND}", "format": {FORMAT}, "files": ['
    comma = "\n"
    for path, file in sorted(files.items()):
        yield comma + json.dumps({"path": path, "size": file.size, "sha256": file.sha256})
        comma = ",\n"
    yield "\n]}\n"


def stamps(folder: Path, prefix: str = "") -> dict[str, Stamp]:
    """Return path and stamp of every file below `folder`."""
    found: dict[str, Stamp] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                found |= stamps(Path(entry.path), f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                found[path] = stamp(entry.stat(follow_symlinks=False))
            else:
                raise BuilderError(
                    mark("{path} in the new site is neither a file nor a folder"),
                    mark("a site is copied to a web server: put the file itself in the place of a link"),
                    path=path,
                )
    return found


def stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_ctime_ns, status.st_ino


@contextmanager
def hashing(folder: Path) -> Iterator[Hasher]:
    """Yield what hashes the files of `folder`. Threads do it: reading and hashing leave the interpreter free."""
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield Hasher(folder, pool)
    finally:
        pool.shutdown(cancel_futures=True)


def digest(path: str | Path) -> str:
    """Return the SHA-256 of a file, read block by block."""
    total = hashlib.sha256()
    with open(path, "rb", buffering=0) as source:
        while block := source.read(BLOCK_BYTES):
            total.update(block)
    return total.hexdigest()
