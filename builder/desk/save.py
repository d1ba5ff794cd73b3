"""Files are put into the package all or none, whatever happens meanwhile.

New files are written beside, in a hidden folder of the package; then a journal that names them is put there, which is
the moment of the decision; then each takes its place in one step. Whoever finds a journal completes it, whoever finds
none throws the rest away (`finish`): after a kill the package is the old one or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["BESIDE", "digest", "finish", "put"]

BESIDE = ".mingge-desk"
JOURNAL = "journal.json"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, "" where there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def put(root: Path, files: Mapping[str, Path | None]) -> None:
    """Put each file in its place in the package, or remove what is there (None). Raises ToolError; nothing is changed.

    `files`: path in the package → what shall lie there.
    """
    finish(root)
    beside = root / BESIDE
    try:
        beside.mkdir()
        try:
            steps = [step(root, beside, number, path, new) for number, (path, new) in enumerate(files.items())]
            journal = {"mingge": "save", "format": 1, "steps": steps}
            part = beside / f"{JOURNAL}.part"
            part.write_text(json.dumps(journal), encoding="utf-8")
            flushed(part)
            part.replace(beside / JOURNAL)
            flushed(beside)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        finish(root)
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"),
            mark("check the permissions and the room on the disk; the old files are as they were"),
            path=error.filename or root, error=error.strerror or error,
        ) from error  # fmt: skip


def step(root: Path, beside: Path, number: int, path: str, new: Path | None) -> dict[str, object]:
    target = place(root, path)
    if new is not None:
        copy = beside / str(number)
        shutil.copyfile(new, copy)
        if target.exists():
            shutil.copymode(target, copy)
        flushed(copy)
    return {"path": path, "file": None if new is None else str(number)}


def finish(root: Path) -> None:
    """Complete what a killed desk had decided, and throw away what it had not. Raises BuilderError, OSError."""
    beside = root / BESIDE
    if not os.path.lexists(beside):
        return
    if beside.is_symlink() or not beside.is_dir():
        raise stranger(beside)
    if (beside / JOURNAL).is_file():
        for item in read(beside / JOURNAL):
            target = place(root, str(item["path"]))
            if item["file"] is None:
                target.unlink(missing_ok=True)
            elif (new := beside / str(int(item["file"]))).is_file():  # else it is in its place already
                new.replace(target)
        flushed(root)
        (beside / JOURNAL).unlink()  # first: half a removal is never taken for what is to be completed
    shutil.rmtree(beside)


def read(journal: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(journal.read_text(encoding="utf-8"))
        steps = [{"path": str(item["path"]), "file": item["file"]} for item in found["steps"]]
        is_ours = (found["mingge"], found["format"]) == ("save", 1)
    except (ValueError, KeyError, TypeError) as error:
        raise stranger(journal.parent) from error
    if not is_ours:
        raise stranger(journal.parent)
    return steps


def place(root: Path, path: str) -> Path:
    """Return where a file of the package lies: a CSV file inside of it, whatever the journal says."""
    pure = PurePosixPath(path)
    target = Path(os.path.realpath(root / pure))
    is_inside = target.is_relative_to(os.path.realpath(root)) and not pure.is_absolute() and ".." not in pure.parts
    if not is_inside or not path.endswith((".csv", ".csv.gz")):
        raise stranger(root / BESIDE)
    return target


def stranger(path: Path) -> BuilderError:
    return BuilderError(
        mark("{path} is there and was not left by this program"), mark("look what it is, and remove it"), path=path
    )


def flushed(path: Path) -> None:
    """Have the disk keep what was written so far."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
