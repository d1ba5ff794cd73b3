"""The desk's own folder, in which everything temporary lies, and its hold on the package.

Always holds: nobody else can read the folder, it goes when the desk ends, and what a killed desk has left goes when the
next one starts. The system lets go of the locks of a process that ends, however it ends (compare release/workspace.py).
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark

if sys.platform != "win32":
    import fcntl

__all__ = ["folder", "hold", "sweep"]

PREFIX = "mingge-desk-"
CLAIM = ".mingge-desk"


@contextmanager
def hold(package: Path) -> Iterator[None]:
    """Keep the package to this desk alone. Raises BuilderError when another desk works on it, or it cannot be opened.

    The lock is on the folder itself, so that it leaves no file, and desks of other people meet it too.
    """
    try:
        descriptor = os.open(package, os.O_RDONLY)
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=package, error=error.strerror,
        ) from error  # fmt: skip
    try:
        if not locked(descriptor):
            raise BuilderError(
                mark("another desk works on {path} already"),
                mark("use that one: its page is open in a browser of this machine; or close its window first"),
                path=package,
            )
        yield
    finally:
        os.close(descriptor)


@contextmanager
def folder() -> Iterator[Path]:
    """Yield an empty folder that only we can read; at the end of the block it is gone. Raises ToolError."""
    sweep()
    try:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        descriptor = os.open(path / CLAIM, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ToolError(
            mark("no temporary folder can be made ({error})"), mark("make room on the disk, then start again"),
            error=error.strerror or error,
        ) from error  # fmt: skip
    try:
        locked(descriptor)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)  # what a job that is just being killed still writes: the next desk's
        os.close(descriptor)


def sweep() -> None:
    """Remove the folders of our own desks that have ended without doing so."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if is_ours(path) and is_abandoned(path / CLAIM):
                shutil.rmtree(path, ignore_errors=True)


def is_ours(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def is_abandoned(claim: Path) -> bool:
    """Return whether no desk holds the claim; a folder without one is none of ours, or only just being made."""
    if not claim.is_file() or claim.is_symlink():
        return False
    descriptor = os.open(claim, os.O_RDWR)
    try:
        return locked(descriptor)
    finally:
        os.close(descriptor)


def locked(descriptor: int) -> bool:
    """Take the lock; False when another process has it. A file system without locks cannot tell two desks apart."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
