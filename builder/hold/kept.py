"""The last good version of each file, by its SHA-256, and what is held back since when.

    FOLDER/state.json      file → hash, day, rows; what is held, since when, and by which kinds of findings
    FOLDER/files/<hash>    the bytes

Always holds: state.json names only files that lie there whole, because it is replaced last, by one rename. Whatever
ends a build leaves the state of before or the one after it. The versions may be those of a private package: nobody but
the account that builds reads them, whatever its umask, and FOLDER lies in nothing that is served.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from builder.errors import BuilderError, ToolError
from builder.language import mark

if sys.platform != "win32":
    import fcntl

__all__ = ["Folder", "Kept", "digest", "kept"]

OWNERS_FOLDER, OWNERS_FILE = 0o700, 0o600
SERVED, TARGET, PLACE = (".mingge-site", "release.json"), ".mingge-target", "kept"
"""What a site and a release hold; what a target holds, and the name in it that no web server is told of."""

STATE, FILES, LOCK = "state.json", "files", ".mingge-lock"
HASH = re.compile(r"[0-9a-f]{64}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Kept(NamedTuple):
    """One file: the hash of its last good version ("" for none), the day of the last build with it, and its rows.

    `since`: the day from which its newest version is held, "" when it is not; `kinds`: code → number of findings.
    """

    sha256: str
    as_of: str
    rows: int
    since: str = ""
    kinds: Mapping[str, int] = {}


@dataclass(slots=True)
class Folder:
    """The kept versions in `root`, ours alone. `files`: path in the package → what is kept of it."""

    root: Path
    files: Mapping[str, Kept] = field(default_factory=dict)

    def content(self, path: str) -> bytes:
        """Return the last good version of a file. Raises ToolError when it is not what it was."""
        name = self.files[path].sha256
        place = self.root / FILES / name
        with failing(self.root):
            data = place.read_bytes()
        if digest(data) != name:
            raise ToolError(
                mark("{path} is damaged: it is not what was kept"),
                mark("mend the file {name} in the package, or delete the folder: the next good build keeps anew"),
                path=place, name=path,
            )  # fmt: skip
        return data

    def keep(self, files: Mapping[str, Kept], package: Path) -> None:
        """Make `files` the state; versions that are not there yet are read from `package`. Raises ToolError.

        A file that is not any more what was judged is not kept: the version of before stays.
        """
        with failing(self.root):
            own(self.root / FILES)
            state = {path: self.with_bytes(path, item, package) for path, item in files.items()}
            write(self.root / STATE, text(state).encode())
            self.files = {path: item for path, item in state.items() if item}
            wanted = {item.sha256 for item in self.files.values()}
            for item in (self.root / FILES).iterdir():
                if item.name not in wanted and (HASH.fullmatch(item.name) or item.name.startswith(".")):
                    item.unlink()

    def with_bytes(self, path: str, item: Kept, package: Path) -> Kept | None:
        """Return what the state can say of a file, its bytes being on the disk."""
        if not item.sha256 or (self.root / FILES / item.sha256).is_file():
            return item
        data = (package / path).read_bytes()
        if digest(data) != item.sha256:
            return self.files.get(path)
        write(self.root / FILES / item.sha256, data)
        return item


@contextmanager
def kept(root: Path) -> Iterator[Folder]:
    """Yield what is kept in a folder, which is made if it is not there; ours alone until the block ends.

    Raises BuilderError when it holds something else or is served, ToolError when the disk fails or another build has
    it.
    """
    refuse_served(root)
    with failing(root):
        root.mkdir(OWNERS_FOLDER, parents=True, exist_ok=True)
        refuse_others(root)
        own(root)
        descriptor = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), OWNERS_FILE)
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ToolError(
                    mark("{path} is being used by another build"), mark("wait until it has ended, then build again"),
                    path=root,
                ) from None  # fmt: skip
        with failing(root):
            found = read(root / STATE)
        yield Folder(root, found)
    finally:
        os.close(descriptor)


def own(folder: Path) -> None:
    """Keep everybody else out of a folder, which is made if it is not there, and of what lies in it."""
    folder.mkdir(OWNERS_FOLDER, exist_ok=True)
    # a copy or a checkout has the rights of whoever made it
    for path, mode in [(folder, OWNERS_FOLDER), *((item, OWNERS_FILE) for item in folder.iterdir() if item.is_file())]:
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)


def refuse_served(root: Path) -> None:
    """Raise BuilderError when a folder lies in a site, in a release, or where a target is served from."""
    place = Path(os.path.realpath(root))
    for folder in (place, *place.parents):
        is_target = (folder / TARGET).is_file() and place != folder / PLACE
        if is_target or any((folder / name).is_file() for name in SERVED):
            raise BuilderError(
                mark("what is kept for holding back may not lie in {folder}, from which a site is served"),
                mark("name a folder elsewhere with --kept, or none: then it is TARGET/kept, which is not served"),
                folder=folder,
            )  # fmt: skip


def refuse_others(root: Path) -> None:
    if others := sorted(set(os.listdir(root)) - {STATE, FILES, LOCK}):
        others = [name for name in others if not re.fullmatch(r"\.state\.json\.[0-9a-f]{8}", name)]
    if others:
        raise BuilderError(
            mark("{path} holds files that a build did not keep there"), mark("name a new or empty folder with --kept"),
            path=root,
        )  # fmt: skip


def read(path: Path) -> Mapping[str, Kept]:
    """Return what a state says. Raises BuilderError when it is none: to begin anew is for people to decide."""
    if not path.exists():
        return {}
    try:
        source = json.loads(path.read_bytes())
        if (source["mingge"], source["format"]) != ("kept", 1):
            raise ValueError(source["format"])
        return {checked_path(name): parsed(item) for name, item in source["files"].items()}
    except DAMAGED:
        raise BuilderError(
            mark("{path} is no state of kept files"),
            mark("take it from a copy; or delete its folder, and what is good today is kept from today on"), path=path,
        ) from None  # fmt: skip


def checked_path(name: str) -> str:
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise ValueError(name)
    return name


def parsed(item: Mapping[str, Any]) -> Kept:
    found = Kept(
        str(item["sha256"]), str(item["as_of"]), int(item["rows"]), str(item["since"]),
        {str(code): int(count) for code, count in item["kinds"].items()},
    )  # fmt: skip
    if not (HASH.fullmatch(found.sha256) or not found.sha256):
        raise ValueError(found.sha256)
    if any(day and not DAY.fullmatch(day) for day in (found.as_of, found.since)):
        raise ValueError(found.as_of)
    return found


def text(files: Mapping[str, Kept | None]) -> str:
    """Return a state as canonical JSON: keys in order, no spaces, whole numbers and texts alone."""
    state = {path: {**item._asdict(), "kinds": dict(item.kinds)} for path, item in files.items() if item}
    whole = {"mingge": "kept", "format": 1, "files": state}
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def write(path: Path, data: bytes) -> None:
    """Write a file beside, and put it in its place when the disk has it."""
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_FILE), "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def failing(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ToolError(
            mark("the folder {path} of kept files cannot be used: {error}"),
            mark("free some space or check the permissions, then build again"),
            path=root, error=error.strerror or error,
        ) from error  # fmt: skip
