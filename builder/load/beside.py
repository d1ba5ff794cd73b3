"""Files of the package's folder that nothing reads, and a file that is missing beside one that may be meant.

Always holds: no table lies in the folder without being read or being named in a finding.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from builder.language import mark
from builder.load.descriptor import DESCRIPTOR
from builder.load.files import LOCKED, NotAFileError, TooLargeError, content
from builder.load.layout import READABLE, first_records
from builder.load.lock import LOCK
from builder.load.names import shown
from builder.load.recognise import called, recognise
from builder.load.text import Decoded, decoded
from builder.load.trouble import Trouble, finding
from builder.load.workbook import first_row
from builder.model import Finding, Message, Package, Resource, Severity
from builder.model.attachment import FOLDER

__all__ = ["missing", "strays"]

ALL = "all.zip"
"""What only a release has among its tables."""

MISSING, NEWER, UNREAD = "missing-file", "newer-file", "unread-file"

TABLES = re.compile(
    r"\.(?:csv|tsv|txt|tab|dat|xlsx?|xlsm|xlsb|ods|ett?|numbers|gz|zip|rar|7z|bak|old|tmp)$", re.IGNORECASE
)
"""Endings of files that may hold a table."""

BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".ett", ".numbers")
IMPORTED = ".xlsx"
"""The one kind of workbook that `mingge import` reads."""

UNFINISHED = (".crdownload", ".part", ".partial", ".download")
"""Endings that browsers give to a file while they fetch it."""

HARMLESS = re.compile(
    r"\..*|thumbs\.db|desktop\.ini|(?:readme|licen[cs]e|copying|changelog|contributing|authors|notice|makefile|dockerfile"
    r"|说明|自述).*|.*\.(?:md|rst|ya?ml|toml|cfg|ini|py|sh|bat|cmd|ps1|lock|html?|css|js|geojson|json|svg|sql|log)",
    re.IGNORECASE,
)
"""What lies beside tables without being one: notes of a repository, settings, what systems keep for themselves."""

KEPT = re.compile(r"(?:backup|bak|old|archive|history|备份|旧|存档|归档|历史)s?.*", re.IGNORECASE)
"""Folders that people call so hold what was, not what is new."""

FOREIGN = ("docs", "site", "public", "templates", "node_modules", "venv", "build", "dist", "tests")
"""Folders of a repository whose root is a package; what lies there is somebody else's business."""

USUAL = "datasets"
"""The folder that commands take a package from unless another one is named."""

DEEPEST, MOST = 3, 2_000
"""Levels of folders, and entries, that are looked through."""

LARGEST, HEAD = 20 * 10**6, 64 * 2**10
"""Bytes of a file that is opened to see its header, and of those that are looked at."""


# ── a file that is missing ───────────────────────────────────────────────────────────────────────


def missing(package: Package, resource: Resource, path: Path) -> tuple[Finding, Path | None]:
    """Return the finding that a file of a table is not there, and the one beside it that may be meant."""
    twin = next((item for item in twins(package, resource, path)), None)
    name = shown(path.relative_to(package.root).as_posix())
    if twin is None:
        hint = mark("Add it, or take the resource out of datapackage.json.")
        return finding(Trouble(MISSING, Message(mark("the file does not exist"), hint)), resource.name, name), None
    text = mark("the file does not exist, but “{twin}” lies beside it")
    if twin.suffix.lower() == IMPORTED:
        hint = mark("If it is the table “{title}”, run `{command}`.")
    elif twin.suffix.lower() in BOOKS:
        hint = mark("If it is the table “{title}”, open it in Excel or WPS, save it as .xlsx, and run `{command}`.")
    else:
        hint = mark("If it is the table “{title}”, call it {file}.")
    values = {"twin": shown(twin.name), "title": resource.title, "file": path.name, "command": command(package, twin)}
    return finding(Trouble(MISSING, Message(text, hint, values)), resource.name, name), twin


def twins(package: Package, resource: Resource, path: Path) -> Iterator[Path]:
    """Yield the files beside a missing one that are called nearly like it, or like its table."""
    read = {item for other in package.resources.values() for item in other.paths}
    with suppress(OSError):
        for item in sorted(path.parent.iterdir()):
            is_table = TABLES.search(item.name) and not item.name.startswith((".", LOCKED))
            if is_table and item not in read and item.is_file() and called(resource, item.name):
                yield item


# ── files that nothing reads ─────────────────────────────────────────────────────────────────────


def strays(package: Package, told: Collection[Path] = ()) -> Iterator[Finding]:
    """Yield a finding for each file that nothing reads, but for those that were `told` of.

    In what a site publishes each table lies a second time, as a workbook: there is none that somebody forgot.
    """
    if (package.root / ALL).is_file():
        return
    seen = known(package)
    for number, path in enumerate(found(package, package.root, 0)):
        if number >= MOST:
            text = mark("the folder holds more than {most} files that nothing reads; the others were not looked at")
            hint = mark("Keep the package in a folder of its own.")
            yield unread("", DESCRIPTOR, Message(text, hint, {"most": MOST}))
            return
        name = path.relative_to(package.root).as_posix()
        if os.path.normcase(name) not in seen and path not in told and not is_read(package, path):
            yield stray(package, path, shown(name))


def known(package: Package) -> set[str]:
    """Return the files and folders that the package names, as this system compares names."""
    names = [DESCRIPTOR, LOCK, *(str(item["schema"]) for item in package.descriptor["resources"])]
    names += [path.relative_to(package.root).as_posix() for r in package.resources.values() for path in r.paths]
    names += [path.relative_to(package.root).as_posix() for path in package.left]
    names += [package.settings.geometry.path] if package.settings.geometry else []
    return {os.path.normcase(name) for name in names}


def is_read(package: Package, path: Path) -> bool:
    """Return whether a path of another spelling is a file of a table: some systems do not tell A from a."""
    low = path.name.lower()
    near = [item for r in package.resources.values() for item in r.paths if item.name.lower() == low]
    with suppress(OSError):
        return any(path.samefile(item) for item in near)
    return False


def found(package: Package, folder: Path, depth: int) -> Iterator[Path]:
    """Yield the files below a folder that may be tables, or that nobody expects there."""
    with suppress(OSError):
        for item in sorted(folder.iterdir()):
            if item.is_symlink() and item.is_dir():
                continue
            if item.is_dir():
                if depth < DEEPEST and is_ours(package, item, depth):
                    yield from found(package, item, depth + 1)
            elif item.is_file() and not HARMLESS.fullmatch(item.name) and (depth == 0 or TABLES.search(item.name)):
                yield item


def is_ours(package: Package, folder: Path, depth: int) -> bool:
    """Return whether a folder may hold tables of the package: not attachments, nor what else lies in a repository."""
    if folder.name.startswith((".", "_")):
        return False
    if depth:
        return True
    is_site = any((folder / name).exists() for name in ("index.html", "mkdocs.yml"))
    return folder.name not in (FOLDER, *FOREIGN) and not is_site


def stray(package: Package, path: Path, name: str) -> Finding:
    """Return what is to be said of a file that nothing reads."""
    if path.name.startswith(LOCKED):
        text = mark("Excel keeps this file while a workbook is open; what is not saved there is not in the package")
        return unread("", name, Message(text, mark("Save and close the workbook; the file goes away by itself.")))
    if path.suffix.lower() in UNFINISHED:
        text = mark("the browser had not fetched this file to its end; nothing reads it")
        return unread("", name, Message(text, mark("Fetch it again, and take this one out of the folder.")))
    likely = recognise(package, path.name) if TABLES.search(path.name) else ()
    likely = likely or (recognise(package, "", header(path)) if TABLES.search(path.name) else ())
    if not likely:
        if TABLES.search(path.name):
            text, hint = mark("nothing reads this file: no table of the package is called so"), TAKE_OUT
        else:
            text = mark("nothing reads this file")
            hint = mark("Put what rows name into {folder}, and take out the rest.")
        return unread("", name, Message(text, hint, {"folder": f"{FOLDER}/"}))
    resource = likely[0]
    values = {"title": resource.title, "file": resource.path, "name": name, "command": command(package, path)}
    if same(path, resource):
        text = mark("nothing reads this file; it is a copy of {file}")
        return unread(resource.name, name, Message(text, mark("Take it out of the folder."), values))
    if any(KEPT.fullmatch(part) for part in path.relative_to(package.root).parts[:-1]):
        text = mark("nothing reads this file; it looks like an earlier version of {file}")
        return unread(resource.name, name, Message(text, mark("Keep earlier versions outside the package."), values))
    text = mark("nothing reads this file, and it may be a newer version of “{title}”: only {file} is read")
    return finding(Trouble(NEWER, Message(text, replacing(path, resource), values)), resource.name, name)


TAKE_OUT = mark("Take it out of the folder; if it is a table of its own, add it to datapackage.json.")


def replacing(path: Path, resource: Resource) -> str:
    """Return what to do with a file that may be newer than the one that is read."""
    if path.suffix.lower() == IMPORTED:
        return mark("If it is newer, run `{command}`; then take it out of the folder.")
    if path.suffix.lower() in BOOKS:
        return mark(
            "If it is newer, open it in Excel or WPS, save it as .xlsx, and run `{command}`; then take both out of the "
            "folder."
        )
    if resource.path.endswith("/") or (resource.paths and resource.paths[0].parent.name == resource.path.rstrip("/")):
        return mark("If it belongs to the table, put it into the folder {file}; otherwise take it out.")
    return mark("If it is newer, let it take the place of {file}; otherwise take it out of the folder.")


def command(package: Package, path: Path) -> str:
    """Return what takes a file of the package's folder in, typed where that folder lies."""
    root = package.root.name if package.root.is_absolute() else package.root.as_posix()
    book = path.with_suffix(IMPORTED) if path.suffix.lower() in BOOKS else path
    name = shown((Path(root) / book.relative_to(package.root)).as_posix())
    into = "" if root == USUAL else f" --into {root}"
    return f"mingge import {name}{into} --write"


def unread(resource: str, name: str, message: Message) -> Finding:
    return finding(Trouble(UNREAD, message, severity=Severity.WARNING), resource, name)


def same(path: Path, resource: Resource) -> bool:
    """Return whether a file is, byte for byte, one that is read."""
    with suppress(OSError):
        size = path.stat().st_size
        return any(item.stat().st_size == size and item.read_bytes() == path.read_bytes() for item in resource.paths)
    return False


def header(path: Path) -> list[str]:
    """Return the first row of a file that may be a table, [] where there is none to be read."""
    try:
        data = content(path, LARGEST)
    except (TooLargeError, NotAFileError, OSError):
        return []
    if data.startswith(b"PK"):
        return first_row(data)
    line = data[:HEAD].partition(b"\n")[0] if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else data[:HEAD]
    text = decoded(line)
    if not isinstance(text, Decoded):
        return []
    rows = [list(records[0]) for sign in READABLE if (records := first_records(text.text, sign, 1))]
    return max(rows, key=len, default=[])
