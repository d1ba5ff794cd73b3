"""The locked packages, and what each says of itself where it is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["IN_BROWSERS", "Part", "parts"]

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NEEDED = re.compile(r"[A-Za-z0-9._-]+")
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*", re.IGNORECASE)

IN_BROWSERS = frozenset({"mkdocs-material", "pagefind", "pagefind-bin-extended", "@noble/ed25519"})
"""Packages of which a part is a file of the site: the theme’s style and script, the search with its WebAssembly, the
signatures of the page on which readers check the site."""


@dataclass(frozen=True, slots=True)
class Part:
    """A package of others. `hashes`: SHA-256 of every file that may be installed; `needs`: names of other parts.

    `licence`: as the package says it, "" where it says none or is for other machines; `texts`: (file, text). `is_npm`:
    it comes from npm, and else from PyPI.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    texts: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    is_npm: bool = False


def parts(lock: Path) -> tuple[Part, ...]:
    """Return the parts that the file `lock` names (the form of pip’s requirements, with hashes), by name.

    Raises BuilderError when it cannot be read or locks nothing.
    """
    try:
        text = lock.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("name the lock file with --lock"),
            path=lock, error=type(error).__name__,
        ) from error  # fmt: skip
    found = list(LOCKED.finditer(text))
    names = {normal(item[1]) for item in found}
    ends = [*(item.start() for item in found[1:]), len(text)]
    made = [
        part(normal(item[1]), item[2], tuple(sorted(HASH.findall(text[item.end() : end]))), names)
        for item, end in zip(found, ends, strict=False)  # nothing found has an end, too
    ]
    if not made or not all(item.hashes for item in made):
        raise BuilderError(
            mark("{path} locks no package, or one without a hash"), mark("make it with `make lock`"), path=lock
        )
    return tuple(sorted(made, key=lambda item: (item.name, item.version)))


def normal(name: str) -> str:
    """Return a name as the index compares it (packaging.python.org, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def part(name: str, version: str, hashes: tuple[str, ...], names: set[str]) -> Part:
    try:
        there = distribution(name)
    except PackageNotFoundError:
        there = None
    if there is None or there.version != version:  # for another kind of machine, or another Python
        return Part(name, version, hashes, "", (), ())
    needs = {normal(found[0]) for line in there.requires or () if "extra ==" not in line
             and (found := NEEDED.match(line))}  # fmt: skip
    return Part(name, version, hashes, licence(there), tuple(texts(there)), tuple(sorted(needs & names)))


def licence(there: Distribution) -> str:
    """Return what a package says of its licence: an SPDX expression, else its classifiers, else the first line."""
    # `metadata` is one of two classes, whichever finder was loaded first: one raises for what is not there
    said = message_from_string(there.read_text("METADATA") or there.read_text("PKG-INFO") or "")
    classes = sorted(
        line.rpartition("::")[2].strip() for line in said.get_all("Classifier") or () if line.startswith("License ::")
    )
    lines = (said.get("License") or "").strip().splitlines()
    return said.get("License-Expression") or ", ".join(classes) or (lines[0][:100] if lines else "")


def texts(there: Distribution) -> Iterator[tuple[str, str]]:
    for path in sorted(there.files or (), key=str):
        if LICENCE_FILE.fullmatch(path.name) and path.parent.parts and ".dist-info" in path.parent.parts[0]:
            yield path.name, path.read_binary().decode("utf-8", "replace")
