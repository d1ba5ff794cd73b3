"""A workspace is a folder beside the site, claimed before anything is put into it.

It belongs to whoever holds the lock on its claim. The system takes the lock from a process that ends, however it ends,
so that neither a number given to another process nor a container with numbers of its own can mislead us. A folder
without our claim in it is never touched, whatever its name.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["Workspace", "abandoned", "claim", "other_builder"]

CLAIM = ".mingge-building"
KIND = "building"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that we hold, and the descriptor of its claim."""

    folder: Path
    descriptor: int

    @property
    def site(self) -> Path:
        """The site that is being built: it may be thrown away."""
        return self.folder / "site"

    @property
    def scratch(self) -> Path:
        """Anything temporary: it may be thrown away."""
        return self.folder / "scratch"

    @property
    def swap(self) -> Path:
        """A finished site, first the new one, then the old one; either may hold what people put there."""
        return self.folder / "swap"

    @property
    def old(self) -> Path:
        """The old site, in the moment when no site is public."""
        return self.folder / "old"

    def leave(self) -> None:
        """Let go of the folder, and remove it if nothing but the claim is in it."""
        with suppress(OSError):
            is_done = os.listdir(self.folder) == [CLAIM]
            os.close(self.descriptor)
            if is_done:
                (self.folder / CLAIM).unlink()
                self.folder.rmdir()


def claim(output: Path) -> Workspace:
    """Make a workspace beside `output`, under the first name that nobody uses. Raises OSError."""
    number = 0
    while True:
        number += 1
        folder = output.with_name(f".{output.name}.building-mingge-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        # None: another build took the folder, still without a claim, for what a killed build had left
        if work := claimed(folder, output.name):
            return work


def claimed(folder: Path, name: str) -> Workspace | None:
    try:
        work = Workspace(folder, os.open(folder / CLAIM, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644))
    except FileNotFoundError:
        return None
    try:
        if has_lock(work.descriptor):
            os.write(work.descriptor, json.dumps({"mingge": KIND, "output": name, "pid": os.getpid()}).encode())
            return work
    except BaseException:
        work.leave()
        raise
    os.close(work.descriptor)
    return None


def has_lock(descriptor: int) -> bool:
    """Take the lock of a claim; False when another process has it, or has removed the claim meanwhile.

    Windows has no such lock: two builds of one site at the same moment are not told apart there.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(descriptor).st_nlink > 0


def abandoned(output: Path) -> Iterator[Workspace]:
    """Yield the workspaces of `output` whose builders have ended, held by us now; each must be left."""
    for folder in candidates(output):
        descriptor = opened(folder)
        if descriptor is None:
            # killed before it could claim the folder: rmdir takes only an empty one
            with suppress(OSError):
                folder.rmdir()
        elif has_lock(descriptor) and builder(descriptor, folder, output.name) is not None:
            yield Workspace(folder, descriptor)
        else:
            os.close(descriptor)


def other_builder(output: Path, ours: Workspace) -> int | None:
    """Return the process that is building `output` at this moment beside us, if there is one."""
    for folder in candidates(output):
        if folder == ours.folder or (descriptor := opened(folder)) is None:
            continue
        try:
            if not has_lock(descriptor) and (pid := builder(descriptor, folder, output.name)) is not None:
                return pid
        finally:
            os.close(descriptor)
    return None


def candidates(output: Path) -> list[Path]:
    """Return the folders beside `output` that have the name of a workspace."""
    pattern = re.compile(rf"\.{re.escape(output.name)}\.building-mingge-[0-9]+")
    try:
        with os.scandir(output.parent) as entries:
            found = [e.path for e in entries if pattern.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [Path(path) for path in sorted(found)]


def opened(folder: Path) -> int | None:
    """Return a descriptor of the claim in `folder`; None when there is none that we may use."""
    path = folder / CLAIM
    with suppress(OSError):
        # opening a FIFO would wait for its other end
        if stat.S_ISREG(path.lstat().st_mode):
            return os.open(path, os.O_RDWR)
    return None


def builder(descriptor: int, folder: Path, name: str) -> int | None:
    """Return the process that a claim names (0: killed before it wrote that); None when it is not our claim."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, 1 << 16)
    if not text and os.listdir(folder) == [CLAIM]:
        return 0
    try:
        found = json.loads(text)
        return int(found["pid"]) if (found["mingge"], found["output"]) == (KIND, name) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
