"""Releases and logs for tests: small folders with release.json, published side by side with a log as `publish` does."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rfc8785

from builder import log
from builder.log import LOG, WITNESS, Checkpoint, Leaf, SigningKey
from builder.log.verify import Keys

ORIGIN = "mingge.example/log"
KEY = SigningKey(ORIGIN, LOG, bytes(range(32)))
KEYS = Keys((KEY.verifier,))
WITNESSING = SigningKey("witness.example/w1", WITNESS, bytes(range(32, 64)))
FILES: Mapping[str, bytes] = {
    "index.html": b"<!doctype html><title>1</title>", "data/case.csv": "编号,办结\n1,是\n".encode(),
    "find/空 格.json": b"{}",
}  # fmt: skip


def leaf(number: int, previous: int | None = None) -> Leaf:
    """Return the leaf of a release that is only a number."""
    return Leaf(digest(number), name(number), "" if number == 0 else name(number - 1 if previous is None else previous))


def name(number: int) -> str:
    return f"2026-10-31-{digest(number)[:12]}"


def digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def grown(folder: Path, first: int, end: int, key: SigningKey = KEY) -> Checkpoint:
    """Add the leaves of numbers from `first` to before `end`."""
    checkpoints = [log.append(folder, leaf(number), key) for number in range(first, end)]
    return checkpoints[-1]


def release(folder: Path, files: Mapping[str, bytes] = FILES, as_of: str = "2026-10-31") -> str:
    """Write a release into `folder`; return the SHA-256 of its release.json."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return stated(folder, files, as_of)


def stated(folder: Path, files: Mapping[str, bytes], as_of: str) -> str:
    entries: list[Any] = [
        {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    ]
    text = rfc8785.dumps({
        "mingge": "release", "format": 1, "as_of": as_of, "program": "0.1.0", "contact": "", "data": [],
        "files": entries,
    })  # fmt: skip
    (folder / "release.json").write_bytes(text)
    return hashlib.sha256(text).hexdigest()


def published(target: Path, files: Mapping[str, bytes] = FILES, as_of: str = "2026-10-31", *keys: SigningKey) -> Path:
    """Publish a release into `target`: write it, append its leaf, switch `current`. Returns `target`."""
    new = target / "releases" / "new"
    new.mkdir(parents=True)
    manifest = release(new, files, as_of)
    identity = f"{as_of}-{manifest[:12]}"
    new.rename(target / "releases" / identity)
    served(target, Leaf(manifest, identity, before(target)), *(keys or (KEY,)))
    return target


def served(target: Path, entry: Leaf, *keys: SigningKey) -> None:
    """Append a leaf and switch to its release, as publication and rollback do."""
    log.append(target / "log", entry, *(keys or (KEY,)))
    link = target / "next"
    link.symlink_to(Path("releases") / entry.id)
    os.replace(link, target / "current")


def before(target: Path) -> str:
    current = target / "current"
    return current.resolve().name if current.is_symlink() else ""


def web(target: Path, folder: Path) -> Path:
    """Make `folder` what a web server shows of `target`: the release at the root, the log below it. Returns it."""
    folder.mkdir()
    for path in (target / "current").resolve().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "log").symlink_to(target / "log")
    return folder


def checkpoint(target: Path) -> bytes:
    return (target / "log" / "checkpoint").read_bytes()


def known(path: Path) -> list[str]:
    """Return the checkpoints in a file of known ones."""
    found: list[str] = json.loads(path.read_text(encoding="ascii"))["checkpoints"]
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def loaded(entry: bytes) -> dict[str, str]:
    """Return what an entry of the log says."""
    found: dict[str, str] = json.loads(entry)
    return found
