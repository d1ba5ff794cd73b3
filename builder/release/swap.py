"""Build beside, then replace. Until the last step the old site is not touched; a killed build leaves only a
folder that the next build removes.

A folder is replaced only when it is empty or carries our marker, so that `--output ~` cannot cost anyone a home.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["staged"]

MARKER = ".mingge-site"
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Yield an empty folder beside `output`; when the block ends without an exception it becomes `output`.

    Raises BuilderError when `output` is not ours to replace, ToolError when the disk fails.
    """
    output = output.absolute()
    staging = output.with_name(f".{output.name}.building-{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        recover(output)
        check_ours(output)
        sweep(output)
        staging.mkdir()
        yield staging
        (staging / MARKER).write_text("Written by mingge; it may be replaced by the next build.\n", encoding="utf-8")
        replace(staging, output)
    except OSError as error:
        raise ToolError(
            mark("the site could not be written: {error}"),
            mark("free some space or check the permissions, then build again; the old site is as it was"),
            error=error.strerror or error,
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def check_ours(output: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise BuilderError(mark("{path} is not a folder"), mark("name a folder with --output"), path=output)
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise BuilderError(
            mark("{path} holds files that mingge did not write"),
            mark("name a new or empty folder with --output"),
            path=output,
        )


def old(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def recover(output: Path) -> None:
    """Put the old site back if a build was killed between the two renames of `replace`."""
    if old(output).is_dir() and not output.exists():
        old(output).rename(output)


def sweep(output: Path) -> None:
    """Remove what killed builds left behind; a build that is still running keeps its folder."""
    for left in output.parent.glob(f".{glob.escape(output.name)}.building-*"):
        pid = left.name.rsplit("-", 1)[1]
        if not (pid.isdigit() and is_running(int(pid))) or int(pid) == os.getpid():
            shutil.rmtree(left, ignore_errors=True)
    if output.exists():
        shutil.rmtree(old(output), ignore_errors=True)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def replace(staging: Path, output: Path) -> None:
    """Put `staging` in the place of `output`: in one step where the system can exchange two folders, else in two."""
    if not output.exists():
        staging.rename(output)
        return
    if not exchange(staging, output):
        output.rename(old(output))
        try:
            staging.rename(output)
        except BaseException:
            old(output).rename(output)
            raise
        shutil.rmtree(old(output), ignore_errors=True)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); False where that is not to be had."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    return bool(renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0)
