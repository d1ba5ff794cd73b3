"""How to tell that a package has changed since it was looked at."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["fingerprint"]


def fingerprint(root: Path) -> str:
    """Return what is another text as soon as a file of the package has come, gone or been written."""
    seen = hashlib.sha256()
    for path in files(root):
        found = path.stat(follow_symlinks=False)
        seen.update(f"{path.relative_to(root)}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ino}\n".encode())
    return seen.hexdigest()


def files(root: Path) -> Iterator[Path]:
    """Yield the files of a package, in order; what hides is none of them."""
    for folder, names, found in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(found) if not name.startswith("."))
