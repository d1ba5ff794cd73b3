"""The release that a build is compared with: a site's folder, read only as far as it is published, and only whole.

Always holds: what is damaged is refused before anything is built. A file of a table must be what the descriptor beside
it says; where the release has a manifest, the files that are read must be what that says as well.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

from builder.changes import history
from builder.errors import BuilderError
from builder.language import mark
from builder.model import ChangeHistory

__all__ = ["Previous", "Stored", "opened", "stored"]

T = TypeVar("T")

DATA, DESCRIPTOR, HISTORY, MANIFEST = "data", "data/datapackage.json", "changes/history.json", "release.json"
SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
SHORT = 12
"""Characters of the hash in the id of a release."""

HINT = mark("name the folder of the last release as it was written, or build without --previous")
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError)


class Stored(NamedTuple):
    """One published table: its file and its schema as they lie in a site."""

    name: str
    path: Path
    schema: Mapping[str, Any]
    sha256: str


class Previous(NamedTuple):
    """A release: its day, its id ("" where it has none), its tables and the changes that it tells of."""

    as_of: str
    id: str
    tables: Mapping[str, Stored]
    history: ChangeHistory


def opened(folder: Path) -> Previous:
    """Return the release in a site's folder. Raises BuilderError when it is none, or not as it was written."""
    found, sums = manifest(folder)
    tables = stored(folder, sums)
    whole(folder, DESCRIPTOR, sums.get(DESCRIPTOR))
    as_of = parsed(folder / DESCRIPTOR, lambda text: day(json.loads(text)["mingge"]["as_of"]))
    known = ChangeHistory()
    if (folder / HISTORY).exists() or HISTORY in sums:
        whole(folder, HISTORY, sums.get(HISTORY))
        known = parsed(folder / HISTORY, history.read)
    return Previous(as_of, f"{as_of}-{found[:SHORT]}" if found else "", tables, known)


def stored(folder: Path, sums: Mapping[str, str] | None = None) -> Mapping[str, Stored]:
    """Return the published tables of a site by name; `sums`: path → SHA-256, None: the files are not looked at."""
    entries = parsed(folder / DESCRIPTOR, lambda text: [entry(item) for item in json.loads(text)["resources"]])
    found = {}
    for name, path, schema, digest in entries:
        if sums is not None:
            whole(folder, path, digest)
            for each in (path, schema):
                whole(folder, each, sums.get(each))
        found[name] = Stored(name, folder / path, parsed(folder / schema, fields), digest)
    return found


def entry(item: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return name, path, path of the schema, and SHA-256 of one resource of the descriptor."""
    name, paths = str(item["name"]), (item["path"], item["schema"])
    if not all(isinstance(path, str) and SAFE.fullmatch(path) for path in paths):
        raise ValueError(name)
    kind, _, digest = str(item["hash"]).partition(":")
    if kind != "sha256":
        raise ValueError(kind)
    return name, f"{DATA}/{paths[0]}", f"{DATA}/{paths[1]}", digest


def fields(text: str) -> Mapping[str, Any]:
    """Return a schema, of which every field has a name."""
    schema: Mapping[str, Any] = json.loads(text)
    names = [str(field["name"]) for field in schema["fields"]]
    if not names or len(set(names)) < len(names) or not set(schema.get("primaryKey", ())) <= set(names):
        raise ValueError(names)
    return schema


def day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def manifest(folder: Path) -> tuple[str, Mapping[str, str]]:
    """Return the SHA-256 of a release's manifest and those of its files; "" and none where there is no manifest."""
    path = folder / MANIFEST
    if not path.exists():
        return "", {}

    def sums(text: str) -> Mapping[str, str]:
        found = json.loads(text)
        if found["mingge"] != "release":
            raise ValueError(found["mingge"])
        return {str(file["path"]): str(file["sha256"]) for file in found["files"]}

    return parsed(path, lambda text: (hashlib.sha256(text.encode()).hexdigest(), sums(text)))


def parsed(path: Path, parse: Callable[[str], T]) -> T:
    """Return what is read from a file. Raises BuilderError when it is not there or not as a build writes it."""
    try:
        return parse(path.read_bytes().decode("utf-8"))
    except DAMAGED:
        refuse(path)


def whole(folder: Path, name: str, sha256: str | None) -> None:
    """Raise BuilderError when a file is not there, or not what its SHA-256 says (None: nobody says)."""
    path = folder / name
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        refuse(path)
    if sha256 not in (None, found):
        refuse(path)


def refuse(path: Path) -> NoReturn:
    """Raise BuilderError: there is no release to compare with."""
    raise BuilderError(
        mark("the last release cannot be compared with: {path} is missing or not as it was written"), HINT, path=path
    ) from None
