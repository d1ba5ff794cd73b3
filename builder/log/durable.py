"""Files that are there whole or not at all, and stay there when the power fails. POSIX."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["alone", "put", "settle", "swept"]

PART = ".mingge-part"


def put(root: Path, path: str, content: bytes) -> None:
    """Write a file below `root`; when this returns it is on the disk, and so are its folders."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}{PART}")
    with part.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    part.replace(file)
    for folder in file.parents:
        settle(folder)
        if folder == root:
            break


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def swept(root: Path) -> None:
    """Remove what an interrupted `put` has left."""
    for path in sorted(root.rglob(f"*{PART}")):
        path.unlink()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder, waiting until none is in it; nothing is written for that."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
