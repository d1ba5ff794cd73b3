"""Which files a resource's path names, and their bytes.

Only plain files inside the package's folder are ever opened: never a link out of it, and never a pipe or a
device, which would keep the build waiting for ever.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zlib
from pathlib import Path, PurePosixPath

from builder.errors import BuilderError
from builder.language import mark
from builder.load.names import shown

__all__ = [
    "LOCKED", "BrokenArchiveError", "NotAFileError", "TooLargeError", "content", "inside", "plain_content",
    "resource_files", "text", "unpacked",
]  # fmt: skip

SUFFIXES = (".csv", ".csv.gz", ".xlsx")

LOCKED = "~$"
"""How the file is called beside a workbook that somebody has open."""

CHUNK = 2**20
LEAST_UNPACKED = 64 * 2**20
MOST_TIMES = 100
"""A table becomes ten times as large when it is unpacked, zeros a thousand times: those are refused."""


class NotAFileError(OSError):
    """A folder, a pipe or a device stands where a file is expected."""


class TooLargeError(OSError):
    """The file is larger than anything that a person writes."""


class BrokenArchiveError(OSError):
    """The file is called .gz and is not one, or ends too early."""


def plain_content(path: Path, instead: bytes | None = None) -> bytes:
    """Return the bytes of a file, unpacked if it is called .gz. Raises OSError, NotAFileError, BrokenArchiveError.

    `instead`: those that it is to have, whatever it has now.
    """
    data = content(path) if instead is None else instead
    return unpacked(data) if path.suffix.lower() == ".gz" else data


def unpacked(data: bytes) -> bytes:
    """Return what a .gz holds. Raises BrokenArchiveError, and TooLargeError for what would fill the memory."""
    found = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as source:
            while piece := source.read(CHUNK):
                found.write(piece)
                if found.tell() > max(LEAST_UNPACKED, MOST_TIMES * len(data)):
                    raise TooLargeError
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BrokenArchiveError from error
    return found.getvalue()


def content(path: Path, largest: int | None = None) -> bytes:
    """Return the bytes of a file, at most `largest`. Raises OSError, NotAFileError, TooLargeError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotAFileError
    if largest is None:
        return path.read_bytes()
    with path.open("rb") as source:
        data = source.read(largest + 1)
    if len(data) > largest:
        raise TooLargeError(largest)
    return data


def text(path: Path, largest: int, hint: str) -> str:
    """Return the text of a file that a person writes. Raises BuilderError, with `hint` when it cannot be opened."""
    where = shown(path)
    try:
        return content(path, largest).decode("utf-8-sig")
    except NotAFileError:
        message = mark("{path}: a folder, a pipe or a device stands where a file is expected")
        raise BuilderError(message, hint, path=where) from None
    except TooLargeError:
        message = mark("{path}: larger than {largest} MB, so nobody wrote it")
        raise BuilderError(message, hint, path=where, largest=largest // 10**6) from None
    except (FileNotFoundError, NotADirectoryError):
        raise BuilderError(mark("{path}: there is no such file"), hint, path=where) from None
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=where, error=error.strerror,
        ) from None  # fmt: skip
    except UnicodeDecodeError as error:
        raise undecoded(where, error) from None


def undecoded(where: str, error: UnicodeDecodeError) -> BuilderError:
    """Return the error that a file is no UTF-8: what it is instead, or in which line it is damaged."""
    data = error.object
    hint = mark("save it once more as UTF-8: the editor asks for the encoding where it saves under another name")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return BuilderError(mark("{path}: written in {encoding}, not in UTF-8"), hint, path=where, encoding="UTF-16")
    try:
        is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in data.decode("gb18030"))
    except UnicodeDecodeError:
        is_chinese = False
    if is_chinese:
        return BuilderError(mark("{path}: written in {encoding}, not in UTF-8"), hint, path=where, encoding="GBK")
    line, start = data.count(b"\n", 0, error.start) + 1, data.rfind(b"\n", 0, error.start) + 1
    return BuilderError(
        mark("{path}: what stands here is no text in UTF-8"), mark("type it again, and save the file as UTF-8"),
        path=f"{where}:{line}:{error.start - start + 1}",
    )  # fmt: skip


def inside(folder: Path, path: str, where: str) -> Path:
    """Return `folder`/`path`. BuilderError when it has a scheme, is absolute, or leads out of the folder.

    `where`: what names it, as file:line:column, for messages.
    """
    pure = PurePosixPath(path.replace("\\", "/"))
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or pure.is_absolute() or ".." in pure.parts:
        raise BuilderError(
            mark("{where}: the path “{path}” leads out of the package’s folder"),
            mark("copy the file into the folder and name it relative to datapackage.json"),
            where=where, path=path,
        )  # fmt: skip
    target = folder / pure
    refuse_link_out(folder, target, where)
    return target


def refuse_link_out(folder: Path, target: Path, where: str) -> None:
    # realpath, because Path.resolve raises RuntimeError for links that lead back to themselves
    if not Path(os.path.realpath(target)).is_relative_to(os.path.realpath(folder)):
        raise BuilderError(
            mark("{where}: “{path}” is a link to a file outside the package’s folder"),
            mark("replace the link by a copy of the file"),
            where=where, path=shown(target.relative_to(folder).as_posix()),
        )  # fmt: skip


def is_table(name: str) -> bool:
    """Return whether a folder of tables means a file of this name: not the one that Excel keeps while it is open."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((LOCKED, "."))


def resource_files(folder: Path, path: str, where: str) -> tuple[Path, ...]:
    """Return the files of a resource, in name order when `path` is a folder. May be empty or missing files."""
    target = inside(folder, path, where)
    try:
        if not target.is_dir():
            return (target,)
        found = sorted(item for item in target.iterdir() if is_table(item.name))
    except OSError as error:
        raise BuilderError(
            mark("{where}: the path “{path}” cannot be used ({error})"),
            mark("check the name and its permissions, and choose a shorter one if it is long"),
            where=where, path=path, error=error.strerror,
        ) from None  # fmt: skip
    for item in found:
        refuse_link_out(folder, item, where)
    return tuple(found)
