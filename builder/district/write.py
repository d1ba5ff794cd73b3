"""Puts a new district where it belongs: whole, and in the place of nothing.

Always holds: files are written into a folder beside the target, which appears under its name by one rename; where an
empty folder is there already, such as the one that somebody stands in, it stays and its content is moved in.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.district import package, pages
from builder.district.plan import Plan
from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["DATASETS", "moved", "refuse_occupied", "staged", "write"]

DATASETS = "datasets"
HISTORY = ".git"


def refuse_occupied(target: Path) -> None:
    """Raise BuilderError if `target` is a file, or a folder that holds anything but the history of a new repository."""
    is_there = target.is_symlink() or target.exists()
    if is_there and (not target.is_dir() or any(path.name != HISTORY for path in target.iterdir())):
        raise BuilderError(
            mark("{target} exists and is not an empty folder"),
            mark("name a new folder, or empty this one first"),
            target=target,
        )


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield a new folder beside `target`; it is gone at the end, unless it was `moved`. Raises ToolError."""
    real = target.absolute()
    folder = real.parent / f".{real.name}.building-district"
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except OSError as error:
        raise ToolError(
            mark("{target} cannot be made ({error})"),
            mark("name a new folder, or empty this one first"),
            target=folder, error=error.strerror or error,
        ) from error  # fmt: skip
    try:
        yield folder
    except OSError as error:
        raise ToolError(
            mark("{target} cannot be written ({error})"),
            mark("check that the disk has space and that you may write there"),
            target=target, error=error.strerror or error,
        ) from error  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(plan: Plan, folder: Path) -> Path:
    """Write all files but policy.lock into the new `folder`; return the folder of its data package."""
    for name, content in pages.files(plan):
        put(folder / name, content)
    for name, content in package.files(plan):
        put(folder / DATASETS / name, content)
    return folder / DATASETS


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def moved(folder: Path, target: Path) -> None:
    """Let `folder` appear as `target`. Raises BuilderError when something has come there meanwhile."""
    refuse_occupied(target)
    if not target.exists():
        folder.rename(target)
        return
    for path in sorted(folder.iterdir()):
        path.rename(target / path.name)
