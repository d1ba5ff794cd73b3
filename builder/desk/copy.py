"""A copy of the package in which files are tried, and how to tell that the package has changed since."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

__all__ = ["copied", "fingerprint", "put_in"]


def files(root: Path) -> Iterator[Path]:
    """Yield the files of a package, in order; what hides is none of them."""
    for folder, names, found in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(found) if not name.startswith("."))


def fingerprint(root: Path) -> str:
    """Return what is another text as soon as a file of the package has come, gone or been written."""
    seen = hashlib.sha256()
    for path in files(root):
        found = path.stat(follow_symlinks=False)
        seen.update(f"{path.relative_to(root)}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ino}\n".encode())
    return seen.hexdigest()


def copied(root: Path, into: Path) -> None:
    """Copy a package into a new folder: what nobody will write takes no room where a second name can be given."""
    shutil.rmtree(into, ignore_errors=True)
    for path in files(root):
        target = into / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        real = os.path.realpath(path)
        if not Path(real).is_relative_to(os.path.realpath(root)):
            target.symlink_to(real)  # a link out of the package is refused by the check, as it is in the package
            continue
        try:
            os.link(real, target)
        except OSError:  # another disk, or a file of somebody else
            shutil.copy2(real, target)


def put_in(package: Path, path: str, data: bytes) -> Path:
    """Put a file in its place in a copy; what lay there keeps its other name, and its content."""
    target = package / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.write_bytes(gzip.compress(data, mtime=0) if path.endswith(".gz") else data)
    return target
