"""What is on the disk, and who may write to it: the system keeps both for us, whatever becomes of this process."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import ToolError
from builder.language import mark

if sys.platform != "win32":
    import fcntl

__all__ = ["durable", "locked", "readable", "settle"]


@contextmanager
def locked(path: Path, target: Path) -> Iterator[None]:
    """Hold the lock at `path`. The system takes it from a process that ends, however it ends: none is ever stale."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ToolError(
                    mark("{path} is being published to by another process"),
                    mark("wait until it has ended, then publish again"), path=target,
                ) from None  # fmt: skip
        yield
    finally:
        os.close(descriptor)


def readable(folder: Path) -> None:
    """Let anybody read what will be public, whatever the rights are that this process gives to what it writes."""
    for place, _, names in os.walk(folder):
        for path, mode in [(place, 0o755), *((os.path.join(place, name), 0o644) for name in names)]:
            if os.stat(path).st_mode & 0o777 != mode:  # of an account's own files alone it may change that
                os.chmod(path, mode)


def durable(folder: Path) -> None:
    """Wait until everything on the disk of `folder` is written, also what the system had put off. Raises OSError."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if os.name == "posix" else None
    if call is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if call(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(descriptor)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
