"""`release.json`: what a release holds, for anybody to check. Its hash names the release.

Canonical JSON (RFC 8785, by rfc8785, which is used here and nowhere else): the same content has the same bytes, whoever
writes them. No time of any clock is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import rfc8785

from builder.errors import BuilderError
from builder.language import mark
from builder.release.manifest import Written

__all__ = ["ID", "NAME", "Manifest", "Release", "described", "hashed", "is_own", "named", "parsed"]

NAME = "release.json"
ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}")
"""How releases are called: the day of the data, and the beginning of the manifest's hash. Nothing else is a path."""

DIGITS = 12
PROFILE, CONTACT = "data/profile.json", ".well-known/security.txt"
ASKED = re.compile(r"^Contact:[ \t]*(\S+)", re.MULTILINE)


class Release(NamedTuple):
    """A release: its id, and the SHA-256 of its release.json in hexadecimal."""

    id: str
    manifest: str


class Manifest(NamedTuple):
    """What release.json says: the day of the data, and path → size and SHA-256 of every file."""

    as_of: str
    files: Mapping[str, Written]


def described(folder: Path, files: Mapping[str, Written]) -> tuple[Release, bytes]:
    """Return the release that the site in `folder` is, and the text of its release.json. `files`: those of the site.

    Raises BuilderError when it does not say what day its data is of.
    """
    as_of = day(folder)
    text = rfc8785.dumps(
        {
            "mingge": "release",
            "format": 1,
            "as_of": as_of,
            "program": version("mingge"),
            "contact": contact(folder),
            "data": [{"path": path, "sha256": files[path].sha256} for path in sorted(files) if is_data(path)],
            "files": [
                {"path": path, "size": file.size, "sha256": file.sha256} for path, file in sorted(files.items())
            ],
        }
    )
    return Release(named(as_of, hashed(text)), hashed(text)), text


def hashed(text: bytes) -> str:
    """Return the hash of a manifest: the SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def named(as_of: str, digest: str) -> str:
    """Return the id of a release."""
    return f"{as_of}-{digest[:DIGITS]}"


def is_data(path: str) -> bool:
    """Say whether a file of a site is a published table, or what describes the tables."""
    return path == "data/datapackage.json" or re.fullmatch(r"data/[^/]+\.csv(\.gz)?", path) is not None


def is_own(name: str, text: bytes) -> str:
    """Return the hash of a release.json in a folder called `name`; "" when it does not belong there."""
    digest = hashed(text)
    return digest if ID.fullmatch(name) and name.endswith(f"-{digest[:DIGITS]}") else ""


def parsed(text: bytes) -> Manifest:
    """Return what a release.json says. Raises ValueError, KeyError, TypeError or AttributeError when it is none."""
    source = json.loads(text)
    if (source["mingge"], source["format"]) != ("release", 1):
        raise ValueError(source["format"])
    files = {str(file["path"]): Written(int(file["size"]), str(file["sha256"])) for file in source["files"]}
    return Manifest(str(source["as_of"]), files)


def day(folder: Path) -> str:
    """Return the day that the figures of a site describe."""
    try:
        found = json.loads((folder / PROFILE).read_bytes())["as_of"]
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found):
            return str(found)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise BuilderError(
        mark("{path} does not say which day the figures describe"), mark("build the site again, then publish it"),
        path=folder / PROFILE,
    )  # fmt: skip


def contact(folder: Path) -> str | None:
    """Return whom to ask, as the site's security.txt says it; None where it has none."""
    try:
        found = ASKED.search((folder / CONTACT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found[1] if found else None
