"""A file is written beside the old one and then takes its place: whoever looks finds the old one or the new, whole.

A link stays a link: the file that it leads to is replaced. Permissions stay. What somebody wrote in the meantime is
never lost: a file that is no longer what was read, or that another program has open, is left alone.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from builder.errors import ToolError
from builder.language import mark

__all__ = ["put"]

PART = ".mingge-part"
LOCKS = (".~lock.{name}#", "~${name}")
"""What LibreOffice, and what Excel and WPS lay beside a file that they have open."""

USUAL, WRITABLE = 0o644, 0o222


def put(path: Path, data: bytes, before: bytes | None) -> None:
    """Write `data` in the place of the bytes `before`, None where there was no file. Raises ToolError."""
    target = Path(os.path.realpath(path))
    try:
        refuse_open(target)
        refuse_changed(target, before)
        replace(target, data)
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"),
            mark("the file is as it was; make room, allow writing or close it in other programs, then run this again"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip


def refuse_open(target: Path) -> None:
    """Refuse a file that is open: what is saved there next would overwrite what is written now."""
    for form in LOCKS:
        if os.path.lexists(lock := target.with_name(form.format(name=target.name))):
            raise ToolError(
                mark("{path} is open in Excel, WPS or LibreOffice"),
                mark("close it there, then run this again; if it is not open, delete {lock}"),
                path=target.name, lock=lock.name,
            )  # fmt: skip


def refuse_changed(target: Path, before: bytes | None) -> None:
    """Refuse a file that is not what was read any more."""
    now = target.read_bytes() if target.exists() else None
    if now != before:
        raise ToolError(
            mark("{path} was changed in the meantime"), mark("it was left as it is; run this again"), path=target.name
        )


def replace(target: Path, data: bytes) -> None:
    part = target.with_name(f".{target.name}{PART}")
    with suppress(FileNotFoundError):
        part.unlink()  # of a run that was killed
    try:
        old = target.stat() if target.exists() else None
        if old and not old.st_mode & WRITABLE:  # somebody meant it to stay as it is
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        sink = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), USUAL)
        with os.fdopen(sink, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old:
            part.chmod(stat.S_IMODE(old.st_mode))
            with suppress(OSError, AttributeError):  # only root may give a file to somebody else
                os.chown(part, old.st_uid, old.st_gid)
        part.replace(target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
