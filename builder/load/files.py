"""Which files a resource's path names: only plain files inside the package's folder, never a link out of it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["inside", "resource_files"]


def inside(folder: Path, path: str, name: str) -> Path:
    """Return `folder`/`path`. BuilderError when it has a scheme, is absolute, or leads out of the folder."""
    pure = PurePosixPath(path.replace("\\", "/"))
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or pure.is_absolute() or ".." in pure.parts or "\0" in path:
        raise BuilderError(
            mark("datapackage.json: {name}: the path “{path}” leads out of the package’s folder"),
            mark("copy the file into the folder and name it relative to datapackage.json"),
            name=name, path=path,
        )  # fmt: skip
    target = folder / pure
    if not target.resolve().is_relative_to(folder.resolve()):
        raise BuilderError(
            mark("datapackage.json: {name}: “{path}” is a link to a file outside the package’s folder"),
            mark("replace the link by a copy of the file"),
            name=name, path=path,
        )  # fmt: skip
    return target


def resource_files(folder: Path, path: str, name: str) -> tuple[Path, ...]:
    """Return the CSV files of a resource, in name order when `path` is a folder. May be empty or missing files."""
    target = inside(folder, path, name)
    if not target.is_dir():
        return (target,)
    found = sorted(item for item in target.iterdir() if item.suffix.lower() == ".csv")
    return tuple(inside(folder, item.relative_to(folder).as_posix(), name) for item in found)
